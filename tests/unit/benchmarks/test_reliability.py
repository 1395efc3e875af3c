"""The page about reliability is what the kept figures give."""

import json
from typing import Any

import pytest

from benchmarks.reliability import NAMES, PAGE, RESULTS, render
from benchmarks.reliability_page import write_page
from benchmarks.reliability_tally import Tally
from tests.simulation.runs import play
from tests.simulation.storage import Shelf


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def test_the_page_is_what_the_figures_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()


def test_every_figure_has_its_place() -> None:
    kept = {name: read(name) for name in NAMES if (RESULTS / f"{name}.json").exists()}
    assert {"simulation", "kills", "load", "throughput"} <= kept.keys()
    assert write_page({}).count("Not measured.") == len(NAMES)
    assert write_page(kept).count("Not measured.") == len(NAMES) - len(kept)


def test_a_fault_shows_among_the_targets() -> None:
    simulation = read("simulation")
    simulation["faults"]["doubled"] = 3
    simulation["failed"] = [[17, ["doubled: an answer"]]]
    page = write_page({"simulation": simulation})
    assert "| messages doubled | **3** | ≤ 0 | no |" in page
    assert "Seeds that failed: 17." in page


def test_a_relay_matrix_is_shown() -> None:
    matrix = {
        "silent": 0,
        "columns": ["new, to staff", "edit, to staff"],
        "rows": [{"kind": "photo", "cells": ["relayed", "refused"]}],
    }
    assert "| photo | relayed | refused |" in write_page({"relay-matrix": matrix})


@pytest.mark.parametrize("seed", [2])
def test_a_tally_counts_what_a_world_shows(seed: int) -> None:
    run = play(seed, Shelf(sqlite=False))
    run.verdict.lost.append("made up")
    tally, again = Tally(), Tally()
    for each in (tally, again):
        each.add(run)
    tally.merge(again)
    assert tally.faults["lost"] == 2
    assert tally.sums["worlds"] == 2
    assert len(tally.digests) == 1
    assert [found for found, _ in tally.failed] == [seed, seed]
