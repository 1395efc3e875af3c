from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import UsageError
from knowledge.evaluation.cases import is_desk_suite, read_desk_cases
from knowledge.evaluation.desk_suite import evaluate_desk
from knowledge.evaluation.measures import Evaluation
from knowledge.evaluation.report import as_json, as_table
from knowledge.passage import Audience
from tests.fakes.scripted_desk import ScriptedDesk, answered, make_passage, not_answered
from tests.unit.knowledge.evaluation.files import write_rows

VISA = {"outcome": "answered", "document": "faq.csv", "entry": "visa"}
ROWS: list[dict[str, object]] = [
    {"id": "1", "question": "Do I need a visa?", "kind": "plain", "expect": VISA},
    {"id": "2", "question": "What does a visa cost?", "kind": "plain", "expect": VISA},
    {"id": "3", "question": "Where is the embassy?", "kind": "plain", "expect": VISA},
    {"id": "4", "question": "Who wins the cup?", "expect": {"outcome": "handed_off"}},
    {"id": "5", "question": "我需要签证吗？", "audience": "actor", "expect": VISA},
    {
        "id": "6",
        "question": "OK",
        "language": "ru",
        "today": "2026-03-01",
        "expect": {"outcome": ["smalltalk", "clarify"]},
    },
]
VISA_PASSAGE, TAX, SPORT = (
    make_passage(f"faq#{name}", entry=name) for name in ("visa", "tax", "sport")
)
REPLIES = {
    "Do I need a visa?": answered(VISA_PASSAGE),
    "What does a visa cost?": answered(TAX),
    "Where is the embassy?": not_answered(),
    "Who wins the cup?": answered(SPORT),
    "我需要签证吗？": replace(answered(VISA_PASSAGE), spoken="zh-Hans"),
    "OK": not_answered("clarify", language="ru"),
}


@pytest.fixture
def desk() -> ScriptedDesk:
    return ScriptedDesk(REPLIES, VISA_PASSAGE, TAX, SPORT)


@pytest.fixture
def evaluation(tmp_path: Path, desk: ScriptedDesk) -> Evaluation:
    folder = tmp_path / "own"
    folder.mkdir()
    write_rows(folder / "questions.jsonl", ROWS)
    return evaluate_desk(folder, desk)


def shares(evaluation: Evaluation, suite: str = "own") -> dict[str, float]:
    return {one.name: one.ours for one in evaluation.measures if one.suite == suite}


def test_cases_go_to_the_desk_as_they_stand(evaluation: Evaluation, desk: ScriptedDesk) -> None:
    assert evaluation.measures
    assert desk.asked[0].question == "Do I need a visa?"
    assert desk.asked[0].audience is Audience.PUBLIC
    assert desk.asked[4].audience is Audience.ACTOR
    assert (desk.asked[5].language, desk.asked[5].today) == ("ru", date(2026, 3, 1))


def test_errors_are_counted_by_kind_of_error(evaluation: Evaluation) -> None:
    assert shares(evaluation) == {
        "right": pytest.approx(3 / 6),
        "wrongly answered": pytest.approx(2 / 6),
        "wrongly refused": pytest.approx(1 / 6),
        "spoken to in their language": 1,
        "answers in their language": pytest.approx(3 / 4),
        "replies with a false citation": 0,
    }
    assert shares(evaluation, "own, plain")["right"] == pytest.approx(1 / 3)


def test_each_language_is_reported_and_the_worst_is_named(evaluation: Evaluation) -> None:
    right = next(one for one in evaluation.measures if one.name == "right")
    assert {name: ours for name, (ours, _) in right.parts.items()} == {
        "en": 0.25,
        "zh-Hans": 1,
        "ru": 1,
    }
    assert right.note == "worst en 0.250"
    table = as_table(evaluation)
    assert "own, by language" in table
    assert "  en           4" in table


def test_what_failed_is_shown(evaluation: Evaluation) -> None:
    assert [(one.id, one.got) for one in evaluation.failures] == [
        ("2", "answered (faq.csv tax)"),
        ("3", "handed_off"),
        ("4", "answered (faq.csv sport)"),
    ]
    assert "expected answered (faq.csv visa), got handed_off" in as_table(evaluation)


def test_every_question_is_kept_for_later_comparison(evaluation: Evaluation) -> None:
    results = as_json(evaluation)["results"]
    assert isinstance(results, list)
    assert [(one["id"], one["right"], one["wrongly_answered"]) for one in results] == [
        ("1", True, False),
        ("2", False, True),
        ("3", False, False),
        ("4", False, True),
        ("5", True, False),
        ("6", True, False),
    ]


def test_a_locator_will_do_for_an_entry(tmp_path: Path) -> None:
    write_rows(tmp_path / "questions.jsonl", ROWS[:1])
    passage = make_passage("visa")
    evaluation = evaluate_desk(tmp_path, ScriptedDesk(lambda _: answered(passage), passage))
    assert shares(evaluation, tmp_path.name)["right"] == 1


@pytest.mark.parametrize(
    ("cited", "right"), [("Fees", 1), ("Fees, ¶2", 1), ("Fees, old ones", 0), ("Other, ¶2", 0)]
)
def test_a_part_of_a_section_will_do_for_the_section(
    tmp_path: Path, cited: str, right: float
) -> None:
    expect = {"outcome": "answered", "entry": "Fees"}
    write_rows(tmp_path / "questions.jsonl", [{"id": "1", "question": "Fees?", "expect": expect}])
    passage = make_passage(cited)
    evaluation = evaluate_desk(tmp_path, ScriptedDesk({"Fees?": answered(passage)}, passage))
    assert shares(evaluation, tmp_path.name)["right"] == right


def test_one_of_several_documents_will_do(tmp_path: Path) -> None:
    expect = {"outcome": "answered", "document": ["a.md", "b.md"]}
    write_rows(tmp_path / "questions.jsonl", [{"id": "1", "question": "Fees?", "expect": expect}])
    right, wrong = (make_passage(name, document=f"{name}.md") for name in ("b", "c"))
    for passage, share in ((right, 1), (wrong, 0)):
        desk = ScriptedDesk({"Fees?": answered(passage)}, passage)
        assert shares(evaluate_desk(tmp_path, desk), tmp_path.name)["right"] == share


def test_history_must_say_which_year_it_tells_of(tmp_path: Path) -> None:
    expect = {"outcome": "answered", "year": 2024}
    write_rows(
        tmp_path / "questions.jsonl", [{"id": "1", "question": "In 2024?", "expect": expect}]
    )
    passage = make_passage("old")
    for year, share in ((2024, 1), (None, 0)):
        desk = ScriptedDesk({"In 2024?": replace(answered(passage), year=year)}, passage)
        evaluation = evaluate_desk(tmp_path, desk)
        assert shares(evaluation, tmp_path.name)["right"] == share
        assert shares(evaluation, tmp_path.name)["wrongly answered"] == 1 - share


@pytest.mark.parametrize(
    ("asked", "spoken", "right"),
    [
        ("ru", "ru", 1),
        ("ru", "zh-Hans", 0),
        ("zh-Hant", "zh-Hant", 1),
        ("zh-Hant", "zh-Hans", 0),
        ("pt-BR", "pt-BR", 1),
    ],
)
def test_the_desk_s_own_words_are_in_the_asker_s_language(
    tmp_path: Path, asked: str, spoken: str, right: float
) -> None:
    row = {"id": "1", "question": "?", "language": asked, "expect": {"outcome": "handed_off"}}
    write_rows(tmp_path / "questions.jsonl", [row])
    desk = ScriptedDesk({"?": not_answered(language=spoken)})
    evaluation = evaluate_desk(tmp_path, desk)
    assert shares(evaluation, tmp_path.name)["spoken to in their language"] == right


def test_progress_names_the_question(tmp_path: Path, desk: ScriptedDesk) -> None:
    write_rows(tmp_path / "questions.jsonl", ROWS[:2])
    assert is_desk_suite(tmp_path)
    steps: list[tuple[int, int, str]] = []
    evaluate_desk(
        tmp_path, desk, progress=lambda done, total, what: steps.append((done, total, what))
    )
    assert steps == [(1, 2, "1"), (2, 2, "2")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no questions"),
        ([{"id": "1"}], "question"),
        ([{"question": "?"}], "id"),
        ([ROWS[0], ROWS[0]], "twice"),
        ([{"id": "1", "question": "?", "audience": "everybody"}], "everybody"),
        ([{"id": "1", "question": "?", "today": "soon"}], "soon"),
        ([{"id": "1", "question": "?", "expect": {"outcome": "anwsered"}}], "anwsered"),
        ([{"id": "1", "question": "?", "expect": "answered"}], "question “1”"),
    ],
)
def test_a_suite_that_makes_no_sense_is_a_usage_error(
    tmp_path: Path, rows: list[object], said: str
) -> None:
    write_rows(tmp_path / "questions.jsonl", rows)
    with pytest.raises(UsageError, match=said):
        read_desk_cases(tmp_path)
