"""Measuring ingest on very small folders."""

import json
from pathlib import Path

from benchmarks.ingest_rate import measure_rate, measure_rescan, read_kept
from knowledge.embedding import HashEmbedder


def test_a_rescan_is_compared_with_the_first_run(tmp_path: Path) -> None:
    found = measure_rescan(tmp_path, HashEmbedder(), 120)
    assert (found["documents"], found["passages"], found["unchanged"]) == (120, 120, 120)
    assert (found["embedded_again"], found["embedded_for_it"]) == (0, 1)
    assert 0 < float(str(found["share"])) < 1


def test_ingest_is_compared_with_the_embedder_on_the_same_passages(tmp_path: Path) -> None:
    found = measure_rate(tmp_path, HashEmbedder(), 4, rounds=1)
    assert found["documents"] == 4
    assert int(str(found["passages"])) >= 40
    for name in ("passages_a_second", "bare_embedder_passages_a_second", "share"):
        assert float(str(found[name])) > 0


def test_a_part_that_is_not_measured_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "rate.json"
    assert read_kept(None) == read_kept(path) == {}
    path.write_text(json.dumps({"rescan": {"share": 0.01}}), "utf-8")
    assert read_kept(path) == {"rescan": {"share": 0.01}}
