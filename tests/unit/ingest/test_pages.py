"""The gate for text layers, and what belongs to a page rather than to its text."""

import pytest

from ingest.drafts import BlockKind
from ingest.loaders.pages.columns import find_regions
from ingest.loaders.pages.furniture import Sheet, find_furniture
from ingest.loaders.pages.legibility import is_garbled
from ingest.loaders.pages.paragraphs import find_setting, read_region
from ingest.loaders.pages.spans import Box, Span, join_glyphs

SOUND = (
    "企业应当在作品上线以后三十日以内提交申报表、合同和付款凭证。",
    "企業應當在作品上線以後三十日以內提交申報表、合同和付款憑證。",
    "The platform pays thirty percent of net revenue within forty-five days to each producer here.",
    "Компания подаёт заявление в течение тридцати дней после публикации сериала.",
    "作品の公開後三十日以内に申請書を提出してください。",
    "작품 공개 후 삼십일 이내에 신청서를 제출해야 합니다.",
    "2025-03-01 | 200 | 300 | 15%",
    "1,200.00 -30.00 +15% | 2,000.50 -12.00 +8%",
    "Contents . . . . . . . . . . . . . . . . . . . . . . 7",
    "Các công ty phải nộp đơn trong vòng ba mươi ngày kể từ ngày phát hành bộ phim.",
    "À l’été, l’équipe dépêchée à Genève préférait déléguer à des élèves zélés.",
)
GARBLED = (
    "\ue001\ue002\ue003业应当\ue004\ue005作品",
    "\ufffd\ufffd\ufffd应当\ufffd\ufffd作品上线",
    "锛屼紒涓氬簲褰撳湪浣滃搧涓婄嚎浠ュ悗锛屾彁浜ょ敵鎶ヨ〃銆",
    "㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉㐊㐋业应当",
    ')/13<=/; =2/ <=>.38 ,/08;/ =2/ 03;<= 9>,53- =/<=" *2/ 08;6 +<4< 08; =2/ =3=5/ 80 =2/',
    "ÀÇÎÕÜãêñøÃÊÑØßæíôûÆÍÔÛâéð÷ÂÉÐ×ÞåìóúÅÌÓÚáèïöÁ",
    "Wkh sodwirup sdbv wkluwb shufhqw ri qhw uhyhqxh zlwklq iruwb gdbv wr hdfk surgxfhu khuh",
)


@pytest.mark.parametrize("line", SOUND)
def test_a_sound_layer_is_trusted(line: str) -> None:
    assert not is_garbled([line])


@pytest.mark.parametrize("line", GARBLED)
def test_a_garbled_layer_is_seen(line: str) -> None:
    assert is_garbled([line])


def test_a_running_head_is_furniture_and_a_heading_is_not() -> None:
    def sheet(number: int) -> Sheet:
        head = Span(f"年度报告 {number}", Box(60, 20, 160, 32))
        heading = Span(f"第{'一二三'[number - 1]}章", Box(60, 60 + number, 160, 80 + number))
        foot = Span(f"第 {number} 页 共 3 页", Box(280, 810, 320, 822))
        body = Span("正文。", Box(60, 400, 160, 412))
        return Sheet(number, 842, [head, heading, body, foot])

    found = find_furniture([sheet(number) for number in (1, 2, 3)])
    assert [{span.text[:2] for span in spans} for spans in found] == [
        {"年度", "第 "},
        {"年度", "第 "},
        {"年度", "第 "},
    ]


def test_words_that_were_drawn_in_any_order_stand_in_theirs() -> None:
    words = [("second", 60.0), ("first", 20.0), ("far", 300.0)]
    spans = join_glyphs(Span(word, Box(left, 10, left + 36, 20)) for word, left in words)
    assert [span.text for span in spans] == ["first second", "far"]


def test_columns_of_a_table_are_no_columns_of_text() -> None:
    cells = [
        Span(f"{name}{row}", Box(left, 20 * row, left + 50, 20 * row + 12))
        for row in range(8)
        for name, left in (("平台", 60), ("地区", 200), ("分成", 340))
    ]
    [region] = find_regions(cells)
    [table] = [flow.block for flow in read_region(region, find_setting(cells), "p. 1")]
    assert table.kind is BlockKind.TABLE
    assert table.rows[3] == "平台3 | 地区3 | 分成3"


def test_three_columns_of_text_are_read_one_after_the_other() -> None:
    lines = [
        Span(f"{column}{row:02}" + "文" * 14, Box(left, 20 * row, left + 160, 20 * row + 11))
        for row in range(12)
        for column, left in (("甲", 50), ("乙", 230), ("丙", 410))
    ]
    read = [span.text[0] for region in find_regions(lines) for span in region]
    assert "".join(read) == "甲" * 12 + "乙" * 12 + "丙" * 12
