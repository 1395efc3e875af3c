"""PDF: the text layer where it can be trusted, else the picture of the page."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.drafts import Draft
from ingest.front_matter import Metadata
from ingest.held import Gap
from ingest.loaders.packages import PASSWORD
from ingest.loaders.pages.assembly import Page, assemble, find_title
from ingest.loaders.pages.columns import find_regions
from ingest.loaders.pages.coverage import (
    count_objects,
    is_covered,
    is_picture,
    is_thin,
    lacks_lines,
    render,
)
from ingest.loaders.pages.from_right import is_proved, mirror, turn_back
from ingest.loaders.pages.glyphs import Layer, lacks_fonts, read_layer
from ingest.loaders.pages.legibility import is_garbled
from ingest.loaders.pages.order import is_doubtful, mark_cells, mark_from_right, runs_from_right
from ingest.loaders.pages.plumber import LOST, Plumber
from ingest.loaders.pages.recognition import find_key, find_text_lines, is_blank, recognise
from ingest.loaders.pages.ruled_tables import Table
from ingest.loaders.pages.spans import Span, is_han, join_glyphs
from ingest.loaders.pages.unread import (
    DAMAGED,
    FROM_RIGHT,
    GARBLED,
    ILLEGIBLE,
    NO_FONTS,
    NO_TIME,
    NOT_LEGIBLE,
    OUT_OF_ORDER,
    REREAD,
    SEEN,
    TOO_LITTLE,
    leave_gap,
    note_repair,
)
from ingest.problems import Loss, Problem
from ingest.pulse import beat
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_NO_PDF = N_("it is not a PDF document, or it is damaged.")
_MOST_PAGES = 2000
_OCR_SECONDS = 1200.0
_OUTSIDE = 3.0
_REPAIRS = {GARBLED: REREAD, TOO_LITTLE: SEEN}


def load_pdf(data: bytes, name: str) -> Draft:
    """Read a document page by page; :class:`DocumentUnreadable` if it is none, or locked."""
    with closing(_open(data, name)) as document:
        if len(document) > _MOST_PAGES:
            form = N_("it has {count} pages; documents of up to {most} pages are read.")
            problem = Problem(form, {"count": len(document), "most": _MOST_PAGES})
            raise DocumentUnreadable(document=name, problem=problem)
        reader = _Reader(document, Plumber(document, data))
        pages = list(reader.read())
    return Draft(
        metadata=Metadata(),
        title=find_title(pages),
        blocks=tuple(assemble(pages)),
        repairs=tuple(reader.repairs),
    )


def _open(data: bytes, name: str) -> "PdfDocument":
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        problem = Problem(PASSWORD if locked else _NO_PDF)
        raise DocumentUnreadable(document=name, problem=problem) from error


@dataclass(slots=True)
class _Reader:
    document: "PdfDocument"
    plumber: Plumber
    repairs: list[Loss] = field(default_factory=list)
    _end: float = field(default_factory=lambda: time.monotonic() + _OCR_SECONDS)

    def read(self) -> Iterator[Page]:
        from pypdfium2 import PdfiumError

        for number in range(1, len(self.document) + 1):
            try:
                with closing(self.document[number - 1]) as page:
                    read = self._read_page(page, number)
            except PdfiumError:
                whole = hashlib.sha256(self.plumber.data).hexdigest()
                read = _skip(leave_gap(DAMAGED, number, content=f"{number} {whole}"), number)
            if read:
                yield read
            beat()

    def _read_page(self, page: "PdfPage", number: int) -> Page | None:
        layer, drawable = self._read_layer(page, number)
        spans = join_glyphs(_crop(layer))
        garbled = is_garbled([span.text for span in spans]) or _is_silent(page, spans)
        # Without its fonts a page is drawn from the same codes that the layer shows to be wrong.
        if garbled and not is_covered(page) and (not drawable or lacks_fonts(page)):
            return _skip(leave_gap(GARBLED, number, spans, tried=NO_FONTS), number)
        if garbled:
            plain = Page(number, layer.width, layer.height, spans)
            return self._recognise(page, plain, GARBLED)
        if runs_from_right(spans):
            return self._read_from_right(page, number, layer)
        return self._read_text(page, number, layer)

    def _read_text(self, page: "PdfPage", number: int, layer: Layer) -> Page | None:
        """Read a page of which the layer is sound, if it is all of it."""
        spans = mark_from_right(join_glyphs(_crop(layer)))
        plain = Page(number, layer.width, layer.height, spans)
        if is_picture(page, spans):
            return self._recognise(page, plain, ILLEGIBLE) or plain
        if is_thin(page, spans) and _shows_more(page, layer, spans):
            return self._recognise(page, plain, TOO_LITTLE)
        tables = self.plumber.find_tables(number, layer) if count_objects(page, "PATH") else []
        if tables:
            free = (glyph for glyph in _crop(layer) if not _is_inside(glyph, tables))
            spans = mark_from_right(join_glyphs(free))
        if any(map(is_doubtful, find_regions(spans))):
            return _skip(leave_gap(OUT_OF_ORDER, number, spans), number)
        return replace(plain, spans=spans, tables=list(map(mark_cells, tables)))

    def _read_from_right(self, page: "PdfPage", number: int, layer: Layer) -> Page:
        """Read a page in Arabic or Hebrew letters, if their order is proved and it has no table."""
        spans = turn_back(join_glyphs(mirror(_crop(layer), layer.width)))
        tables = count_objects(page, "PATH") and self.plumber.find_tables(number, layer)
        more = is_picture(page, spans) or (is_thin(page, spans) and _shows_more(page, layer, spans))
        proved = is_proved(spans) and not any(map(is_doubtful, find_regions(spans)))
        if tables or more or not proved:
            return _skip(leave_gap(FROM_RIGHT, number, join_glyphs(_crop(layer))), number)
        return Page(number, layer.width, layer.height, spans)

    def _read_layer(self, page: "PdfPage", number: int) -> tuple[Layer, bool]:
        """The layer, and whether the page can be drawn: its fonts are there."""
        layer = read_layer(page)
        chinese = any(is_han(glyph.text) for glyph in layer.glyphs)
        if not (chinese or not layer.glyphs) or not lacks_fonts(page):
            return layer, True
        # Without its font pdfium loses signs that stand alone; then the others prove nothing.
        plain = self.plumber.read_glyphs(number, layer)
        whole = len(layer.glyphs) >= len(plain) and bool(layer.glyphs)
        broken = any(LOST in glyph.text for glyph in plain)
        return (layer if whole and broken else replace(layer, glyphs=plain)), False

    def _recognise(self, page: "PdfPage", plain: Page, form: str) -> Page | None:
        """Read the picture of a page; nothing if it is blank, a gap if it cannot be read."""
        number = plain.number
        if time.monotonic() >= self._end:
            return _skip(leave_gap(NO_TIME, number, plain.spans, content=str(number)), number)
        picture = render(page)
        found = recognise(picture)
        if found.is_good:
            if form in _REPAIRS:
                self.repairs.append(note_repair(_REPAIRS[form], number))
            return Page(number, found.width, found.height, found.spans, scanned=True)
        if form == ILLEGIBLE and is_blank(picture):
            return None
        content, spans = find_key(picture), found.spans or plain.spans
        gap = leave_gap(form, number, spans, content=content, tried=NOT_LEGIBLE)
        return _skip(gap, number)


def _skip(gap: Gap, number: int) -> Page:
    return Page(number, 0.0, 0.0, (), gap=gap)


def _shows_more(page: "PdfPage", layer: Layer, spans: list[Span]) -> bool:
    """Whether lines can be seen on the page that its text does not have."""
    if layer.turn or layer.turned:
        return False
    picture = render(page)
    scale = picture.width / layer.width
    lines = [box.scaled(1 / scale) for box in find_text_lines(picture)]
    return lacks_lines(lines, spans)


def _crop(layer: Layer) -> list[Span]:
    """The signs that are on the page; some programs leave others beside it."""
    return [
        glyph
        for glyph in layer.glyphs
        if -_OUTSIDE <= glyph.box.left <= layer.width + _OUTSIDE
        and -_OUTSIDE <= glyph.box.middle <= layer.height + _OUTSIDE
    ]


def _is_inside(glyph: Span, tables: list[Table]) -> bool:
    return any(table.box.holds(glyph.box) for table in tables)


def _is_silent(page: "PdfPage", spans: list[Span]) -> bool:
    """Whether text is drawn on the page of which the layer does not say a word."""
    return not spans and count_objects(page, "TEXT") > 0
