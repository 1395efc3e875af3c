"""Worlds by the hundred thousand: see :mod:`tests.simulation`.

Each seed draws a script (who asks, claims, replies, edits, returns and closes when), the weather of
the line to Telegram, and where processes die. Most worlds keep their rows in memory; some seeds are
run a second time on SQLite and must go the same way, call by call. What was done is kept as it
comes, so that a call that was interrupted goes on where it was.
"""

import gc
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.reliability_keeping import Keeper, work_in_processes
from benchmarks.reliability_tally import Tally
from tests.simulation.breakages import BREAKAGES, break_storage
from tests.simulation.runs import play
from tests.simulation.storage import Shelf

_CHUNK: Final = 200
_SAMPLE: Final = 20
_SAVED: Final = 10
"""After so many chunks what was done is kept."""
_SHOWN: Final = 20
_MOST_SEEDS: Final = 2000

Result = dict[str, Any]


@dataclass
class Progress:
    """What was done so far about one state of the code, in one call or in several."""

    fingerprint: str
    cores: int
    tally: Tally = field(default_factory=Tally)
    done: set[int] = field(default_factory=set)
    """The first seeds of the chunks that were run."""
    samples: dict[int, int] = field(default_factory=dict)
    """How many seeds went the same way on SQLite, by the first seed of the sample."""
    breakages: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    seconds: float = 0.0

    def record(self) -> Result:
        """Return all of it as JSON has it."""
        return {
            "tally": self.tally.record(),
            "done": sorted(self.done),
            "samples": sorted(self.samples.items()),
            "breakages": self.breakages,
            "seconds": self.seconds,
        }

    def restore(self, record: Mapping[str, Any]) -> None:
        """Go on from what :meth:`record` returned."""
        self.tally = Tally.restore(record["tally"])
        self.done = set(record["done"])
        self.samples = dict(record["samples"])
        self.breakages = dict(record["breakages"])
        self.seconds = record["seconds"]

    def result(self) -> Result:
        """Return what the page says of it."""
        total = self.tally
        return {
            "fingerprint": self.fingerprint,
            "cores": self.cores,
            "first_seed": 1,
            "interleavings": total.sums["worlds"],
            "different": len(total.digests),
            "seconds": round(self.seconds, 1),
            "faults": dict(total.faults),
            "failed": sorted(total.failed)[:_SHOWN],
            "sums": dict(total.sums),
            "acts": dict(sorted(total.acts.items())),
            "on_both_storages": {
                "seeds": len(self.samples) * _SAMPLE,
                "agreeing": sum(self.samples.values()),
            },
            "breakages": {
                name: self.breakages[name] for name in BREAKAGES if name in self.breakages
            },
        }


def simulate(
    interleavings: int,
    *,
    both: int,
    cores: int,
    keeper: Keeper,
    publish: Callable[[Result], None] = lambda _: None,
) -> Result:
    """Run the seeds that are missing in memory, ``both`` of them on SQLite too.

    ``publish`` is given what there is whenever it is kept.
    """
    progress = Progress(keeper.fingerprint, cores)
    if record := keeper.load():
        progress.restore(record)
        print(f"{progress.tally.sums['worlds']} worlds were run before", flush=True)
    before, began = progress.seconds, time.monotonic()

    def keep() -> None:
        progress.seconds = before + time.monotonic() - began
        keeper.save(progress.record())
        if progress.done:
            publish(progress.result())

    try:
        with work_in_processes(cores) as pool:
            _spoil(pool, progress)
            _compare(pool, progress, both)
            keep()
            _run(pool, progress, interleavings, keep)
    finally:
        keep()
    return progress.result()


def _spoil(pool: Executor, progress: Progress) -> None:
    missing = [name for name in BREAKAGES if name not in progress.breakages]
    progress.breakages.update(zip(missing, pool.map(find_breakage, missing), strict=True))


def _compare(pool: Executor, progress: Progress, both: int) -> None:
    missing = [at for at in range(1, both + 1, _SAMPLE) if at not in progress.samples]
    seeds = [range(at, at + _SAMPLE) for at in missing]
    for at, agreeing in zip(missing, pool.map(count_agreeing, seeds), strict=True):
        progress.samples[at] = agreeing


def _run(pool: Executor, progress: Progress, wanted: int, keep: Callable[[], None]) -> None:
    missing = [at for at in range(1, wanted + 1, _CHUNK) if at not in progress.done]
    seeds = [range(at, at + _CHUNK) for at in missing]
    found = zip(missing, pool.map(run_chunk, seeds), strict=True)
    for number, (at, tally) in enumerate(found, start=1):
        progress.tally.merge(tally)
        progress.done.add(at)
        if number % _SAVED == 0:
            keep()
            _tell(progress, wanted)


def show(seed: int) -> str:
    """The schedule of one seed, and what is wrong with it."""
    shelf = Shelf(sqlite=False)
    logging.disable(logging.CRITICAL)
    run = play(seed, shelf)
    return "\n".join((*run.trace, *run.screens, *(run.faults or ["Nothing is wrong."])))


def run_chunk(seeds: Sequence[int]) -> Tally:
    """Run some seeds in this process."""
    logging.disable(logging.CRITICAL)
    # What was imported is not looked through again and again; a world leaves little behind.
    gc.freeze()
    gc.set_threshold(50_000)
    shelf, tally = Shelf(sqlite=False), Tally()
    for seed in seeds:
        tally.add(play(seed, shelf))
    return tally


def count_agreeing(seeds: Sequence[int]) -> int:
    """How many of these seeds go the same way in memory and on SQLite."""
    logging.disable(logging.CRITICAL)
    memory, sqlite = Shelf(sqlite=False), Shelf(sqlite=True)
    try:
        return sum(play(seed, memory).digest == play(seed, sqlite).digest for seed in seeds)
    finally:
        sqlite.close()


def find_breakage(name: str) -> Mapping[str, Any]:
    """How many seeds it takes until a broken promise is noticed, and by what."""
    logging.disable(logging.CRITICAL)
    shelf, broken = Shelf(sqlite=False), break_storage(name)
    for seed in range(1, _MOST_SEEDS):
        faults = play(seed, shelf, breakage=broken).faults
        if faults:
            return {"seeds": seed, "by": faults[0].partition(":")[0].replace("_", " ")}
    return {"seeds": None, "by": ""}


def _tell(progress: Progress, wanted: int) -> None:
    total = progress.tally
    print(
        f"{total.sums['worlds']}/{wanted} {progress.seconds:.0f} s {dict(+total.faults)} "
        f"{total.failed[:3]}",
        flush=True,
    )
