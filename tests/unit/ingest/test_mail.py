"""E-mail messages to passages."""

from email.message import EmailMessage

from knowledge.dates import PartialDate
from tests.unit.ingest.folders import Folder
from tests.unit.ingest.office_files import make_slides

BODY = "各位同事：\n\n自5月1日起，备案须在线提交。\n"


def make_message(body: str = BODY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.get("sender", "王敏 <wang@example.org>")
    message["Subject"] = "关于备案的说明"
    message["Date"] = "Wed, 12 Mar 2025 09:30:00 +0800"
    message.set_content(body)
    return message


def test_a_message_says_who_sent_it_and_when(folder: Folder) -> None:
    [passage] = folder.ingest("a.eml", make_message().as_bytes())
    assert "自5月1日起，备案须在线提交。" in passage.text
    source = passage.provenance
    assert (source.title, source.issuer) == ("关于备案的说明", "王敏")
    assert source.issued == PartialDate(2025, 3, 12)


def test_attachments_are_read_by_their_own_loaders(folder: Folder) -> None:
    message = make_message()
    slides = make_slides([("流程", ["先备案。"])])
    message.add_attachment(slides, maintype="application", subtype="x", filename="流程.pptx")
    message.add_attachment("平台,分成\n甲,30%\n", subtype="csv", filename="fees.csv")
    own, slide, row = folder.ingest("a.eml", message.as_bytes())
    assert {one.document for one in (own, slide, row)} == {"a.eml"}
    assert (slide.locator, slide.text) == ("流程.pptx > slide 1", "先备案。")
    assert slide.provenance.title == "流程"
    assert (row.locator, row.text) == ("fees.csv > row 2", "平台: 甲 | 分成: 30%")


def test_a_bad_attachment_is_named_and_the_message_stays(folder: Folder) -> None:
    message = make_message()
    message.add_attachment(b"no zip", maintype="application", subtype="x", filename="a.docx")
    message.add_attachment(b"MZ", maintype="application", subtype="x", filename="tool.exe")
    folder.write("a.eml", message.as_bytes())
    report = folder.run()
    assert len(folder.passages("a.eml")) == 1
    assert str(report.failed[0].error) == (
        "a.docx in a.eml was left out: it is not a Word document, or it is damaged."
    )
    assert [one.path for one in report.skipped] == ["a.eml/tool.exe"]
    assert folder.run().unchanged == ("a.eml",)


def test_a_forwarded_message_is_read_too(folder: Folder) -> None:
    message = make_message("见附件。")
    message.add_attachment(make_message("原文在此。", sender="a@example.org"))
    passages = folder.ingest("a.eml", message.as_bytes())
    assert [one.text for one in passages] == ["见附件。", "原文在此。"]
    assert passages[1].provenance.issuer == "a@example.org"


def test_the_text_is_taken_before_the_html(folder: Folder) -> None:
    message = make_message("纯文本。")
    message.add_alternative("<p>网页</p>", subtype="html")
    assert [one.text for one in folder.ingest("a.eml", message.as_bytes())] == ["纯文本。"]


def test_html_alone_is_read(folder: Folder) -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("<html><body><p>备案须在线提交。</p></body></html>", subtype="html")
    [passage] = folder.ingest("a.eml", message.as_bytes())
    assert "备案须在线提交" in passage.text


def test_gb2312_in_an_old_message(folder: Folder) -> None:
    head = b"From: a@example.org\nContent-Type: text/plain; charset=gb2312\n"
    data = head + b"Content-Transfer-Encoding: 8bit\n\n" + "备案须在线提交。".encode("gbk")
    assert [one.text for one in folder.ingest("a.eml", data)] == ["备案须在线提交。"]


def test_what_is_no_message_is_refused(folder: Folder) -> None:
    assert "not an e-mail message" in folder.refuse("a.eml", "just words\n\nand more")
