from datetime import date

import pytest

from knowledge.dates import PartialDate
from knowledge.passage import Provenance
from knowledge.policy_time import asked_period, held, is_history

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
        "What will hold in 2028?",
        "Compare 2024 with 2025, please.",
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
    assert is_history(source, TODAY) is not expected


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
