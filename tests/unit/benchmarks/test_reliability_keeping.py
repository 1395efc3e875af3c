"""A long measurement goes on where it was, and only about the same code."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Self

import pytest

from benchmarks import reliability_kills, reliability_simulation
from benchmarks.reliability_keeping import Keeper, hash_sources
from benchmarks.reliability_kills import Killing, kill_everywhere
from benchmarks.reliability_simulation import simulate
from benchmarks.reliability_tally import Tally
from tests.simulation.runs import play
from tests.simulation.storage import Shelf

SOURCE = '"""About."""\n\ndef add(a, b):\n    """Add."""\n    return a + b  # both\n'


def keep(tmp_path: Path, fingerprint: str = "one") -> Keeper:
    return Keeper("worlds", fingerprint, tmp_path)


def test_only_a_record_about_the_same_code_is_gone_on_with(tmp_path: Path) -> None:
    assert keep(tmp_path).load() == {}
    keep(tmp_path).save({"seconds": 3})
    assert keep(tmp_path).load() == {"seconds": 3}
    assert keep(tmp_path, "another").load() == {}
    assert [path.name for path in tmp_path.iterdir()] == ["worlds.json"]
    (tmp_path / "worlds.json").write_text('{"fingerprint": "one", "rec', encoding="utf-8")
    assert keep(tmp_path).load() == {}


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        (SOURCE.replace("# both", "# of them").replace("About", "On adding"), True),
        (SOURCE.replace("\n    return", "\n\n    return"), True),
        (SOURCE.replace("a + b", "a - b"), False),
    ],
)
def test_a_fingerprint_is_of_what_the_code_does(
    tmp_path: Path, changed: str, *, is_same: bool
) -> None:
    paths = {"adding": tmp_path / "adding.py"}
    paths["adding"].write_text(SOURCE, encoding="utf-8")
    before = hash_sources(paths)
    paths["adding"].write_text(changed, encoding="utf-8")
    assert (hash_sources(paths) == before) is is_same


def test_a_tally_is_kept_with_all_that_it_counts() -> None:
    tally = Tally()
    for seed in (2, 3):
        tally.add(play(seed, Shelf(sqlite=False)))
    again = Tally.restore(json.loads(json.dumps(tally.record())))
    assert again == tally
    again.merge(tally)
    assert (again.sums["worlds"], len(again.digests)) == (4, 2), "the same worlds are not different"


def test_worlds_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []
    monkeypatch.setattr(reliability_simulation, "work_in_processes", InThisProcess)
    monkeypatch.setattr(reliability_simulation, "run_chunk", run_one(ran))
    monkeypatch.setattr(reliability_simulation, "find_breakage", lambda _: {"seeds": 1, "by": ""})
    published: list[dict[str, Any]] = []

    def run(interleavings: int, fingerprint: str = "one") -> dict[str, Any]:
        keeper = keep(tmp_path, fingerprint)
        return simulate(interleavings, both=0, cores=1, keeper=keeper, publish=published.append)

    assert run(400)["interleavings"] == 2
    assert run(800)["interleavings"] == 4
    assert ran == [1, 201, 401, 601]
    assert published[-1]["different"] == 4
    assert run(200)["interleavings"] == 4, "what was done is not forgotten"
    assert run(200, "another")["interleavings"] == 1


def test_an_interrupted_call_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[int] = []
    monkeypatch.setattr(reliability_simulation, "work_in_processes", InThisProcess)
    monkeypatch.setattr(reliability_simulation, "run_chunk", run_one(ran, interrupt_at=401))
    monkeypatch.setattr(reliability_simulation, "find_breakage", lambda _: {"seeds": 1, "by": ""})
    published: list[dict[str, Any]] = []
    with pytest.raises(KeyboardInterrupt):
        simulate(800, both=0, cores=1, keeper=keep(tmp_path), publish=published.append)
    assert published[-1]["interleavings"] == 2
    assert keep(tmp_path).load()["done"] == [1, 201]


def test_kills_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability_kills, "work_in_processes", InThisProcess)
    monkeypatch.setattr(reliability_kills, "kill_script", kill_twice)
    assert kill_everywhere(3, cores=1, keeper=keep(tmp_path))["runs"] == 4
    result = kill_everywhere(5, cores=1, keeper=keep(tmp_path))
    assert (result["runs"], result["scripts"]) == (6, 3)
    assert result["points"] == {"before consult": {"runs": 6, "unknown": 0}}


def test_a_run_that_went_the_same_way_counts_once() -> None:
    run = next(r for r in (play(s, Shelf(sqlite=False)) for s in range(1, 9)) if r.findings.deaths)
    killing = Killing()
    killing.add(run)
    killing.add(run)
    assert killing.runs == 1
    assert killing.points.total() == len(run.findings.deaths)


class InThisProcess:
    """Stands for processes that work: everything is done at once, and here."""

    def __init__(self, cores: int) -> None:
        self.cores = cores

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def map(self, work: Callable[[Any], Any], given: Iterable[Any]) -> Iterator[Any]:
        """Do it when it is asked for."""
        return map(work, given)

    def submit(self, work: Callable[[int], Any], given: int) -> Future[Any]:
        """Do it."""
        future: Future[Any] = Future()
        future.set_result(work(given))
        return future


def run_one(ran: list[int], *, interrupt_at: int = 0) -> Callable[[Sequence[int]], Tally]:
    """Count the first world of a chunk, with a digest of its own."""

    def run_chunk(seeds: Sequence[int]) -> Tally:
        if seeds[0] == interrupt_at:
            raise KeyboardInterrupt
        ran.append(seeds[0])
        return Tally(sums=Counter(worlds=1), digests={seeds[0].to_bytes(8)})

    return run_chunk


def kill_twice(seed: int) -> Killing:
    """Count two runs, each with a digest of its own."""
    digests = {(10 * seed + number).to_bytes(8) for number in range(2)}
    return Killing([seed], Counter({"before consult": 2}), tally=Tally(digests=digests))
