"""Whatever writes the shelf may end at any step: the old version stands there, or the new one."""

import shutil
from pathlib import Path

import pytest

from benchmarks.crash_changes import CHANGES, stock
from benchmarks.ingest_crashes import PLACE, judge, look_into_stores_here, read, try_all
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


def test_a_process_that_is_killed() -> None:
    result = try_all(["change"], every=25)
    assert result["shelves_damaged"] == 0, result
    assert result["kill_points_tried"] in range(2, 6)
