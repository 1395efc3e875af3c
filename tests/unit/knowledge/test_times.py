"""Which rule answers for which time, and that it says so."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.dates import PartialDate
from knowledge.passage import Document, Provenance
from tests.unit.knowledge.asking import answered, ask, refused
from tests.unit.knowledge.stock import about, stock, text_document

OLD = about(begins="2024-06-01", ends="2025-12-31")
NEW = about(begins="2026-01-01")
COMING = about(begins="2027-01-01")
THRESHOLD = "The filing threshold is {} yuan."


def _threshold(name: str, amount: str, source: Provenance) -> Document:
    return text_document(name, THRESHOLD.format(amount), source=source)


@pytest.mark.parametrize(
    ("question", "amount", "year"),
    [
        ("What is the filing threshold?", "two million", None),
        ("What is the filing threshold in 2026?", "two million", None),
        ("What was the filing threshold in 2024?", "one million", 2024),
        ("What was the filing threshold in 2025?", "one million", 2025),
    ],
)
def test_a_rule_answers_for_the_time_in_which_it_held(
    tmp_path: Path, question: str, amount: str, year: int | None
) -> None:
    new = replace(NEW, title="Thresholds of 2026")
    stock(
        tmp_path,
        _threshold("old.md", "one million", OLD),
        _threshold("new.md", "two million", new),
        _threshold("coming.md", "three million", COMING),
    )
    found = answered(ask(tmp_path, question))
    assert found.text == f"{THRESHOLD.format(amount)} [1]"
    assert found.year == year


@pytest.mark.parametrize("source", [OLD, COMING])
def test_what_does_not_hold_today_is_no_answer_for_today(
    tmp_path: Path, source: Provenance
) -> None:
    stock(tmp_path, _threshold("rule.md", "one million", source))
    assert refused(ask(tmp_path, THRESHOLD.format("one million"))).reason == "not-covered"


@pytest.mark.parametrize(
    ("question", "amount", "year", "begins"),
    [
        ("What will the filing threshold be next year?", "three million", None, "2027-01-01"),
        ("What will the filing threshold be in 2027?", "three million", None, "2027-01-01"),
        ("What was the filing threshold last year?", "one million", 2025, None),
        ("What was the filing threshold as of March 2025?", "one million", 2025, None),
        ("What was the filing threshold before 2026?", "one million", 2025, None),
        ("What was the old filing threshold?", "one million", 2025, None),
        ("What is the filing threshold?", "two million", None, None),
    ],
)
def test_what_held_and_what_will_hold_is_said_to_be_so(
    tmp_path: Path, question: str, amount: str, year: int | None, begins: str | None
) -> None:
    stock(
        tmp_path,
        _threshold("old.md", "one million", OLD),
        _threshold("new.md", "two million", replace(NEW, title="Thresholds of 2026")),
        _threshold("coming.md", "three million", COMING),
    )
    found = answered(ask(tmp_path, question))
    assert found.text == f"{THRESHOLD.format(amount)} [1]"
    assert (found.year, found.begins) == (year, PartialDate.parse(begins) if begins else None)
