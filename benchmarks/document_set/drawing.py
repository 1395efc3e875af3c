"""Pages laid out by hand: lines of text and rulings at places, drawn with OpenCV's own fonts.

OpenCV 5 carries a font with Chinese signs inside its library (``FontFace("uni")``), so that no
font file is needed here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from benchmarks.document_set.specimen import Part, Ruled

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH, HEIGHT = 595.0, 842.0
MARGIN = 70.0
POINTS = 72.0
_MEASURED = 100
_WORDS = re.compile(
    r"[\u2e80-\u9fff\uff00-\uffef][，。；：、！？）》”]*|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+"
)
_CELL, _FIRST, _NEXT = 18.0, 13.0, 14.0


@dataclass(frozen=True, slots=True)
class Line:
    """A text; ``left`` and ``base`` in points from the top left, ``size`` in points."""

    text: str
    left: float
    base: float
    size: float


@dataclass(slots=True)
class Sheet:
    """A page of A4: its lines, and its rulings as left, top, right, bottom."""

    lines: list[Line] = field(default_factory=list)
    rulings: list[tuple[float, float, float, float]] = field(default_factory=list)


def lay_out(
    parts: Sequence[Part], *, size: float = 11.0, columns: int = 1, indent: float = 0.0
) -> Sheet:
    """Set parts one below the other; with columns, the first part runs across the page."""
    bottom = HEIGHT - 2 * MARGIN
    if columns > 1:
        # Columns are as long as they must be: the text set in one, divided by their number.
        width = (WIDTH - 2 * MARGIN) / columns
        lines = [len(list(break_lines(part.text, size, width))) + 0.5 for part in parts]
        bottom = min(bottom, MARGIN + 1.6 * size * sum(lines) / columns)
    layout = _Layout(Sheet(), size, columns, indent, bottom)
    for part in parts:
        layout.add(part)
    return layout.sheet


@dataclass(slots=True)
class _Layout:
    sheet: Sheet
    size: float
    columns: int
    indent: float
    bottom: float
    _base: float = 90.0
    _top: float = 0.0
    _column: int = 0

    def add(self, part: Part) -> None:
        if part.rows:
            self._add_table(part)
            return
        size = self.size * 1.5 if part.heading else self.size
        across = part.heading or self.columns == 1
        width = WIDTH - 2 * MARGIN if across else self._column_width
        indent = 0.0 if part.heading else self.indent * size
        for number, text in enumerate(break_lines(part.text, size, width, indent)):
            self._turn_column()
            left = MARGIN if across else MARGIN + self._column * (self._column_width + 24)
            self.sheet.lines.append(Line(text, left + (0 if number else indent), self._base, size))
            self._base += 1.6 * size
        self._base += 0.5 * size
        if part.heading:
            self._top = self._base

    @property
    def _column_width(self) -> float:
        return (WIDTH - 2 * MARGIN - 24 * (self.columns - 1)) / self.columns

    def _turn_column(self) -> None:
        if self._column + 1 < self.columns and self._base > self.bottom:
            self._column += 1
            self._base = self._top

    def _add_table(self, part: Part) -> None:
        count = len(part.rows[0])
        width = (WIDTH - 2 * MARGIN) / count
        edges = [self._base - self.size]
        for row in part.rows:
            cells = [list(break_lines(cell, self.size - 1, width - 10)) for cell in row]
            for at, lines in enumerate(cells):
                for number, text in enumerate(lines):
                    base = edges[-1] + _FIRST + _NEXT * number
                    left = MARGIN + width * at + 5
                    self.sheet.lines.append(Line(text, left, base, self.size - 1))
            edges.append(edges[-1] + _CELL + _NEXT * (max(map(len, cells)) - 1))
        across = [MARGIN + width * at for at in range(count + 1)]
        if part.ruled is not Ruled.NONE:
            shown = edges if part.ruled is Ruled.ALL else [edges[0], edges[1], edges[-1]]
            self.sheet.rulings += [(across[0], down, across[-1], down) for down in shown]
        if part.ruled is Ruled.ALL:
            self.sheet.rulings += [(left, edges[0], left, edges[-1]) for left in across]
        self._base = edges[-1] + 2 * self.size


def break_lines(text: str, size: float, width: float, indent: float = 0.0) -> Iterator[str]:
    """Yield lines that fit: broken between words, or between Chinese signs."""
    line, room = "", width - indent
    for word in _WORDS.findall(text):
        if line and measure(line + word.rstrip()) * size > room:
            yield line.rstrip()
            line, room = "", width
        line += word
    if line.strip():
        yield line.rstrip()


def measure(text: str) -> float:
    """How wide the text runs, in sizes of the type."""
    return sum(_advance(sign) for sign in text)


@cache
def _advance(sign: str) -> float:
    import cv2
    import numpy as np

    canvas = np.zeros((1, 1), np.uint8)
    # A sign alone is measured between two others, because a space alone has no width.
    pens = [
        cv2.putText(canvas, text, (0, 0), 255, load_font(), _MEASURED)[0][0]
        for text in (f"国{sign}国", "国国")
    ]
    return float(pens[0] - pens[1]) / _MEASURED


@cache
def load_font() -> Any:  # noqa: ANN401 - the library has no type for it
    """Load the font with Latin, Cyrillic and Chinese signs that OpenCV carries."""
    import cv2

    return cv2.FontFace("uni")  # type: ignore[attr-defined, unused-ignore]


def draw(sheet: Sheet, *, dpi: int = 300) -> "Image":
    """Draw the page in grey, as a scanner at this resolution would see it."""
    import cv2
    import numpy as np
    from PIL import Image

    scale = dpi / POINTS
    canvas = np.full((round(HEIGHT * scale), round(WIDTH * scale)), 255, np.uint8)
    for line in sheet.lines:
        place = (round(line.left * scale), round(line.base * scale))
        cv2.putText(canvas, line.text, place, 0, load_font(), round(line.size * scale))
    for left, top, right, bottom in sheet.rulings:
        ends = [(round(x * scale), round(y * scale)) for x, y in ((left, top), (right, bottom))]
        cv2.line(canvas, ends[0], ends[1], 0, max(1, dpi // 100))
    return Image.fromarray(canvas)
