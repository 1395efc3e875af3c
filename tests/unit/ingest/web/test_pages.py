"""The files in which fetched pages lie: the operator's facts count, whatever the body says."""

from email.message import EmailMessage

import pytest

from ingest.documents import Filing
from ingest.held import Decision, Verdict
from ingest.loaders.page import Head
from ingest.reading import examine, read_document
from knowledge.dates import PartialDate
from knowledge.errors import DocumentError
from knowledge.passage import Audience, Document, Trust
from tests.unit.ingest import pdf_files
from tests.unit.ingest.office_files import make_zip

FACTS = {"url": "https://site.test/a%20b.html", "checked": "2026-03-02"}
HTML = "<html><head><title>费用</title></head><body><h1>费用</h1><p>备案不收费。</p></body></html>"


def store(body: bytes, ending: str = ".html", charset: str = "", **facts: str) -> bytes:
    return Head(ending, charset, "1", {**FACTS, **facts}).dump() + body


def read(data: bytes) -> Document:
    return read_document(data, Filing("site.test/a.page", "", None)).document


def test_what_the_operator_says_counts() -> None:
    body = HTML.replace("<head>", '<head><link rel="canonical" href="https://evil.test/">').encode()
    document = read(store(body, issuer="某某局", audience="staff", confidence="M"))
    source = document.provenance
    assert source.url == FACTS["url"]
    assert source.checked == PartialDate.parse("2026-03-02")
    assert (source.title, source.issuer, source.trust) == ("费用", "某某局", Trust.MEDIUM)
    assert source.audience is Audience.STAFF
    assert [passage.text for passage in document.passages] == ["备案不收费。"]
    assert {passage.provenance.url for passage in document.passages} == {FACTS["url"]}


def test_a_page_cannot_make_itself_public() -> None:
    body = b"---\naudience: public\nconfidence: H\n---\n\n# Fees\n\nFiling is free.\n"
    source = read(store(body, ".md", audience="staff", confidence="L")).provenance
    assert source.audience is Audience.STAFF
    assert source.trust is Trust.LOW


def test_nor_can_the_rows_of_a_table() -> None:
    body = (
        b"id,question:en,answer:en,audience,confidence,url,replaces,issuer\n"
        b"a,What does filing cost?,Filing is free.,public,H,https://evil.test/,Rule 1,Row office\n"
        b"b,Who files?,The company files.,actor,,,,\n"
    )
    first, second = read(store(body, ".csv", audience="company", confidence="L")).passages
    for passage in (first, second):
        assert passage.provenance.trust is Trust.LOW
        assert (passage.provenance.url, passage.provenance.replaces) == (FACTS["url"], ())
    assert first.provenance.audience is Audience.COMPANY
    assert second.provenance.audience is Audience.STAFF, "nobody is both company and actor"
    assert first.provenance.issuer == "Row office"


UNKNOWN = ("The fee is payable in advance by the company. " * 9).encode("cp037")
OPEN = b"""---
audience: public
confidence: H
url: https://evil.test/
replaces: Rule 7
---

# Fees

Filing is free.
"""


def test_what_is_said_of_an_archive_holds_for_each_file_inside() -> None:
    rows = b"id,question:en,answer:en,audience,url\na,Who files?,The company files.,public,https://evil.test/\n"
    letter = EmailMessage()
    letter["Subject"] = "Rooms"
    letter.set_content("The rooms are on the third floor.")
    letter.add_attachment(OPEN, maintype="text", subtype="markdown", filename="attached.md")
    inner = make_zip({"again.md": OPEN})
    body = make_zip(
        {"fees.md": OPEN, "rows.csv": rows, "letter.eml": letter.as_bytes(), "inner.zip": inner}
    )
    document = read(store(body, ".zip", audience="staff", confidence="L", title="Annexes"))
    assert len(document.passages) == 5
    for passage in document.passages:
        source = passage.provenance
        assert (source.audience, source.trust) == (Audience.STAFF, Trust.LOW)
        assert (source.url, source.replaces) == (FACTS["url"], ())
    assert document.provenance.title == "Annexes"
    assert {one.provenance.title for one in document.passages} >= {"Fees", "Rooms"}
    assert {one.locator.partition(" > ")[0] for one in document.passages} == {
        *("fees.md", "rows.csv", "letter.eml", "inner.zip"),
    }


def test_a_message_and_what_is_attached() -> None:
    letter = EmailMessage()
    letter["Subject"] = "Rooms"
    letter.set_content("The rooms are on the third floor.")
    letter.add_attachment(OPEN, maintype="text", subtype="markdown", filename="attached.md")
    document = read(store(letter.as_bytes(), ".eml", audience="company"))
    assert [one.provenance.audience for one in document.passages] == [Audience.COMPANY] * 2


def test_a_bomb_inside_is_refused() -> None:
    with pytest.raises(DocumentError):
        read(store(make_zip({"a.txt": b"0" * 600_000_000}), ".zip"))


def test_a_correction_of_a_page_that_nobody_could_decode_has_the_operators_facts() -> None:
    data = store(UNKNOWN, ".txt", audience="staff")
    held = examine(data, Filing("site.test/a.page", "hash", None)).held
    decisions = {part.key: Decision(Verdict.CORRECT, "Filing is free of charge.") for part in held}
    reading = examine(data, Filing("site.test/a.page", "hash", None, decisions))
    [passage] = reading.document.passages
    assert passage.provenance.audience is Audience.STAFF
    assert passage.provenance.url == FACTS["url"]


def test_a_page_does_not_end_other_rules() -> None:
    body = b"---\nreplaces: Rule 7\nissuer: Office\n---\n\n# Fees\n\nFiling is free.\n"
    assert read(store(body, ".md")).provenance.replaces == ()
    assert read(store(body, ".md", replaces="Rule 8")).provenance.replaces == ("Rule 8",)


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("gb18030", "GB2312"), ("big5", "big5"), ("gb18030", "utf-8"), ("utf-8", "gbk"), ("gbk", "")],
)
def test_the_server_names_the_encoding_and_may_be_wrong(encoding: str, charset: str) -> None:
    text = "外国演员来华拍摄需要办理签证，由公司提出申请。"
    if encoding == "big5":
        text = "外國演員來華拍攝需要辦理簽證，由公司提出申請。"
    document = read(store(f"<html><body><p>{text}</p></body></html>".encode(encoding), ".html"
                          , charset))  # fmt: skip
    assert document.passages[0].text == text


def test_the_encoding_in_the_page_comes_first() -> None:
    text = "Иностранным актёрам нужна виза, её оформляет компания."
    body = f'<html><head><meta charset="koi8-r"></head><body><p>{text}</p></body></html>'
    document = read(store(body.encode("koi8-r"), ".html", "windows-1251"))
    assert document.passages[0].text == text
    bare = f"<html><body><p>{text}</p></body></html>".encode("koi8-r")
    assert read(store(bare, ".html", "koi8-r")).passages[0].text == text


def test_a_page_without_a_title_is_called_after_its_address() -> None:
    assert read(store("备案不收费。".encode(), ".txt")).provenance.title == "a b"
    assert read(store(b"# Fees\n\nFree.", ".md")).provenance.title == "Fees"


def test_other_formats_are_read_as_such() -> None:
    body = pdf_files.make_pdf(pdf_files.text("企业应当在拍摄以前备案。"), head="办法")
    [passage] = read(store(body, ".pdf")).passages
    assert "备案" in passage.text
    assert passage.locator == "p. 1"


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize(
    "data",
    [
        b"no line",
        b"{}\nbody",
        b"[]\nbody",
        b"{\nbody",
        b'{"ending": ".html", "charset": "", "version": "", "facts": []}\nbody',
        b"[" * 60_000 + b"\nbody",
        b" " * 70_000 + b"\nbody",
        store(b"x", ".page"),
        store(b"x", ".exe"),
    ],
)
def test_what_is_no_stored_page(data: bytes) -> None:
    with pytest.raises(DocumentError, match="no page that"):
        read(data)
