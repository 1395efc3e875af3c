"""Word documents, presentations, workbooks and archives."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from benchmarks.document_set.specimen import Page, Part, Rows

_DAY = (2026, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_HOUR = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def make_word(parts: Sequence[Part]) -> bytes:
    """A Word document; headings are marked as such, tables have a header row."""
    import docx
    from docx.oxml import OxmlElement

    document = docx.Document()
    for part in parts:
        if part.heading:
            document.add_heading(part.text, 1)
        elif part.text:
            document.add_paragraph(part.text)
        else:
            table = document.add_table(rows=len(part.rows), cols=len(part.rows[0]))
            for row, texts in zip(table.rows, part.rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
            properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - not in its API
            properties.append(OxmlElement("w:tblHeader"))
    out = io.BytesIO()
    document.save(out)
    return settle(out.getvalue())


def make_merged_word(rows: Rows) -> bytes:
    """A Word document of one table, in which equal cells of the first column are one."""
    import docx

    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    first = 1
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at][0] != rows[first][0]:
            merged = table.cell(first, 0).merge(table.cell(at - 1, 0))
            merged.text = rows[first][0]
            first = at
    out = io.BytesIO()
    document.save(out)
    return settle(out.getvalue())


def make_slides(pages: Sequence[Page]) -> bytes:
    """A presentation: on each slide a title, lines below it, and perhaps a table."""
    import pptx
    from pptx.util import Cm

    presentation = pptx.Presentation()
    for page in pages:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        texts = [part.text for part in page.parts if part.text]
        if slide.shapes.title is not None:
            slide.shapes.title.text = texts[0]
        slide.placeholders[1].text_frame.text = "\n".join(texts[1:])
        for rows in (part.rows for part in page.parts if part.rows):
            shape = slide.shapes.add_table(len(rows), len(rows[0]), Cm(2), Cm(12), Cm(20), Cm(4))
            for row, cells in zip(shape.table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
    out = io.BytesIO()
    presentation.save(out)
    return settle(out.getvalue())


def make_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook; cells of figures alone are numbers."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return settle(out.getvalue())


def make_zip(members: Mapping[str, bytes]) -> bytes:
    """An archive in which every file has the same date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _DAY)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files of an archive by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def settle(data: bytes) -> bytes:
    """The same archive without the hour at which it was made, which its properties name too."""
    files = read_zip(data)
    if _PROPERTIES in files:
        files[_PROPERTIES] = _HOUR.sub(rb"2026-01-01T00:00:00Z", files[_PROPERTIES])
    return make_zip(files)
