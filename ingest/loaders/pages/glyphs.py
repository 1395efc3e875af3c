"""The signs of a PDF page and where they stand, as pdfium finds them, turned upright."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.loaders.pages.spans import Box, Span

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_QUARTER = 90
_TILT = 8.0
_SOFT_HYPHENS = frozenset({0x02, 0xFFFE, 0xAD})
_HIGH = range(0xD800, 0xDC00)
_LOW = range(0xDC00, 0xE000)
_REPLACEMENT = 0xFFFD


@dataclass(frozen=True, slots=True)
class Layer:
    """The text layer of a page: its signs, the page's size as it is read, how it is turned.

    ``turn`` is by how many degrees its text runs off the page's own axes; ``turned`` says that the
    page is not shown as it is read.
    """

    glyphs: list[Span]
    width: float
    height: float
    turn: int
    turned: bool


def lacks_fonts(page: "PdfPage") -> bool:
    """Whether text is set in a font that is not in the document."""
    from pypdfium2 import raw

    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    fonts = (raw.FPDFTextObj_GetFont(text.raw) for text in texts)
    return any(font and raw.FPDFFont_GetIsEmbedded(font) == 0 for font in fonts)


@dataclass(frozen=True, slots=True)
class _Sign:
    code: int
    angle: float
    left: float
    bottom: float
    right: float
    top: float


def read_layer(page: "PdfPage") -> Layer:
    """Read the signs in the order in which they are drawn.

    Those that run in another direction than most, as watermarks and stamps do, are left out.
    """
    signs = list(_read_signs(page))
    turn = _find_turn(signs)
    # Pages may take their box over from the document; pdfium tells only the visible part then.
    area = page.get_mediabox(fallback_ok=False) or page.get_bbox()
    width, height = area[2] - area[0], area[3] - area[1]
    if turn % (2 * _QUARTER):
        width, height = height, width
    place = _make_placing(turn, area)
    turned = (page.get_rotation() - turn) % 360 != 0
    return Layer(list(_make_spans(signs, turn, place)), width, height, turn, turned)


def _read_signs(page: "PdfPage") -> Iterator[_Sign]:
    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    high = 0
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in _HIGH:
            high = code
            continue
        if code in _LOW and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
        angle = -math.degrees(raw.FPDFText_GetCharAngle(text, at)) % 360
        if raw.FPDFText_IsGenerated(text, at) and not chr(code).isspace():
            continue
        yield _Sign(code, angle, box.left, box.bottom, box.right, box.top)
    text.close()


def _find_turn(signs: list[_Sign]) -> int:
    """By how many degrees most of the text is turned: 0, 90, 180 or 270."""
    turns = Counter(
        round(sign.angle / _QUARTER) * _QUARTER % 360 for sign in signs if sign.code > ord(" ")
    )
    return turns.most_common(1)[0][0] if turns else 0


_Place = Callable[[_Sign], Box]


def _make_placing(turn: int, area: tuple[float, float, float, float]) -> _Place:
    """How a sign's box is seen when the page is held so that its text is upright.

    pdfium counts from the bottom left.
    """
    x0, y0, x1, y1 = area
    placings: dict[int, _Place] = {
        0: lambda s: Box(s.left - x0, y1 - s.top, s.right - x0, y1 - s.bottom),
        90: lambda s: Box(s.bottom - y0, s.left - x0, s.top - y0, s.right - x0),
        180: lambda s: Box(x1 - s.right, s.bottom - y0, x1 - s.left, s.top - y0),
        270: lambda s: Box(y1 - s.top, x1 - s.right, y1 - s.bottom, x1 - s.left),
    }
    return placings[turn]


def _make_spans(signs: list[_Sign], turn: int, place: _Place) -> Iterator[Span]:
    spaced = False
    for sign in signs:
        if sign.code <= ord(" ") and sign.code not in _SOFT_HYPHENS and sign.code:
            spaced = True
            continue
        text = _show(sign.code)
        if text.isspace():
            spaced = True
        elif abs((sign.angle - turn + 180) % 360 - 180) <= _TILT:
            yield Span(text, place(sign), spaced)
            spaced = False


def _show(code: int) -> str:
    if code in _SOFT_HYPHENS:
        return "-"
    # A sign without a meaning in Unicode is one that was lost.
    return chr(code if code and code not in _HIGH and code not in _LOW else _REPLACEMENT)
