"""XML to passages."""

import pytest

from tests.unit.ingest.folders import Folder

RULE = """<?xml version="1.0" encoding="UTF-8"?>
<law><title>备案办法</title><chapter><title>总则</title><p>企业<b>应当</b>备案。</p></chapter></law>"""
ROWS = """<list><item><name>ReelShort</name><share>30%</share></item>
<item><name>DramaBox</name><share>25%</share></item></list>"""


def test_titles_become_headings(folder: Folder) -> None:
    [passage] = folder.ingest("rule.xml", RULE)
    assert passage.provenance.title == "备案办法"
    assert (passage.headings, passage.text) == (("总则",), "企业应当备案。")


def test_records_become_rows(folder: Folder) -> None:
    first, second = folder.ingest("rows.xml", ROWS)
    assert (first.locator, first.text) == ("item 1", "name: ReelShort | share: 30%")
    assert (second.locator, second.text) == ("item 2", "name: DramaBox | share: 25%")


def test_another_encoding_is_understood(folder: Folder) -> None:
    text = RULE.replace("UTF-8", "GB2312")
    assert folder.ingest("rule.xml", text.encode("gbk"))[0].text == "企业应当备案。"


def test_a_web_page_under_this_ending_is_read_as_one(folder: Folder) -> None:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>备案</h1><p>须备案。</p></body></html>'
    assert [one.text for one in folder.ingest("a.xml", page)] == ["须备案。"]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_are_never_expanded(folder: Folder, declaration: str) -> None:
    text = f"<!DOCTYPE r [{declaration}]><r><p>text &a;</p></r>"
    assert "defines entities" in folder.refuse("a.xml", text)


def test_broken_xml_is_refused(folder: Folder) -> None:
    assert "not well-formed XML" in folder.refuse("a.xml", "<a><b>text</a>")
