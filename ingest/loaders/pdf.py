"""PDF: the text layer where it can be trusted, else the picture of the page."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.drafts import Draft
from ingest.front_matter import Metadata
from ingest.loaders.packages import PASSWORD
from ingest.loaders.pages.assembly import Page, assemble, find_title
from ingest.loaders.pages.glyphs import Layer, lacks_fonts, read_layer
from ingest.loaders.pages.legibility import is_garbled
from ingest.loaders.pages.plumber import LOST, Plumber
from ingest.loaders.pages.recognition import is_blank, recognise
from ingest.loaders.pages.ruled_tables import Table
from ingest.loaders.pages.spans import Span, is_han, join_glyphs
from ingest.problems import Loss, Problem
from ingest.pulse import beat
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

_NO_PDF = N_("it is not a PDF document, or it is damaged.")
_MOST_PAGES = 2000
_FEW_SIGNS = 40
_COVERED = 0.4
_MANY_SHAPES = 150
_SCALE = 200 / 72
_LARGEST_PICTURE = 4000
_OCR_SECONDS = 1200.0
_OUTSIDE = 3.0

_ILLEGIBLE = N_("page {page} is a scan that cannot be read well enough; bring a better copy")
_GARBLED = N_("the text of page {page} is garbled and its picture cannot be read well enough")
_DAMAGED = N_("page {page} is damaged and cannot be shown; bring a better copy")
_NO_TIME = N_("page {page} is a scan, and there was no time left to read it; divide the file")


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
        losses=tuple(reader.losses),
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
    losses: list[Loss] = field(default_factory=list)
    _end: float = field(default_factory=lambda: time.monotonic() + _OCR_SECONDS)

    def read(self) -> Iterator[Page]:
        from pypdfium2 import PdfiumError

        for number in range(1, len(self.document) + 1):
            try:
                with closing(self.document[number - 1]) as page:
                    read = self._read_page(page, number)
            except PdfiumError:
                self._lose(_DAMAGED, number)
            else:
                if read:
                    yield read
            beat()

    def _read_page(self, page: "PdfPage", number: int) -> Page | None:
        layer, drawable = self._read_layer(page, number)
        spans = join_glyphs(_crop(layer))
        garbled = is_garbled([span.text for span in spans]) or _is_silent(page, spans)
        # Without its fonts a page is drawn from the same codes that the layer shows to be wrong.
        if garbled and not _is_covered(page) and (not drawable or lacks_fonts(page)):
            self._lose(_GARBLED, number)
            return None
        if garbled or _is_picture(page, spans):
            return self._recognise(page, number, garbled=garbled) or (
                None if garbled else Page(number, layer.width, layer.height, spans)
            )
        tables = self.plumber.find_tables(number, layer) if _has_rulings(page) else []
        if tables:
            free = (glyph for glyph in _crop(layer) if not _is_inside(glyph, tables))
            spans = join_glyphs(free)
        return Page(number, layer.width, layer.height, spans, tables)

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

    def _recognise(self, page: "PdfPage", number: int, *, garbled: bool) -> Page | None:
        """Read the picture of a page; what cannot be read is a loss."""
        form = _GARBLED if garbled else _ILLEGIBLE
        if time.monotonic() < self._end:
            picture = _render(page)
            found = recognise(picture)
            if found.is_good:
                return Page(number, found.width, found.height, found.spans, scanned=True)
            if is_blank(picture) and not garbled:
                return None
        else:
            form = _NO_TIME
        self._lose(form, number)
        return None

    def _lose(self, form: str, number: int) -> None:
        self.losses.append(Loss(Problem(form, {"page": number}), 1))


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


def _is_picture(page: "PdfPage", spans: list[Span]) -> bool:
    """Whether the page shows its text as a picture, or drawn stroke by stroke."""
    if sum(len(span.text) for span in spans) >= _FEW_SIGNS:
        return False
    return _is_covered(page) or (not spans and _count(page, "FPDF_PAGEOBJ_PATH") > _MANY_SHAPES)


def _is_covered(page: "PdfPage") -> bool:
    """Whether a picture takes up a good part of the page."""
    from pypdfium2 import raw

    area = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _COVERED * area:
            return True
    return False


def _is_silent(page: "PdfPage", spans: list[Span]) -> bool:
    """Whether text is drawn on the page of which the layer does not say a word."""
    return not spans and _count(page, "FPDF_PAGEOBJ_TEXT") > 0


def _has_rulings(page: "PdfPage") -> bool:
    return _count(page, "FPDF_PAGEOBJ_PATH") > 0


def _count(page: "PdfPage", kind: str) -> int:
    """How many objects of this kind are on the page."""
    from pypdfium2 import raw

    return sum(1 for _ in page.get_objects(filter=[getattr(raw, kind)], max_depth=3))


def _render(page: "PdfPage") -> "Image":
    longest = max(page.get_width(), page.get_height(), 1.0)
    scale = min(_SCALE, _LARGEST_PICTURE / longest)
    picture: Image = page.render(scale=scale).to_pil()
    return picture
