from datetime import date

import pytest

from knowledge.dates import PartialDate
from knowledge.passage import Provenance
from knowledge.policy_time import (
    asked_period,
    asked_years,
    held,
    is_history,
    is_to_come,
    named_months,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("2024年微短剧的备案门槛是多少？", 2024),
        ("What was the filing threshold in 2025?", 2025),
        ("Какие правила действовали в 2023 году?", 2023),
        ("¿Qué regla valía en 2024?", 2024),
        ("In 2024, what did rule 〔2023〕35号 say?", 2024),
    ],
)
def test_a_past_year_is_asked_about(question: str, year: int) -> None:
    period = asked_period(question, TODAY)
    assert period.past
    assert (period.first, period.last) == (date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(
    "question",
    [
        "现在的备案门槛是多少？",
        "粤广电〔2024〕35号文件还有效吗？",
        "What does notice [2024] 35 require?",
        "（2023）12号是什么？",
        "投资2024万元的剧算哪一类？",
        "Does it cost 2000 yuan?",
        "What holds in 2026?",
        "Compare 2024 with 2026, please.",
        "What does Law 15.211/2025 say?",
        "2024年第35号文件是什么？",
        "My previous employer was in Beijing.",
        "What must I do before I start?",
        "Call 13820241234",
        "",
    ],
)
def test_everything_else_is_asked_about_today(question: str) -> None:
    period = asked_period(question, TODAY)
    assert (period.first, period.last, period.past) == (TODAY, TODAY, False)


def _source(begins: str = "", ends: str = "") -> Provenance:
    return Provenance(
        title="Rule",
        effective_from=PartialDate.parse(begins) if begins else None,
        effective_to=PartialDate.parse(ends) if ends else None,
    )


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ("", "", True),
        ("2024-06-01", "2025-12-31", False),
        ("2026-12-01", "", False),
        ("2026-11-22", "", True),
        ("", "2026-11-22", True),
        ("", "2026-11-21", False),
        ("2026", "", True),
        ("2026-12", "", False),
        ("", "2026-11", True),
        ("", "2026", True),
        ("", "2026-10", False),
    ],
)
def test_whether_a_rule_holds_today(begins: str, ends: str, expected: bool) -> None:  # noqa: FBT001
    source = _source(begins, ends)
    assert held(source, asked_period("now?", TODAY)) is expected
    assert (is_history(source, TODAY) or is_to_come(source, TODAY)) is not expected


def test_an_expired_rule_held_in_the_years_that_it_touched() -> None:
    source = _source("2024-06-01", "2025-12-31")
    touched = {
        year
        for year in range(2020, 2030)
        if held(source, asked_period(f"the rule of {year}", TODAY))
    }
    assert touched == {2024, 2025}


def test_a_rule_that_begins_next_year_holds_neither_today_nor_before() -> None:
    source = _source("2027-01-01")
    assert not held(source, asked_period("threshold?", TODAY))
    assert not held(source, asked_period("threshold in 2025?", TODAY))


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("去年的门槛", date(2025, 1, 1), date(2025, 12, 31)),
        ("前年的门槛", date(2024, 1, 1), date(2024, 12, 31)),
        ("What held last year?", date(2025, 1, 1), date(2025, 12, 31)),
        ("Что действовало в прошлом году?", date(2025, 1, 1), date(2025, 12, 31)),
        ("el año pasado", date(2025, 1, 1), date(2025, 12, 31)),
        ("no ano passado", date(2025, 1, 1), date(2025, 12, 31)),
        ("昨年の基準", date(2025, 1, 1), date(2025, 12, 31)),
        ("작년 기준", date(2025, 1, 1), date(2025, 12, 31)),
        ("tahun lalu", date(2025, 1, 1), date(2025, 12, 31)),
        ("ปีที่แล้ว", date(2025, 1, 1), date(2025, 12, 31)),
        ("العام الماضي", date(2025, 1, 1), date(2025, 12, 31)),
        ("l'année dernière", date(2025, 1, 1), date(2025, 12, 31)),
        ("năm ngoái", date(2025, 1, 1), date(2025, 12, 31)),
        ("letztes Jahr", date(2025, 1, 1), date(2025, 12, 31)),
        ("geçen yıl", date(2025, 1, 1), date(2025, 12, 31)),
        ("截至2025年3月的标准", date(2025, 3, 1), date(2025, 3, 31)),
        ("What held as of March 2025?", date(2025, 3, 1), date(2025, 3, 31)),
        ("в марте 2025 года", date(2025, 3, 1), date(2025, 3, 31)),
        ("en febrero de 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025年3月時点", date(2025, 3, 1), date(2025, 3, 31)),
        ("tháng 3 năm 2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("พ.ศ. 2568", date(2025, 1, 1), date(2025, 12, 31)),
        ("令和7年", date(2025, 1, 1), date(2025, 12, 31)),
        ("٢٠٢٥", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024年和2025年的标准", date(2024, 1, 1), date(2025, 12, 31)),
        ("What held before 2026?", date.min, date(2025, 12, 31)),
        ("2026年以前的门槛", date.min, date(2025, 12, 31)),
        ("旧标准是什么", date.min, date(2026, 11, 21)),
        ("What were the old thresholds?", date.min, date(2026, 11, 21)),
    ],
)
def test_the_past_is_said_in_many_ways(question: str, first: date, last: date) -> None:
    period = asked_period(question, TODAY)
    assert (period.first, period.last, period.past) == (first, last, True)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("明年的门槛是多少", date(2027, 1, 1), date(2027, 12, 31)),
        ("What changes next year?", date(2027, 1, 1), date(2027, 12, 31)),
        ("ano que vem", date(2027, 1, 1), date(2027, 12, 31)),
        ("What will hold in 2028?", date(2028, 1, 1), date(2028, 12, 31)),
        ("2027年3月起的标准", date(2027, 3, 1), date.max),
        ("from 2027", date(2027, 1, 1), date.max),
    ],
)
def test_so_is_the_future(question: str, first: date, last: date) -> None:
    period = asked_period(question, TODAY)
    assert (period.first, period.last, period.future) == (first, last, True)
    assert not period.past


def test_since_a_year_goes_on_today() -> None:
    assert not asked_period("since 2024", TODAY).past


def test_a_former_rule_is_one_that_has_ended() -> None:
    period = asked_period("the old rules", TODAY)
    assert held(_source("2024-06-01", "2025-12-31"), period)
    assert not held(_source("2024-06-01"), period)


def test_years_of_any_calendar_are_named() -> None:
    assert asked_years("2568年 no, พ.ศ. 2568 and 令和6年") == {2025, 2024}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("In January 2026 there were 30 titles.", {1}),
        ("2026年1月和3月：2026年3月", {1, 3}),
        ("en enero de 2026", {1}),
        ("In January 2025 there were 30 titles.", set()),
        ("In 2026 there were 30 titles.", set()),
    ],
)
def test_the_months_of_a_year_that_a_text_names(text: str, months: set[int]) -> None:
    assert named_months(text, 2026) == months


def test_a_month_that_is_over_is_asked_about() -> None:
    assert asked_period("How many in January 2026?", TODAY).past_month == 1
    assert asked_period("How many in 2025?", TODAY).past_month is None
    assert asked_period("How many in November 2026?", TODAY).past_month is None
