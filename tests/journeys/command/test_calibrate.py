"""``helpdesk calibrate``: what it promises, what it writes, and that the desk goes by it."""

import json
from pathlib import Path

import pytest

from tests.journeys.command.running import Helpdesk, assert_refused
from tests.journeys.command.test_evaluate import write_suite

FEES = {"outcome": "answered", "document": "fees.md"}
ASKED = "Filing a micro-drama is free?"


def make_rows(count: int, *, split: bool = True) -> list[dict[str, object]]:
    """Half of them the shelf answers; the other half is about something else."""
    rows: list[dict[str, object]] = []
    for number in range(count):
        own = {"id": f"a{number}", "question": f"{ASKED} {number}", "expect": FEES}
        other = {
            "id": f"b{number}",
            "question": f"Is the moon {number} miles away?",
            "expect": {"outcome": ["handed_off", "clarify"]},
        }
        for row in (own, other):
            part = {"split": "test" if number % 3 == 0 else "calibration"} if split else {}
            rows.append({**row, **part})
    return rows


def test_thresholds_are_written_and_the_desk_goes_by_them(
    stocked: Helpdesk, tmp_path: Path
) -> None:
    suite = write_suite(tmp_path / "own", make_rows(30))
    run = stocked("calibrate", suite, "--wrong-at-most", "5%")
    assert run.code == 0, run.err
    assert "At most 5.0 % of all questions" in run.out
    assert "Validated on 20 questions that were kept apart" in run.out
    path = stocked.data / "calibration.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert [cell["questions"] for cell in stored["cells"]] == [40]
    before = stocked("ask", ASKED, "--json").json
    assert before["outcome"] == "answered"
    # Thresholds that no probability reaches: only the file says so, and the desk listens.
    stored["cells"][0]["shift"] = 40.0
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert stocked("ask", ASKED, "--json").json["outcome"] != "answered"


def test_an_evaluation_says_which_thresholds_it_measured_with(
    stocked: Helpdesk, tmp_path: Path
) -> None:
    suite = write_suite(tmp_path / "own", make_rows(9))
    assert "thresholds: those that come with the program;" in stocked("evaluate", suite).out
    assert stocked("calibrate", suite, "--wrong-at-most", "20%").code == 0
    assert "thresholds: calibrated on " in stocked("evaluate", suite).out
    said = stocked("evaluate", suite, "--json").json["thresholds"]
    assert "with the suite own, for at most" in said


def test_a_dry_run_keeps_nothing(stocked: Helpdesk, tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "own", make_rows(30))
    run = stocked("calibrate", suite, "--wrong-at-most", "5%", "--dry-run", "--json")
    assert run.json["promised"]
    assert run.json["validation"]["questions"] == 20
    assert not (stocked.data / "calibration.json").exists()


def test_what_cannot_be_promised_is_said(stocked: Helpdesk, tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "own", make_rows(6, split=False))
    run = stocked("calibrate", suite, "--wrong-at-most", "2 %")
    assert run.code == 0
    assert "2.0 % cannot be promised with 12 questions; it takes at least 49" in run.out
    assert "which promises 7.7 %" in run.out
    assert "On the same 12 questions, which flatters" in run.out


def test_a_suite_of_answerable_questions_lowers_nothing(stocked: Helpdesk, tmp_path: Path) -> None:
    rows = [row for row in make_rows(30) if row["expect"] == FEES]
    run = stocked(
        "calibrate", write_suite(tmp_path / "own", rows), "--wrong-at-most", "10%", "--json"
    )
    assert not run.json["lowered"]
    assert all(cell["shift"] >= 0 for cell in run.json["cells"])


def test_a_new_model_makes_an_old_calibration_void(
    stocked: Helpdesk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stocked("calibrate", write_suite(tmp_path / "own", make_rows(30)), "--wrong-at-most", "5%")
    path = stocked.data / "calibration.json"
    path.write_text(path.read_text(encoding="utf-8").replace("hash-256-v1", "hash-512"))
    assert stocked("ask", ASKED, "--json").code == 0
    assert "made for the embedding hash-512" in caplog.text


@pytest.mark.parametrize("rate", ["2", "0.02", "0%", "100%", "-1%", "few", "2%%"])
def test_a_rate_is_a_percentage(stocked: Helpdesk, tmp_path: Path, rate: str) -> None:
    suite = write_suite(tmp_path / "own", make_rows(3))
    run = stocked("calibrate", suite, f"--wrong-at-most={rate}")
    assert_refused(run, 2, "percentage")


def test_a_folder_without_questions_is_named(stocked: Helpdesk, tmp_path: Path) -> None:
    run = stocked("calibrate", tmp_path, "--wrong-at-most", "2%")
    assert_refused(run, 2, "questions.jsonl")


def test_questions_for_the_test_alone_are_not_enough(stocked: Helpdesk, tmp_path: Path) -> None:
    rows = [row for row in make_rows(9) if row["split"] == "test"]
    run = stocked("calibrate", write_suite(tmp_path / "own", rows), "--wrong-at-most", "2%")
    assert_refused(run, 2, "for calibration")


def test_calibrating_needs_a_shelf(helpdesk: Helpdesk, tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "own", make_rows(3))
    assert_refused(helpdesk("calibrate", suite, "--wrong-at-most", "2%"), 1, "helpdesk ingest")
