"""PDF documents whose fonts are not inside them: reportlab's names for Asian and Latin ones."""

import io
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.document_set.drawing import HEIGHT, WIDTH, Sheet

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas as _Canvas

SONG, MING, LATIN = "STSong-Light", "MSung-Light", "Helvetica"


@cache
def _register(font: str) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    if font != LATIN:
        pdfmetrics.registerFont(UnicodeCIDFont(font))


def make_laid(
    sheets: Sequence[Sheet], font: str = SONG, *, head: str = "", turn: int = 0, angle: int = 0
) -> bytes:
    """Make a document of these pages, each with a number at its foot.

    ``turn`` is by how many degrees the pages are shown turned, ``angle`` by how many their content
    was drawn turned.
    """
    from reportlab.pdfgen.canvas import Canvas

    _register(font)
    out = io.BytesIO()
    size = (WIDTH, HEIGHT) if angle % 180 == 0 else (HEIGHT, WIDTH)
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number, sheet in enumerate(sheets, start=1):
        canvas.translate(size[0] / 2, size[1] / 2)
        canvas.rotate(angle)
        canvas.translate(-WIDTH / 2, -HEIGHT / 2)
        canvas.setFont(font, 9)
        canvas.drawString(60, HEIGHT - 35, head)
        canvas.drawCentredString(WIDTH / 2, 30, f"- {number} -")
        for line in sheet.lines:
            canvas.setFont(font, line.size)
            canvas.drawString(line.left, HEIGHT - line.base, line.text)
        for left, top, right, bottom in sheet.rulings:
            canvas.line(left, HEIGHT - top, right, HEIGHT - bottom)
        canvas.showPage()
    canvas.save()
    return _turn_pages(out.getvalue(), turn) if turn else out.getvalue()


def _turn_pages(data: bytes, turn: int) -> bytes:
    """The same document, its pages shown turned."""
    from pypdfium2 import PdfDocument

    out = io.BytesIO()
    with closing(PdfDocument(data)) as document:
        for page in document:
            page.set_rotation(turn)
        document.save(out)
    return out.getvalue()


def make_justified(texts: Sequence[str]) -> bytes:
    """A heading over two columns of justified English text, as a typesetter makes them."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    out = io.BytesIO()
    width = (WIDTH - 144) / 2
    frames = [Frame(left, 60, width, 620, 0, 0, 0, 0) for left in (60, 84 + width)]
    document = BaseDocTemplate(out, pagesize=(WIDTH, HEIGHT), invariant=1)

    def put_heading(canvas: "_Canvas", _: object) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawCentredString(WIDTH / 2, 740, texts[0])

    document.addPageTemplates(PageTemplate(frames=frames, onPage=put_heading))
    style = ParagraphStyle("text", fontName=LATIN, fontSize=10, leading=13, alignment=4)
    document.build([Paragraph(text, style) for text in texts[1:]])
    return out.getvalue()
