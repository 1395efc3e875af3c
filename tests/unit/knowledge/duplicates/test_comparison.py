"""What makes no difference between two texts, and what makes them two rules."""

import pytest

from knowledge.duplicates.comparison import Comparison, compare
from knowledge.duplicates.differences import PASSAGE, Difference
from knowledge.duplicates.signs import read_signs, stream

RULE = (
    "深圳市南山区微短剧出海扶持办法规定，符合条件的企业每部作品最高可获得50万元资助，"
    "申请截止日期为2025年9月30日，由区文化广电旅游体育局负责受理，企业须在注册满一年后申请。"
)
TRADITIONAL = (
    "深圳市南山區微短劇出海扶持辦法規定，符合條件的企業每部作品最高可獲得５０萬元資助，\n"
    "申請截止日期為2025年9月30日，由區文化廣電旅遊體育局負責受理，企業須在註冊滿一年後申請。"
)
ENGLISH = (
    "A company must file the micro-drama with the provincial bureau at least 20 days before "
    "shooting begins. The filing is free of charge and may be withdrawn by the applicant."
)


def beside(one: str, other: str, *, scanned: bool = False) -> Comparison | None:
    limits = PASSAGE if scanned else None
    return compare(read_signs(one, first=True), read_signs(other, first=True), limits)


def difference(one: str, other: str, *, scanned: bool = False) -> Difference:
    found = beside(one, other, scanned=scanned)
    assert found is not None
    return found.difference


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (RULE, TRADITIONAL),
        (RULE, f"2026-06-03 09:12 来源：深圳商报 浏览次数：132\n{RULE}"),
        (RULE, f"来源：深圳商报 {RULE}"),
        (RULE, f"{RULE}\n（责任编辑：林某）"),
        (RULE, f"{RULE}\n第 3 页 共 10 页"),
        (ENGLISH, ENGLISH.upper()),
        (ENGLISH, ENGLISH.replace("shooting", "shoot-\ning")),
        (ENGLISH, f"Source: City Herald | Posted on 2026-06-03\n{ENGLISH}\n- 12 -"),
        ("The fee is 3,000 yuan.", "The fee is 3000 yuan"),
    ],
)
def test_typesetting_and_reprints_make_no_difference(one: str, other: str) -> None:
    assert difference(one, other) is Difference.NONE
    assert difference(other, one) is Difference.NONE


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("50万元", "60万元"),
        ("50万元", "50万美元"),
        ("50万元", "50元"),
        ("2025", "2024"),
        ("一年", "两年"),
    ],
)
def test_a_figure_makes_another_edition(said: str, otherwise: str) -> None:
    for scanned in (False, True):
        found = difference(RULE.replace(said, otherwise), RULE, scanned=scanned)
        assert found is Difference.FIGURE


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [("可获得", "不可获得"), ("一年后", "一年前"), ("须在", "可在")],
)
def test_a_denial_or_a_limit_makes_another_rule(said: str, otherwise: str) -> None:
    assert difference(RULE.replace(said, otherwise), RULE, scanned=True) is Difference.FORCE


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("may be", "may not be"),
        ("must", "should"),
        ("before", "after"),
        ("at least", "at most"),
    ],
)
def test_the_same_in_english(said: str, otherwise: str) -> None:
    assert difference(ENGLISH.replace(said, otherwise), ENGLISH, scanned=True) is Difference.FORCE


@pytest.mark.parametrize("district", ["福田", "坪山", "宝安"])
def test_another_district_is_another_rule(district: str) -> None:
    found = difference(RULE.replace("南山", district), RULE, scanned=True)
    assert found.is_rival


def test_words_exchanged_twice_are_a_form_filled_in_anew() -> None:
    text = "游戏企业应当提交材料，材料齐全的游戏企业在办理后领取证明，证明由窗口当场交给来人。"
    assert difference(text.replace("游戏", "动漫"), text) is Difference.NAME
    assert difference(text.replace("游戏", "动漫", 1), text) is Difference.WORDING


def test_signs_are_misread_in_scans_only() -> None:
    misread = RULE.replace("作品", "作晶").replace("负责", "负贵")
    assert difference(misread, RULE, scanned=True) is Difference.MISREAD
    assert not difference(misread, RULE).is_copy
    garbled = "".join("口" if place % 9 == 4 else sign for place, sign in enumerate(RULE))
    found = beside(garbled, RULE, scanned=True)
    assert found is None or not found.difference.is_copy


def test_a_part_is_found_in_the_whole() -> None:
    found = beside(RULE, f"{'前言部分，没有什么内容。' * 9}{RULE}{'附件若干，另行公布。' * 9}")
    assert found is not None
    assert (found.difference, found.whole) == (Difference.NONE, False)
    assert beside("讲的是外国演员来华拍戏要办签证的事情，需要提前准备。", RULE) is None


def test_what_is_said_beside_the_rule_is_no_part_of_it() -> None:
    longer = (
        f"{RULE}本条另有规定的，企业还应当在申请以前向窗口说明资金的来源和用途，并附上证明材料。"
    )
    found = beside(longer, RULE)
    assert found is None or not found.difference.is_copy


def test_lines_that_carry_content_are_compared() -> None:
    assert stream("来源: 广东\n金额: 300") == "来源广东金额300"
    assert stream("表格可下载打印") == "表格可下载打印"
    assert stream("by 2025 the fee is 300", first=True) == "by2025thefeeis300"


@pytest.mark.parametrize("text", ["", " ", "\n", "。", "İ", "\ud800", "ﬁ½㎡", "1.", "-"])
def test_odd_texts_are_compared_all_the_same(text: str) -> None:
    for other in (text, RULE, ""):
        beside(text, other, scanned=True)
        beside(other, text, scanned=True)
