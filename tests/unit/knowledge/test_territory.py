"""Whether a rule holds somewhere else than where a question asks about."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.jurisdiction import Jurisdiction
from knowledge.subjects import name_subjects
from knowledge.territory import is_elsewhere
from tests.unit.knowledge.asking import answered, ask
from tests.unit.knowledge.stock import about, stock, text_document


@pytest.mark.parametrize(
    ("rule", "question", "language"),
    [
        ("city:深圳", "广州的工作许可要几天？", "zh-Hans"),
        ("city:广州", "深圳有什么服务？", "zh-Hans"),
        ("province:广东", "杭州的备案要多久？", "zh-Hans"),
        ("province:广西", "广东怎么申报？", "zh-Hans"),
        ("district:前海", "福田区有什么补贴？", "zh-Hans"),
        ("district:深圳市南山区", "北京有什么补贴？", "zh-Hans"),
        ("abroad:KR", "Are loot boxes banned in Brazil?", "en"),
        ("country:CN", "Do I need a work permit in Brazil?", "en"),
    ],
)
def test_another_places_rule_is_elsewhere(rule: str, question: str, language: str) -> None:
    assert is_elsewhere(Jurisdiction.parse(rule), name_subjects(question, language))


@pytest.mark.parametrize(
    ("rule", "question", "language"),
    [
        ("city:深圳", "深圳的工作许可要几天？", "zh-Hans"),
        ("city:深圳", "工作许可要几天？", "zh-Hans"),
        ("city:深圳", "广东的工作许可要几天？", "zh-Hans"),
        ("city:深圳", "Does an actor from Hong Kong need a work permit?", "en"),
        ("province:广东", "深圳的备案要多久？", "zh-Hans"),
        ("district:前海", "前海有什么补贴？", "zh-Hans"),
        ("district:前海", "深圳有什么补贴？", "zh-Hans"),
        ("abroad:KR", "Must the odds be disclosed in Korea?", "en"),
        ("abroad:US/GB/EEA", "What does Google charge in France?", "en"),
        ("abroad", "What does Google charge in France?", "en"),
        ("country:CN", "May a Brazilian actor work in Shenzhen?", "en"),
        ("country:CN", "My fee is paid to France, does China tax it?", "en"),
        ("city:灯港", "深圳有什么服务？", "zh-Hans"),
    ],
)
def test_what_may_hold_there_is_not(rule: str, question: str, language: str) -> None:
    assert not is_elsewhere(Jurisdiction.parse(rule), name_subjects(question, language))


def test_a_rule_without_a_place_is_nowhere_else() -> None:
    assert not is_elsewhere(None, name_subjects("深圳有什么服务？", "zh-Hans"))


def test_what_a_text_is_about_counts_for_it() -> None:
    asked = name_subjects("深港合拍在香港拍摄有什么补贴？", "zh-Hans")
    rule = Jurisdiction.parse("district:前海")
    assert is_elsewhere(rule, asked)
    assert not is_elsewhere(rule, asked, lambda: frozenset({"place:hong-kong", "home:shenzhen"}))


RULE = "广州和深圳的演播厅每小时最高资助三百元，由市里支付。"
QUESTION = "广州的演播厅每小时最高资助多少元？"


def test_a_question_is_not_answered_from_the_rule_of_another_city(tmp_path: Path) -> None:
    source = replace(about(), jurisdiction=Jurisdiction.parse("city:深圳"))
    stock(tmp_path, text_document("a.md", RULE, language="zh-Hans", source=source))
    assert ask(tmp_path, QUESTION).__class__.__name__ != "Found"


def test_it_is_answered_from_the_rule_of_that_city(tmp_path: Path) -> None:
    source = replace(about(), jurisdiction=Jurisdiction.parse("city:广州"))
    stock(tmp_path, text_document("a.md", RULE, language="zh-Hans", source=source))
    assert RULE in answered(ask(tmp_path, QUESTION)).text
