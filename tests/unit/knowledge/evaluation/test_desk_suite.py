from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import UsageError
from knowledge.evaluation.desk_suite import evaluate_desk, is_desk_suite, read_desk_cases
from knowledge.evaluation.measures import Evaluation
from knowledge.evaluation.report import as_table
from tests.unit.knowledge.evaluation.files import write_rows

VISA = {"outcome": "answered", "document": "faq.csv", "entry": "visa"}
ROWS: list[dict[str, object]] = [
    {"id": "1", "question": "Do I need a visa?", "expect": VISA},
    {"id": "2", "question": "What does a visa cost?", "expect": VISA},
    {"id": "3", "question": "Where is the embassy?", "expect": VISA},
    {"id": "4", "question": "Who wins the cup?", "expect": {"outcome": "handed_off"}},
    {"id": "5", "question": "我需要签证吗？", "audience": "actor", "expect": VISA},
    {
        "id": "6",
        "question": "OK",
        "language": "ru",
        "expect": {"outcome": ["smalltalk", "clarify"]},
    },
]
REPLIES: dict[str, dict[str, object]] = {
    "Do I need a visa?": {"outcome": "answered", "cited": "visa"},
    "What does a visa cost?": {"outcome": "answered", "cited": "tax"},
    "Where is the embassy?": {"outcome": "handed_off"},
    "Who wins the cup?": {"outcome": "answered", "cited": "sport"},
    "我需要签证吗？": {"outcome": "answered", "cited": "visa", "language": "zh-Hans"},
    "OK": {"outcome": "clarify", "language": "ru"},
}


class Desk:
    """Answers from the list above."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    def ask(self, question: str, language: str, audience: str) -> Mapping[str, Any]:
        self.asked.append((question, language, audience))
        reply = REPLIES[question]
        citation = {"document": "faq.csv", "entry": reply.get("cited")}
        return {"language": "en", **reply, "citations": [citation] if "cited" in reply else []}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def evaluation(tmp_path: Path, desk: Desk) -> Evaluation:
    write_rows(tmp_path / "questions.jsonl", ROWS)
    return evaluate_desk(tmp_path, desk.ask)


def shares(evaluation: Evaluation, suite: str) -> dict[str, float]:
    return {one.name: one.ours for one in evaluation.measures if one.suite == suite}


def test_cases_go_to_the_desk_as_they_stand(evaluation: Evaluation, desk: Desk) -> None:
    assert evaluation.measures
    assert desk.asked[0] == ("Do I need a visa?", "", "public")
    assert desk.asked[4:] == [("我需要签证吗？", "", "actor"), ("OK", "ru", "public")]


def test_errors_are_counted_by_kind(evaluation: Evaluation) -> None:
    assert shares(evaluation, "all questions") == {
        "right": pytest.approx(3 / 6),
        "wrongly answered": pytest.approx(2 / 6),
        "wrongly refused": pytest.approx(1 / 6),
        "language right": 1,
    }


def test_each_language_is_reported(evaluation: Evaluation) -> None:
    assert shares(evaluation, "questions in en")["right"] == 0.25
    assert shares(evaluation, "questions in zh")["right"] == 1
    assert shares(evaluation, "questions in ru")["right"] == 1


def test_what_failed_is_shown(evaluation: Evaluation) -> None:
    assert [(one.id, one.got) for one in evaluation.failures] == [
        ("2", "answered (faq.csv)"),
        ("3", "handed_off"),
        ("4", "answered (faq.csv)"),
    ]
    table = as_table(evaluation)
    assert "expected answered (faq.csv visa), got handed_off" in table


def test_a_locator_will_do_for_an_entry(tmp_path: Path) -> None:
    write_rows(tmp_path / "questions.jsonl", ROWS[:1])
    reply = {
        "outcome": "answered",
        "language": "en",
        "citations": [{"document": "faq.csv", "locator": "visa"}],
    }
    evaluation = evaluate_desk(tmp_path, lambda *_: reply)
    assert shares(evaluation, "all questions")["right"] == 1


def test_an_answer_in_another_language_is_counted(tmp_path: Path) -> None:
    write_rows(tmp_path / "questions.jsonl", [ROWS[3]])
    evaluation = evaluate_desk(
        tmp_path, lambda *_: {"outcome": "handed_off", "language": "zh-Hans"}
    )
    assert shares(evaluation, "all questions") == {
        "right": 1,
        "wrongly answered": 0,
        "wrongly refused": 0,
        "language right": 0,
    }


def test_progress_names_the_question(tmp_path: Path, desk: Desk) -> None:
    write_rows(tmp_path / "questions.jsonl", ROWS[:2])
    assert is_desk_suite(tmp_path)
    steps: list[tuple[int, int, str]] = []
    evaluate_desk(
        tmp_path, desk.ask, progress=lambda done, total, what: steps.append((done, total, what))
    )
    assert steps == [(1, 2, "1"), (2, 2, "2")]


@pytest.mark.parametrize("rows", [[], [{"id": "1"}], [{"question": "?"}]])
def test_a_suite_without_questions_is_a_usage_error(tmp_path: Path, rows: list[object]) -> None:
    write_rows(tmp_path / "questions.jsonl", rows)
    with pytest.raises(UsageError):
        read_desk_cases(tmp_path)


def test_a_folder_without_a_suite_is_a_usage_error(tmp_path: Path) -> None:
    assert not is_desk_suite(tmp_path)
    with pytest.raises(UsageError, match=r"questions\.jsonl"):
        read_desk_cases(tmp_path)
