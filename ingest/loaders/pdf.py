"""PDF: the text layer where it can be trusted, else the picture of the page."""

import io
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.drafts import Draft
from ingest.front_matter import Metadata
from ingest.loaders.packages import PASSWORD
from ingest.loaders.pages.assembly import Page, assemble, find_title
from ingest.loaders.pages.glyphs import Layer, read_layer
from ingest.loaders.pages.legibility import is_garbled
from ingest.loaders.pages.recognition import recognise
from ingest.loaders.pages.ruled_tables import Table, find_tables
from ingest.loaders.pages.spans import Span, join_glyphs
from ingest.problems import Loss, Problem
from ingest.pulse import beat
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF
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
        reader = _Reader(document, data)
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
    data: bytes
    losses: list[Loss] = field(default_factory=list)
    _ruled: "PDF | None" = None
    _end: float = field(default_factory=lambda: time.monotonic() + _OCR_SECONDS)

    def read(self) -> Iterator[Page]:
        from pypdfium2 import PdfiumError

        for number in range(1, len(self.document) + 1):
            try:
                with closing(self.document[number - 1]) as page:
                    read = self._read_page(page, number)
            except PdfiumError:
                self.losses.append(Loss(Problem(_DAMAGED, {"page": number}), 1))
            else:
                if read:
                    yield read
            beat()

    def _read_page(self, page: "PdfPage", number: int) -> Page | None:
        layer = read_layer(page)
        spans = join_glyphs(_crop(layer))
        garbled = is_garbled([span.text for span in spans]) or _is_silent(page, spans)
        if garbled or _is_picture(page, spans):
            return self._recognise(page, number, garbled=garbled) or (
                None if garbled else Page(number, layer.width, layer.height, spans)
            )
        tables = self._find_tables(number, layer) if _has_rulings(page) else []
        if tables:
            free = (glyph for glyph in _crop(layer) if not _is_inside(glyph, tables))
            spans = join_glyphs(free)
        return Page(number, layer.width, layer.height, spans, tables)

    def _recognise(self, page: "PdfPage", number: int, *, garbled: bool) -> Page | None:
        """Read the picture of a page; what cannot be read is a loss."""
        form = _GARBLED if garbled else _ILLEGIBLE
        if time.monotonic() < self._end:
            found = recognise(_render(page))
            if found.is_good:
                return Page(number, found.width, found.height, found.spans, scanned=True)
            if not found.spans and not garbled:
                return None  # a picture without a word in it is no page that could not be read
        else:
            form = _NO_TIME
        self.losses.append(Loss(Problem(form, {"page": number}), 1))
        return None

    def _find_tables(self, number: int, layer: Layer) -> list[Table]:
        """The ruled tables of a page; where their lines cannot be made out its text is read."""
        import pdfplumber
        from pdfplumber.utils.exceptions import PdfminerException

        try:
            if layer.turned:
                turned = pdfplumber.open(io.BytesIO(_turn(self.document, number, layer.turn)))
                with closing(turned):
                    return find_tables(turned.pages[0], layer.glyphs)
            if self._ruled is None:
                self._ruled = pdfplumber.open(io.BytesIO(self.data))
            with closing(self._ruled.pages[number - 1]) as page:
                return find_tables(page, layer.glyphs)
        except (PdfminerException, LookupError, ValueError, TypeError, AttributeError):
            return []


def _turn(document: "PdfDocument", number: int, turn: int) -> bytes:
    """One page, shown as its text is read."""
    from pypdfium2 import PdfDocument

    out = io.BytesIO()
    with closing(PdfDocument.new()) as alone:
        alone.import_pages(document, [number - 1])
        alone[0].set_rotation(turn)
        alone.save(out)
    return out.getvalue()


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
    from pypdfium2 import raw

    if sum(len(span.text) for span in spans) >= _FEW_SIGNS:
        return False
    area = page.get_width() * page.get_height()
    shapes = 0
    for shape in page.get_objects(max_depth=2):
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = shape.get_bounds()
            if (right - left) * (top - bottom) > _COVERED * area:
                return True
        shapes += shape.type == raw.FPDF_PAGEOBJ_PATH
    return shapes > _MANY_SHAPES and not spans


def _is_silent(page: "PdfPage", spans: list[Span]) -> bool:
    """Whether text is drawn on the page of which the layer does not say a word."""
    return not spans and _holds(page, "FPDF_PAGEOBJ_TEXT")


def _has_rulings(page: "PdfPage") -> bool:
    return _holds(page, "FPDF_PAGEOBJ_PATH")


def _holds(page: "PdfPage", kind: str) -> bool:
    """Whether there is an object of this kind on the page."""
    from pypdfium2 import raw

    found = page.get_objects(filter=[getattr(raw, kind)], max_depth=3)
    return next(iter(found), None) is not None


def _render(page: "PdfPage") -> "Image":
    longest = max(page.get_width(), page.get_height(), 1.0)
    scale = min(_SCALE, _LARGEST_PICTURE / longest)
    picture: Image = page.render(scale=scale).to_pil()
    return picture
