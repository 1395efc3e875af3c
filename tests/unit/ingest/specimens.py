"""One small sound file of every kind that is read."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Final

from tests.unit.ingest.office_files import (
    add_table,
    make_slides,
    make_zip,
    new_word,
    number_paragraphs,
    save_word,
)
from tests.unit.ingest.pdf_files import make_pdf, table, text
from tests.unit.ingest.test_faq_tables import as_xlsx

_TEXT = "# 备案须知\n\n企业应当在拍摄以前备案。\n\n- 护照\n- 合同\n"
_TABLE = [("事项", "时限"), ("备案", "五日"), ("资助", "三十日")]


def _make_word() -> bytes:
    document = new_word()
    document.add_heading("备案须知", 1)
    document.add_paragraph("企业应当在拍摄以前备案。")
    add_table(document, _TABLE)
    number_paragraphs(document, "chineseCounting", "第%1条", ["总则。", "企业应当备案。"])
    return save_word(document)


def _make_mail() -> bytes:
    message = EmailMessage()
    message["From"] = "王敏 <wang@example.org>"
    message["Subject"] = "备案"
    message.set_content("企业应当备案。")
    message.add_attachment(_TEXT, filename="须知.md")
    return message.as_bytes()


SPECIMENS: Final[dict[str, Callable[[], bytes]]] = {
    ".md": _TEXT.encode,
    ".txt": _TEXT.encode,
    ".html": f"<html><body><h1>备案</h1><p>{_TEXT}</p></body></html>".encode,
    ".csv": "\n".join(",".join(row) for row in _TABLE).encode,
    ".xml": f"<a><t>备案</t><p>{_TEXT}</p><r><x>1</x><y>2</y></r></a>".encode,
    ".eml": _make_mail,
    ".pdf": lambda: make_pdf(text("企业应当在拍摄以前备案。" * 9), table(_TABLE)),
    ".docx": _make_word,
    ".pptx": lambda: make_slides([("备案", ["先备案。"])], table=_TABLE),
    ".xlsx": lambda: as_xlsx({"备案": _TABLE, "b": _TABLE}),
    ".zip": lambda: make_zip({"a.md": _TEXT.encode(), "b.docx": _make_word()}),
}
