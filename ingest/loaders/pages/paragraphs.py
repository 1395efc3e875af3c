"""Lines of a region to blocks: paragraphs, headings by their size, tables without rulings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.cleaning import clean, join_lines
from ingest.drafts import Block, BlockKind
from ingest.loaders.pages.spans import Span, find_lines, is_han, join_line
from ingest.loaders.text import opens_structure
from ingest.measure import weigh

_TERMINAL = re.compile(r"[。！？!?.:：;；…”\"』」）)]\s*$")
_SENTENCE = re.compile(r"[。！？!?:：;；，,、]\s*$")
_CONTENTS = re.compile(r"(?:[.…·。]\s?){4,}\s*\d+$")
_HYPHEN = re.compile(r"(?<=[a-zа-я])-\n(?=[a-zа-я])")
_LARGER = 1.12
_LONGEST_HEADING = 60.0
_FEWEST_ROWS = 3
_PITCH = 1.4
_INDENT = 0.7
_LEVELS = 3
_FLUSH = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a region; ``cells`` are what stands apart in it."""

    span: Span
    cells: tuple[Span, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return self.span.text


@dataclass(frozen=True, slots=True)
class Flow:
    """A block, and how it may hang together with those of other regions.

    ``open``: its text may go on in the next one. ``begin``: it may be the rest of the one before.
    """

    block: Block
    open: bool = False
    begin: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same on all pages: the size of running text, those of headings, largest first."""

    body: float
    headings: tuple[float, ...] = ()
    larger: float = _LARGER

    def find_level(self, line: Span) -> int:
        """How deep a heading of this size is; 0 for running text."""
        if line.size < self.larger * self.body or weigh(line.text) > _LONGEST_HEADING:
            return 0
        larger = sum(size > line.size * 1.05 for size in self.headings)
        return 0 if _SENTENCE.search(line.text) else min(1 + larger, _LEVELS)


def find_setting(spans: Sequence[Span], larger: float = _LARGER) -> Setting:
    """The size in which most is set, and those that are so many times as large."""
    weights: dict[float, int] = {}
    for span in spans:
        size = round(span.size * 2) / 2
        weights[size] = weights.get(size, 0) + len(span.text)
    body = max(weights, key=lambda size: weights[size], default=0.0)
    sizes = sorted((size for size in weights if size > larger * body), reverse=True)
    distinct = [size for at, size in enumerate(sizes) if not at or sizes[at - 1] > size * 1.05]
    return Setting(body, tuple(distinct), larger)


def read_region(spans: Sequence[Span], setting: Setting, place: str) -> Iterator[Flow]:
    """Yield the blocks of one column from its top."""
    lines = [Line(join_line(line), tuple(line)) for line in find_lines(spans)]
    lines = [line for line in lines if not _CONTENTS.search(line.text)]
    at = 0
    while at < len(lines):
        end = _find_table(lines, at)
        if end > at:
            rows = tuple(" | ".join(cell.text for cell in line.cells) for line in lines[at:end])
            yield Flow(Block(BlockKind.TABLE, tuple(map(clean, rows)), place=place))
            at = end
            continue
        end = at + 1
        while end < len(lines) and _find_table(lines, end) == end:
            end += 1
        yield from _read_text(lines[at:end], lines, setting, place)
        at = end


def _find_table(lines: Sequence[Line], at: int) -> int:
    """The line behind a table that begins here: rows of as many cells, one below the other."""
    end = at
    while (
        end < len(lines)
        and len(lines[end].cells) > 1
        and len(lines[end].cells) == len(lines[at].cells)
        and _is_aligned(lines[at], lines[end])
    ):
        end += 1
    return end if end - at >= _FEWEST_ROWS else at


def _is_aligned(one: Line, other: Line) -> bool:
    """Whether each cell begins, is centred or ends where the one above does."""
    for above, below in zip(one.cells, other.cells, strict=True):
        a, b = above.box, below.box
        apart = min(abs(a.left - b.left), abs(a.right - b.right))
        middle = abs(a.left + a.right - b.left - b.right) / 2
        if min(apart, middle) > above.size:
            return False
    return True


def _read_text(
    lines: Sequence[Line], region: Sequence[Line], setting: Setting, place: str
) -> Iterator[Flow]:
    edges = _Edges.find(region)
    group: list[Line] = []
    for line in lines:
        if group and not edges.goes_on(group[-1], line, setting):
            yield _make(group, edges, setting, place)
            group = []
        group.append(line)
    if group:
        yield _make(group, edges, setting, place)


def _make(group: Sequence[Line], edges: "_Edges", setting: Setting, place: str) -> Flow:
    text = join_text([line.text for line in group])
    level = setting.find_level(group[0].span)
    if level:
        return Flow(Block.heading(text, level, place))
    first, last = group[0], group[-1]
    is_open = edges.is_full(last) and not _TERMINAL.search(last.text)
    begins = not edges.is_indented(first) and not opens_structure(first.text)
    return Flow(Block.paragraph(text, place), is_open, begins)


def join_text(lines: Sequence[str]) -> str:
    """The lines of one paragraph: words that were divided at the end of a line are whole again."""
    return join_lines(clean(_HYPHEN.sub("", "\n".join(lines))))


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the lines of a region begin and end, and how far apart they are."""

    left: float
    right: float
    pitch: float
    justified: bool

    @classmethod
    def find(cls, lines: Sequence[Line]) -> "_Edges":
        boxes = [line.span.box for line in lines]
        steps = [after.middle - before.middle for before, after in pairwise(boxes)]
        right = max((box.right for box in boxes), default=0.0)
        full = sum(right - box.right < _FLUSH * box.height for box in boxes)
        return cls(
            min((box.left for box in boxes), default=0.0),
            right,
            median(steps) if steps else 0.0,
            full > len(boxes) / 2,
        )

    def is_indented(self, line: Line) -> bool:
        return line.span.box.left - self.left > _INDENT * line.span.size

    def is_full(self, line: Line) -> bool:
        return line.span.box.right > self.right - 2 * line.span.size

    def goes_on(self, before: Line, line: Line, setting: Setting) -> bool:
        """Whether two lines below one another are of one paragraph, or of one heading."""
        size = before.span.size
        step = line.span.box.middle - before.span.box.middle
        if abs(line.span.size - size) > 0.15 * size or step > max(_PITCH * self.pitch, 1.2 * size):
            return False
        if setting.find_level(before.span):
            return setting.find_level(line.span) > 0 and not opens_structure(line.text)
        ended = _TERMINAL.search(before.text) or not self.is_full(before)
        if ended and opens_structure(line.text):
            return False
        indented = self.is_indented(line) and not self.is_indented(before)
        centred = self.is_indented(line) and not self.is_full(before)
        return not indented and not centred and not self._has_room(before, line)

    def _has_room(self, before: Line, line: Line) -> bool:
        """Whether the first word would have fitted on the line above: then that one was ended."""
        size = line.span.size
        if self.justified and self.right - before.span.box.right > 0.8 * size:
            return True
        word = line.text.split(maxsplit=1)[0] if line.text.strip() else ""
        width = 1.5 * size if is_han(word[:1]) else (0.45 * len(word) + 0.4) * size
        return before.span.box.right + width < self.right
