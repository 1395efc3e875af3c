"""What the libraries alone give, with no more than a line of code each: the plain baseline."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import PurePosixPath
from typing import Any

from benchmarks.document_measures import Cell, pair_cells

Read = Callable[[bytes], str]


def read_plainly(name: str, data: bytes) -> str:
    """All text of a file; where its library gives none, nothing."""
    read = _READERS.get(PurePosixPath(name).suffix, _read_text)
    return read(data)


def find_plain_cells(name: str, data: bytes) -> list[Cell]:
    """The cells of the tables that the libraries for PDF, Word and workbooks find."""
    find = _TABLES.get(PurePosixPath(name).suffix)
    tables = find(data) if find else ()
    return [cell for rows in tables if rows for cell in pair_cells(rows[0], rows[1:])]


def _read_text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _read_pdf(data: bytes) -> str:
    from pypdfium2 import PdfDocument

    with closing(PdfDocument(data)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _read_word(data: bytes) -> str:
    import docx

    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def _read_slides(data: bytes) -> str:
    import pptx

    slides = pptx.Presentation(io.BytesIO(data)).slides
    frames: list[Any] = [shape for slide in slides for shape in slide.shapes]
    return "\n".join(one.text_frame.text for one in frames if one.has_text_frame)


def _read_book(data: bytes) -> str:
    return "\n".join(" ".join(row) for rows in _find_sheets(data) for row in rows)


def _read_page(data: bytes) -> str:
    from lxml import html

    return str(html.fromstring(data).text_content())


def _read_xml(data: bytes) -> str:
    from lxml import etree

    return "\n".join(etree.fromstring(data).itertext())


def _read_mail(data: bytes) -> str:
    from email import message_from_bytes, policy

    body = message_from_bytes(data, policy=policy.default).get_body(("plain", "html"))
    return str(body.get_content()) if body else ""


def _read_picture(data: bytes) -> str:
    from rapidocr import RapidOCR

    found: Any = RapidOCR(params={"Global.log_level": "critical"})(data)
    return "\n".join(found.txts or ())


def _read_nothing(_: bytes) -> str:
    return ""


def _find_pdf(data: bytes) -> Iterator[Sequence[Sequence[str]]]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for rows in page.extract_tables():
                yield [[cell or "" for cell in row] for row in rows]


def _find_word(data: bytes) -> Iterator[Sequence[Sequence[str]]]:
    import docx

    for table in docx.Document(io.BytesIO(data)).tables:
        yield [[cell.text for cell in row.cells] for row in table.rows]


def _find_sheets(data: bytes) -> Iterator[Sequence[Sequence[str]]]:
    import openpyxl

    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        yield [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


_READERS: dict[str, Read] = {
    ".pdf": _read_pdf,
    ".docx": _read_word,
    ".pptx": _read_slides,
    ".xlsx": _read_book,
    ".html": _read_page,
    ".xml": _read_xml,
    ".eml": _read_mail,
    ".zip": _read_nothing,
    ".png": _read_picture,
    ".jpg": _read_picture,
    ".tiff": _read_picture,
}
_TABLES: dict[str, Callable[[bytes], Iterator[Sequence[Sequence[str]]]]] = {
    ".pdf": _find_pdf,
    ".docx": _find_word,
    ".xlsx": _find_sheets,
}
