import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.calibration.current import CurrentJudge
from knowledge.calibration.risk_control import Control, Plan
from knowledge.calibration.store import (
    NAME,
    Origin,
    calibrated_judge,
    describe,
    hash_decision,
    save,
)
from knowledge.decision import load_judge
from knowledge.embedding import HashEmbedder

PLAN = Plan(
    asked=0.02,
    rate=0.02,
    cells={
        ("", ""): Control(0.5, 0.02, 120, 1),
        ("zh", ""): Control(-0.25, 0.02, 99, 1),
        ("zh", "visas"): Control(1.5, 0.02, 99, 0),
    },
    may_lower=True,
)


def origin(**changes: str) -> Origin:
    made = Origin(
        made="2026-03-01", name="own", suite="00", fingerprint="f-1", decision=hash_decision()
    )
    return replace(made, **changes)


def test_what_is_saved_is_what_the_judge_reads(tmp_path: Path) -> None:
    assert save(tmp_path, PLAN, origin()) == tmp_path / NAME
    shifts = calibrated_judge(tmp_path, "f-1").shifts
    assert shifts.of("ru", "visas") == 0.5
    assert shifts.of("zh-Hant", "tax") == -0.25
    assert shifts.of("zh-Hans", "visas") == 1.5
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_the_file_says_what_it_rests_on(tmp_path: Path) -> None:
    stored = json.loads(save(tmp_path, PLAN, origin()).read_text())
    assert stored["made"] == "2026-03-01"
    assert stored["suite"] == {"name": "own", "sha256": "00"}
    assert stored["cells"][0] == {
        "language": "*",
        "topic": "*",
        "shift": 0.5,
        "questions": 120,
        "wrong": 1,
    }


def test_without_a_file_the_shipped_thresholds_hold(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert calibrated_judge(tmp_path, "f-1") == load_judge()
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"fingerprint": "f-2"}, "the embedding f-2"), ({"decision": "other"}, "decision.json")],
)
def test_thresholds_for_something_else_are_overlooked_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, changes: dict[str, str], said: str
) -> None:
    save(tmp_path, PLAN, origin(**changes))
    with caplog.at_level(logging.WARNING):
        judge = calibrated_judge(tmp_path, "f-1")
    assert judge == load_judge()
    assert said in caplog.text
    assert "helpdesk calibrate" in caplog.text


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2}', '{"version": 1, "fingerprint": "f-1"}']
)
def test_a_damaged_file_is_overlooked_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    (tmp_path / NAME).write_text(text)
    assert calibrated_judge(tmp_path, "f-1") == load_judge()
    assert NAME in caplog.text


@pytest.mark.parametrize("shift", ["NaN", "Infinity", '"high"', "null"])
def test_a_shift_that_is_no_number_is_overlooked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, shift: str
) -> None:
    path = save(tmp_path, PLAN, origin())
    path.write_text(path.read_text().replace("1.5", shift))
    assert calibrated_judge(tmp_path, "f-1") == load_judge()
    assert NAME in caplog.text


def test_a_new_calibration_holds_for_the_next_question(tmp_path: Path) -> None:
    current = CurrentJudge(tmp_path, models="f-1", embedding=HashEmbedder.fingerprint)
    assert current() == load_judge()
    save(tmp_path, PLAN, origin())
    assert current().shifts.of("ru", "visas") == 0.5
    assert current() is current(), "it is read once"
    save(tmp_path, replace(PLAN, cells={("", ""): Control(0.75, 0.02, 120, 1)}), origin())
    assert current().shifts.of("ru", "visas") == 0.75
    (tmp_path / NAME).unlink()
    assert current() == load_judge()


def test_an_evaluation_can_say_which_thresholds_hold(tmp_path: Path) -> None:
    known = HashEmbedder.fingerprint
    assert "come with the program" in describe(tmp_path, models="f-1", embedding=known)
    assert "stricter" in describe(tmp_path, models="f-1", embedding="unknown")
    save(tmp_path, PLAN, origin())
    said = describe(tmp_path, models="f-1", embedding=known)
    assert said == "calibrated on 2026-03-01 with the suite own, for at most 2.0 % wrong answers"
    assert "come with the program" in describe(tmp_path, models="f-2", embedding=known)
