"""Whatever writes the shelf may end at any step: the old version stands there, or the new one."""

import shutil
from pathlib import Path

import pytest

from benchmarks.crash_changes import CHANGES, stock
from benchmarks.crash_process import Cut, look_into_stores_here
from benchmarks.ingest_crashes import PLACE, judge, kill_in, read, try_all
from benchmarks.kill_points import PowerCut, counting, cut
from knowledge.vector_probe import probe

EVERY = {"change": 2, "model": 3, "repair-vectors": 5, "repair-texts": 7}
"""All steps, of real processes, are tried by ``benchmarks/ingest_crashes.py``."""


@pytest.mark.parametrize("name", EVERY)
def test_a_change_that_ends_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("knowledge.vector_inspection.probe", probe)  # put back at the end
    look_into_stores_here()
    change, place, before = CHANGES[name], tmp_path / PLACE, tmp_path / "before"
    stock(place)
    old = read(place, change)
    change.prepare(place)
    shutil.copytree(place, before)
    with counting(place / "index") as steps:
        change.do(place)
    new = read(place, change)
    assert len(steps) > 40, steps
    for step in range(1, len(steps), EVERY[name]):
        shutil.rmtree(place)
        shutil.copytree(before, place)
        with counting(place / "index", stop_at=step, stop=cut), pytest.raises(PowerCut):
            change.do(place)
        assert judge(change, place, (old, new)).wrong == "", f"step {step}: {steps[step - 1]}"


def test_processes_that_are_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.vector_inspection.probe", probe)
    look_into_stores_here()
    result = try_all(["change", "repair-texts"], every=22, moments=1)
    assert result["shelves_damaged"] == 0, result
    tried, kills = int(str(result["kill_points_tried"])), int(str(result["kills"]))
    assert tried in range(6, 9)
    assert kills - tried in range(3), "some of the two moments may come after the end"


def test_every_step_of_a_repair_is_reached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("knowledge.vector_inspection.probe", probe)
    look_into_stores_here()
    change, place, before = CHANGES["repair-texts"], tmp_path / PLACE, tmp_path / "before"
    stock(place)
    change.prepare(place)
    shutil.copytree(place, before)
    with counting(place / "index") as steps:
        change.do(place)
    assert kill_in(place, before, "repair-texts", Cut("the last", len(steps)))
