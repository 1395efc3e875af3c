from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import UsageError
from knowledge.evaluation.baseline import compare, read_baseline, write_baseline
from knowledge.evaluation.measures import Evaluation, Measure, Result


def make_run(right: Sequence[bool], misled: Sequence[bool] = (), leaks: float = 0) -> Evaluation:
    """A run of a suite of some questions; those of ``misled`` are answered wrongly."""
    results = [
        Result(
            suite="own",
            id=str(number),
            language="en",
            kind="",
            split="",
            outcome="answered",
            right=ok,
            wrongly_answered=bool(misled) and misled[number],
            wrongly_refused=False,
            spoken_to=True,
        )
        for number, ok in enumerate(right)
    ]
    leak = Measure(
        suite="walls", name="leaks", ours=leaks, plain=None, count=9, lower=True, counted=True
    )
    return Evaluation(fingerprint="f", measures=(leak,), results=tuple(results), day="2026-03-01")


ALL_RIGHT = make_run([True] * 20)


def test_the_same_run_is_no_worse(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "baseline.json"
    write_baseline(path, ALL_RIGHT)
    comparison = compare(read_baseline(path), ALL_RIGHT)
    assert not comparison.worse
    assert "no worse" in comparison.as_text()
    assert read_baseline(path).day == date(2026, 3, 1)


@pytest.mark.parametrize(("lost", "worse"), [(0, False), (3, False), (5, False), (6, True)])
def test_a_few_questions_are_noise_and_many_are_not(
    tmp_path: Path, lost: int, *, worse: bool
) -> None:
    write_baseline(tmp_path / "b.json", ALL_RIGHT)
    later = make_run([False] * lost + [True] * (20 - lost))
    comparison = compare(read_baseline(tmp_path / "b.json"), later)
    assert comparison.worse is worse
    assert ("WORSE" in comparison.as_text()) is worse


def test_gains_make_up_for_losses(tmp_path: Path) -> None:
    write_baseline(tmp_path / "b.json", make_run([True] * 8 + [False] * 8))
    later = make_run([False] * 8 + [True] * 8)
    assert not compare(read_baseline(tmp_path / "b.json"), later).worse


def test_wrong_answers_instead_of_refusals_are_a_regression(tmp_path: Path) -> None:
    write_baseline(tmp_path / "b.json", make_run([False] * 20))
    later = make_run([False] * 20, misled=[True] * 6 + [False] * 14)
    comparison = compare(read_baseline(tmp_path / "b.json"), later)
    assert [change.name for change in comparison.changes if change.worse] == ["not misled"]
    assert comparison.changes[1].lost == ("0", "1", "2", "3", "4", "5")


def test_one_leak_is_a_regression_whatever_the_rest(tmp_path: Path) -> None:
    write_baseline(tmp_path / "b.json", ALL_RIGHT)
    comparison = compare(read_baseline(tmp_path / "b.json"), make_run([True] * 20, leaks=1))
    assert comparison.worse
    assert "walls: leaks: 1" in comparison.as_text()
    assert comparison.as_json()["events"] == ["walls: leaks: 1"]


def test_questions_that_only_one_run_asked_say_nothing(tmp_path: Path) -> None:
    write_baseline(tmp_path / "b.json", make_run([True] * 5))
    comparison = compare(read_baseline(tmp_path / "b.json"), make_run([True] * 5 + [False] * 15))
    assert not comparison.worse
    assert comparison.changes[0].asked == 5


def test_a_baseline_of_other_questions_is_refused(tmp_path: Path) -> None:
    write_baseline(tmp_path / "b.json", make_run([]))
    with pytest.raises(UsageError, match="own"):
        compare(read_baseline(tmp_path / "b.json"), ALL_RIGHT)


@pytest.mark.parametrize("text", ["", "{}", '{"version": 0, "results": []}', '{"version": 1}'])
def test_what_is_no_baseline_is_a_usage_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(UsageError, match=r"b\.json"):
        read_baseline(tmp_path / "b.json")
