"""PDF documents made by code, with Chinese text."""

import io
from collections.abc import Sequence

import pypdfium2
from PIL.Image import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from tests.unit.ingest.office_files import Rows

SONG = "STSong-Light"
BODY = ParagraphStyle(
    "body", fontName=SONG, fontSize=11, leading=18, firstLineIndent=22, wordWrap="CJK"
)
TITLE = ParagraphStyle("title", fontName=SONG, fontSize=18, leading=26, alignment=1)
ENGLISH = ParagraphStyle("english", fontName="Helvetica", fontSize=10, leading=13, alignment=4)
_WIDTH, _HEIGHT = A4

pdfmetrics.registerFont(UnicodeCIDFont(SONG))


def title(text: str) -> Paragraph:
    return Paragraph(text, TITLE)


def text(words: str) -> Paragraph:
    return Paragraph(words, BODY)


def table(rows: Rows, *spans: tuple[str, tuple[int, int], tuple[int, int]]) -> Table:
    font = ("FONT", (0, 0), (-1, -1), SONG, 10)
    grid = ("GRID", (0, 0), (-1, -1), 0.5, "black")
    return Table(rows, repeatRows=1, style=[font, grid, *spans])


def make_pdf(*parts: object, head: str = "", password: str = "") -> bytes:
    """Lay the parts out over as many pages as they need; each has a number at its foot."""

    def decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont(SONG, 9)
        canvas.drawString(60, _HEIGHT - 35, head)
        canvas.drawCentredString(_WIDTH / 2, 30, f"- {document.page} -")

    out = io.BytesIO()
    locked = StandardEncryption(password, strength=128) if password else None
    document = SimpleDocTemplate(out, pagesize=A4, encrypt=locked)
    document.build(list(parts), onFirstPage=decorate, onLaterPages=decorate)
    return out.getvalue()


def make_columns(heading: str, paragraphs: Sequence[str]) -> bytes:
    """Two columns of justified text below a heading across the page."""

    def decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
        if document.page == 1:
            canvas.setFont("Helvetica-Bold", 20)
            canvas.drawCentredString(_WIDTH / 2, 740, heading)

    out = io.BytesIO()
    width = (_WIDTH - 144) / 2
    frames = [Frame(left, 60, width, 620, 0, 0, 0, 0) for left in (60, 84 + width)]
    document = BaseDocTemplate(out, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=decorate))
    document.build([Paragraph(each, ENGLISH) for each in paragraphs])
    return out.getvalue()


def make_drawn(
    lines: Sequence[str],
    *,
    turn: int = 0,
    size: tuple[float, float] = A4,
    watermark: str = "",
    font: str = SONG,
) -> bytes:
    """Lines at fixed places, drawn under an angle."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(turn)
    canvas.setFont(font, 12)
    for number, line in enumerate(lines):
        canvas.drawString(-180, 100 - 20 * number, line)
    canvas.rotate(45)
    canvas.setFont("Helvetica", 60)
    canvas.drawCentredString(0, 0, watermark)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def turn_pages(data: bytes, turn: int) -> bytes:
    """Have the pages shown under an angle."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(turn)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def take_picture(data: bytes, *, scale: float = 2.0) -> Image:
    """The first page as a picture."""
    document = pypdfium2.PdfDocument(data)
    picture: Image = document[0].render(scale=scale).to_pil()
    document.close()
    return picture


def make_scan(picture: Image, *, layer: str = "") -> bytes:
    """A page that is nothing but a picture, with an invisible text layer if one is given."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=picture.size)
    canvas.drawImage(ImageReader(picture), 0, 0, *picture.size)
    if layer:
        hidden = canvas.beginText(10, 10)
        hidden.setFont(SONG, 8)
        hidden.setTextRenderMode(3)
        hidden.textLine(layer)
        canvas.drawText(hidden)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def save_picture(picture: Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()
