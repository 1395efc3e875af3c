import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality import NOTES, PAGE, RESULTS, TARGETS, read_figures, read_notes, write_page
from knowledge.evaluation.measures import Evaluation, Measure, Result
from knowledge.evaluation.report import as_json

NDCG = "XQuAD-R nDCG@10"
NOTE = "# Notes\n\n## Attacks\n\nNone got through.\n\n## What is missing\n\nTime.\n"


def make_result(name: str, *, right: bool, misled: bool = False, language: str = "en") -> Result:
    return Result(
        suite="questions",
        id=name,
        language=language,
        kind="near-miss" if misled else "answerable",
        split="test",
        outcome="answered",
        right=right,
        wrongly_answered=misled,
        wrongly_refused=False,
        spoken_to=True,
    )


EVALUATION = Evaluation(
    fingerprint="f",
    measures=(
        Measure(
            suite="same language",
            name=f"{NDCG}, mean of 11 languages",
            ours=0.985,
            plain=0.95,
            count=9,
        ),
        Measure(
            suite="same language",
            name=f"{NDCG}, worst language",
            ours=0.96,
            plain=0.9,
            count=9,
            note="ar / th",
            parts={"ar": (0.96, 0.91), "th": (0.97, 0.9)},
        ),
        Measure(
            suite="near misses (NoMIRACL)",
            name="false answers as the desk is set",
            ours=0.12,
            plain=None,
            count=50,
            lower=True,
            parts={"ru": (0.1, None), "de": (0.2, None)},
        ),
        Measure(
            suite="injection",
            name="texts with an effect",
            ours=0,
            plain=None,
            count=246,
            lower=True,
            counted=True,
        ),
    ),
    results=(
        make_result("a", right=True),
        make_result("b", right=False, misled=True, language="th"),
    ),
    skipped=("audience leaks: no folder has it",),
    timings={"a question, median ms": 81.5},
)
CALIBRATION: dict[str, Any] = {
    "asked": 0.02,
    "kept": 0.02,
    "promised": True,
    "validation": {
        "questions": 217,
        "before": {"right": 0.8, "wrongly_answered": 0.05},
        "after": {"right": 0.7, "wrongly_answered": 0.01},
        "wrong_at_most": 0.029,
    },
}


@pytest.fixture
def page(tmp_path: Path) -> str:
    """The page of one run, a calibration and a cost benchmark."""
    run = tmp_path / "run"
    run.mkdir()
    (run / "evaluation.json").write_text(json.dumps(as_json(EVALUATION)), encoding="utf-8")
    (run / "risk-coverage-questions.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "calibration.json").write_text(json.dumps(CALIBRATION), encoding="utf-8")
    cost = {"peak_mb": 224.1, "index": {"open_s": 1.5}}
    (tmp_path / "service.json").write_text(json.dumps(cost), encoding="utf-8")
    ways = {"embedding": 1.0, "search": 1.25, "answer": 1.5, "plain llama-index": 1.75}
    shelf = {
        "passages": 50_000,
        "open_s": 1.5,
        "kb_a_passage": 3.5,
        "times_the_embedding": ways,
        "times_the_package": ways,
        "share_of_the_embedder": ways,
        "share_of_the_package": ways,
        "share_of_the_package_by_processor_time": ways,
    }
    (tmp_path / "shelf_cost.json").write_text(json.dumps(shelf), encoding="utf-8")
    return write_page(read_figures(tmp_path), read_notes(NOTE))


def row(page: str, first: str) -> list[str]:
    """The cells of the row that begins so."""
    [found] = [line for line in page.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in found.strip("|").split("|")]


def test_a_target_is_reached_or_not_and_the_worst_language_named(page: str) -> None:
    mean = row(page, "same language, XQuAD-R nDCG@10: mean")
    assert mean[1:6] == ["0.950", "0.975", "**0.985**", "≥ 0.980", "yes"]
    worst = row(page, "same language, XQuAD-R nDCG@10: worst language")
    assert worst[3:] == ["**0.960**", "≥ 0.970", "no", "ar 0.960"]
    false = row(page, "NoMIRACL, false answers as the desk is set")
    assert false[3:] == ["**0.120**", "≤ 0.150", "yes", "de 0.200"]


def test_a_target_that_was_not_measured_says_so(page: str) -> None:
    assert row(page, "language of two words")[3] == "not measured"
    assert "Not measured: audience leaks: no folder has it." in page


def test_every_target_is_there(page: str) -> None:
    for target in json.loads(TARGETS.read_text(encoding="utf-8")):
        assert row(page, target["row"])


def test_questions_are_counted_by_kind_and_by_language(page: str) -> None:
    assert page.count("| all | 2 | 1 | 1 | 0 | 2 |") == 2
    assert row(page, "near-miss") == ["near-miss", "1", "0", "1", "0", "1"]
    assert "| th | 1 | 0 | 1 | 0 | 1 |" in page
    assert "(pictures/risk-coverage-questions.svg)" in page


def test_what_was_attacked_calibrated_and_spent_is_shown(page: str) -> None:
    assert row(page, "injection: texts with an effect")[1:] == ["246", "0"]
    assert row(page, "wrongly answered")[1:] == ["5.0 %", "1.0 %"]
    assert "kept at 2.0 %" in page
    assert row(page, "service: index, open s")[1:] == ["1.5"]
    assert row(page, "50,000 passages")[4] == "target"
    question = row(page, "a question, in times of its embedding (medians)")
    assert question[1:] == ["1.25", "1.50", "1.75", "≤ 2"]
    assert row(page, "memory, KB a passage")[2:] == ["3.50", "", "≤ 4"]
    assert row(page, "a question, median ms, in `helpdesk evaluate`")[1:] == ["81.5"]


def test_notes_stand_below_their_heading_and_the_others_at_the_end(page: str) -> None:
    attacks = page.partition("## Attacks\n")[2].partition("\n## ")[0]
    assert attacks.rstrip().endswith("None got through.")
    assert page.endswith("## What is missing\n\nTime.\n")


def test_what_one_run_lacked_and_another_had_is_not_missing(tmp_path: Path) -> None:
    for name, skipped in (("one", ["public data", "walls"]), ("two", ["walls"])):
        (tmp_path / name).mkdir()
        stored = {**as_json(EVALUATION), "skipped": skipped}
        (tmp_path / name / "evaluation.json").write_text(json.dumps(stored), encoding="utf-8")
    page = write_page(read_figures(tmp_path), {})
    assert "Not measured: walls." in page


def test_the_page_in_the_repository_is_what_its_results_give() -> None:
    page = write_page(read_figures(RESULTS), read_notes(NOTES.read_text(encoding="utf-8")))
    assert PAGE.read_text(encoding="utf-8") == page
