"""Pages to passages."""

import pytest

from knowledge.dates import PartialDate
from tests.unit.ingest.folders import Folder

SENTENCE = "微短剧制作机构应当在开拍以前向主管部门备案，并对内容负责。"
PAGE = f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="{{charset}}">
<title>微短剧备案须知 - 某某局网站</title>
<meta name="PubDate" content="2025-03-01 10:00">
<link rel="canonical" href="https://example.org/a.html">
<script>var x = "不是正文";</script></head>
<body><nav><ul><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul></nav>
<div class="content"><h1>微短剧备案须知</h1>
<p>{SENTENCE * 6}</p>
<h2>材料</h2><p>需要提交下列材料：</p><ul><li>申请表</li><li>营业执照<ol><li>副本</li></ol></li></ul>
<table><tr><th>类别</th><th>期限</th></tr><tr><td>普通</td><td>20日</td></tr></table>
<p>第一条　{SENTENCE}</p><p><b>第二条</b>　{SENTENCE}<br>另行通知的除外。</p></div>
<footer>粤ICP备12345678号</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_the_main_text_keeps_its_structure(folder: Folder, charset: str) -> None:
    data = PAGE.format(charset=charset).encode("gb18030" if charset != "utf-8" else charset)
    passages = folder.ingest("page.html", data)
    assert [passage.locator for passage in passages] == [
        "¶1",
        "材料, ¶1–2",
        "材料 > 第一条",
        "材料 > 第二条",
    ]
    assert passages[1].text == (
        "需要提交下列材料：\n- 申请表\n- 营业执照\n  1. 副本\n类别 | 期限\n普通 | 20日"
    )
    assert passages[3].text == f"第二条　{SENTENCE}\n另行通知的除外。"
    assert "新闻" not in "".join(passage.text for passage in passages)


def test_the_head_gives_title_date_address_and_language(folder: Folder) -> None:
    passage = folder.ingest("page.htm", PAGE.format(charset="utf-8"))[0]
    assert passage.provenance.title == "微短剧备案须知"
    assert passage.provenance.issued == PartialDate(2025, 3, 1)
    assert passage.provenance.url == "https://example.org/a.html"
    assert passage.language == "zh-Hans"


def test_a_page_with_little_text_is_read_as_it_stands(folder: Folder) -> None:
    page = (
        "<html><body><h2>Visa</h2><p>Apply <b>early</b>.</p><div>Bring a photo.</div></body></html>"
    )
    [passage] = folder.ingest("page.html", page)
    assert (passage.text, passage.headings) == ("Apply early.\nBring a photo.", ())
    assert passage.provenance.title == "Visa"


def test_a_declaration_of_xml_is_no_obstacle(folder: Folder) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n<html><body><p>需要签证。</p></body></html>'
    [passage] = folder.ingest("page.xhtml", page)
    assert passage.text == "需要签证。"


def test_a_date_in_a_form_of_its_own_does_not_refuse_the_page(folder: Folder) -> None:
    page = PAGE.format(charset="utf-8").replace("2025-03-01 10:00", "last week")
    assert folder.ingest("page.html", page)[0].provenance.issued is None


def test_a_page_nested_beyond_reason_is_reported_by_name(folder: Folder) -> None:
    folder.write("deep.html", "<div>" * 30_000 + "text" + "</div>" * 30_000)
    folder.write("good.md", "Good text.")
    report = folder.run()
    assert "good.md" in report.added
    assert {failure.path for failure in report.failed} <= {"deep.html"}


@pytest.mark.parametrize("mark", ["class='cookie-banner'", "id='CookieNotice'", "class='gdpr-bar'"])
def test_a_notice_about_cookies_is_no_text_of_a_short_page(folder: Folder, mark: str) -> None:
    page = f"<html><body><div {mark}><p>We use cookies.</p></div><p>{SENTENCE}</p></body></html>"
    [passage] = folder.ingest("a.html", page)
    assert passage.text == SENTENCE
