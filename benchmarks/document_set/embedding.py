"""PDF documents whose font is inside them: its signs are small pictures (a font of type 3).

So a page can be drawn as its author saw it, whatever its text layer says: that is the ``ToUnicode``
map, and :class:`Layer` damages it in the ways in which programs get it wrong.
"""

import random
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from benchmarks.document_set.drawing import HEIGHT, WIDTH, Sheet, load_font, measure

_EM = 48
_DEPTH = 14
_IN_A_FONT = 200
_PRIVATE = 0xE000
_HAN = 0x4E00
_BREADTH = 20_000


class Layer(Enum):
    """What the text layer says: the truth, private signs, others than those drawn, nothing."""

    TRUE = auto()
    PRIVATE = auto()
    WRONG = auto()
    MISSING = auto()


def make_embedded(sheets: Sequence[tuple[Sheet, Layer]], *, turn: int = 0) -> bytes:
    """Make a document of these pages; ``turn`` is by how many degrees they are shown turned."""
    file = _File()
    pages = file.reserve()
    kids = [_add_page(file, pages, sheet, layer, turn) for sheet, layer in sheets]
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    file.put(pages, b"<</Type/Pages/Kids[%s]/Count %d>>" % (listed, len(kids)))
    return file.close(file.add(b"<</Type/Catalog/Pages %d 0 R>>" % pages))


@dataclass(slots=True)
class _File:
    """The numbered objects of a PDF document."""

    objects: list[bytes] = field(default_factory=list)

    def reserve(self) -> int:
        self.objects.append(b"")
        return len(self.objects)

    def put(self, number: int, content: bytes) -> None:
        self.objects[number - 1] = content

    def add(self, content: bytes) -> int:
        self.objects.append(content)
        return len(self.objects)

    def add_stream(self, content: bytes) -> int:
        packed = zlib.compress(content)
        head = b"<</Length %d/Filter/FlateDecode>>" % len(packed)
        return self.add(head + b"stream\n" + packed + b"\nendstream")

    def close(self, root: int) -> bytes:
        out = bytearray(b"%PDF-1.7\n")
        places = []
        for number, content in enumerate(self.objects, start=1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        trailer = b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        return bytes(out + trailer % (len(places) + 1, root, start))


def _add_page(file: _File, pages: int, sheet: Sheet, layer: Layer, turn: int) -> int:
    signs = sorted({sign for line in sheet.lines for sign in line.text})
    groups = [signs[at : at + _IN_A_FONT] for at in range(0, len(signs), _IN_A_FONT)]
    codes = {sign: (g, at + 32) for g, group in enumerate(groups) for at, sign in enumerate(group)}
    fonts = b"".join(
        b"/F%d %d 0 R" % (number, _add_font(file, group, _LAYERS[layer]))
        for number, group in enumerate(groups)
    )
    content = file.add_stream(_write_content(sheet, codes))
    return file.add(
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Rotate %d"
        b"/Resources<</Font<<%s>>>>/Contents %d 0 R>>"
        % (pages, WIDTH, HEIGHT, turn, fonts, content)
    )


def _write_content(sheet: Sheet, codes: Mapping[str, tuple[int, int]]) -> bytes:
    out = []
    for line in sheet.lines:
        left = line.left
        for sign in line.text:
            font, code = codes[sign]
            place = (left, HEIGHT - line.base)
            out.append(b"BT /F%d %g Tf %.2f %.2f Td <%02x> Tj ET" % (font, line.size, *place, code))
            left += measure(sign) * line.size
    for left, top, right, bottom in sheet.rulings:
        ends = (left, HEIGHT - top, right, HEIGHT - bottom)
        out.append(b"0.5 w %.2f %.2f m %.2f %.2f l S" % ends)
    return b"\n".join(out)


def _add_font(file: _File, signs: Sequence[str], find: "Callable[[str], str] | None") -> int:
    names = [b"/g%d" % at for at in range(len(signs))]
    drawn = [file.add_stream(_draw_sign(sign)) for sign in signs]
    procedures = b"".join(b"%s %d 0 R" % pair for pair in zip(names, drawn, strict=True))
    widths = b" ".join(b"%.2f" % (measure(sign) * _EM) for sign in signs)
    mapped = b"" if find is None else b"/ToUnicode %d 0 R" % _add_map(file, signs, find)
    return file.add(
        b"<</Type/Font/Subtype/Type3/FontBBox[0 -%d %d %d]/FontMatrix[%.6f 0 0 %.6f 0 0]"
        b"/FirstChar 32/LastChar %d/Widths[%s]/CharProcs<<%s>>"
        b"/Encoding<</Type/Encoding/Differences[32 %s]>>/Resources<<>>%s>>"
        % (
            *(_DEPTH, _EM, _EM, 1 / _EM, 1 / _EM, 31 + len(signs)),
            *(widths, procedures, b"".join(names), mapped),
        )
    )


def _draw_sign(sign: str) -> bytes:
    """The procedure of one sign: its width, its box, and a stencil of ones and noughts."""
    import cv2
    import numpy as np

    width = max(8, round(measure(sign) * _EM) + 4)
    canvas = np.zeros((_EM + _DEPTH, width + 60), np.uint8)
    cv2.putText(canvas, sign, (0, _EM), 255, load_font(), _EM)
    ones = canvas[:, :width] > 127  # noqa: PLR2004 - the middle between black and white
    data = np.packbits(ones, axis=1).tobytes().hex().encode()
    box = (measure(sign) * _EM, -_DEPTH, width, _EM)
    picture = b"BI /IM true /W %d /H %d /BPC 1 /D[1 0] /F/AHx ID %s> EI"
    place = b"q %d 0 0 %d 0 -%d cm " % (width, _EM + _DEPTH, _DEPTH)
    return b"%.2f 0 0 %d %d %d d1 " % box + place + picture % (*ones.shape[::-1], data) + b" Q"


def _add_map(file: _File, signs: Sequence[str], find: "Callable[[str], str]") -> int:
    rows = b"\n".join(
        b"<%02x> <%s>" % (at + 32, find(sign).encode("utf-16-be").hex().encode())
        for at, sign in enumerate(signs)
    )
    return file.add_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"%d beginbfchar\n%s\nendbfchar endcmap end end" % (len(signs), rows)
    )


def _make_private(sign: str) -> str:
    return chr(_PRIVATE + ord(sign) % 0x1900)


def _exchange(sign: str) -> str:
    """Another sign for each: any Chinese one, or the next but four in the alphabet."""
    if sign.isascii() and sign.isalpha():
        first = ord("A" if sign.isupper() else "a")
        return chr(first + (ord(sign) - first + 5) % 26)
    chance = random.Random(sign)  # noqa: S311 - the same each time, nothing secret
    return sign if sign.isascii() else chr(_HAN + chance.randrange(_BREADTH))


_LAYERS: "dict[Layer, Callable[[str], str] | None]" = {
    Layer.TRUE: str,
    Layer.PRIVATE: _make_private,
    Layer.WRONG: _exchange,
    Layer.MISSING: None,
}
