"""Worlds by the hundred thousand: see :mod:`tests.simulation`.

Each seed draws a script (who asks, claims, replies, edits, returns and closes when), the weather of
the line to Telegram, and where processes die. Most worlds keep their rows in memory; some seeds are
run a second time on SQLite and must go the same way, call by call.
"""

import gc
import logging
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

from tests.simulation.audit import Verdict
from tests.simulation.breakages import BREAKAGES, break_storage
from tests.simulation.runs import Run, play
from tests.simulation.storage import Shelf

KINDS: Final = ("out_of_turn", "lost", "doubled", "out_of_order", "leaked", "claimed_twice")
_CHUNK: Final = 200
_SHOWN: Final = 20
_MOST_SEEDS: Final = 2000


@dataclass
class Tally:
    """What many worlds add up to."""

    faults: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    digests: set[str] = field(default_factory=set)
    failed: list[tuple[int, list[str]]] = field(default_factory=list)

    def add(self, run: Run) -> None:
        """Count a world."""
        findings, verdict = run.findings, run.verdict
        self.digests.add(run.digest)
        self.acts.update(run.acts)
        self.faults["out_of_turn"] += len(findings.spoke_out_of_turn)
        self._count(verdict)
        self.faults["unfinished"] += bool(findings.ended)
        self.sums.update(
            worlds=1,
            claims=run.claims,
            deaths=len(findings.deaths),
            calls=findings.calls,
            steps=findings.steps,
            unknown=verdict.unknown,
            seconds=round(findings.seconds),
        )
        if run.faults:
            self.failed.append((run.seed, run.faults))

    def add_verdict(self, seed: int, verdict: Verdict) -> None:
        """Count a world of which only the end is known."""
        self._count(verdict)
        if verdict.faults:
            self.failed.append((seed, verdict.faults))

    def _count(self, verdict: Verdict) -> None:
        self.faults.update({kind: len(getattr(verdict, kind)) for kind in KINDS[1:]})
        self.faults["unfinished"] += verdict.parked

    def merge(self, other: "Tally") -> None:
        """Count what another process has seen."""
        for mine, theirs in ((self.faults, other.faults), (self.sums, other.sums)):
            mine.update(theirs)
        self.acts.update(other.acts)
        self.digests |= other.digests
        self.failed += other.failed


def simulate(interleavings: int, *, both: int, first: int = 1) -> dict[str, Any]:
    """Run so many seeds in memory, ``both`` of them on SQLite too, on all cores."""
    began = time.monotonic()
    total = Tally()
    chunks = [
        range(at, min(at + _CHUNK, first + interleavings)) for at in _starts(first, interleavings)
    ]
    with _pool() as pool:
        for number, tally in enumerate(pool.map(run_chunk, chunks), start=1):
            total.merge(tally)
            _tell(number * _CHUNK, interleavings, total, began)
        seconds = time.monotonic() - began
        samples = [range(at, min(at + 20, first + both)) for at in range(first, first + both, 20)]
        agreeing = sum(pool.map(count_agreeing, samples))
        noticed = dict(zip(BREAKAGES, pool.map(find_breakage, BREAKAGES), strict=True))
    return {
        "cores": os.cpu_count() or 0,
        "first_seed": first,
        "interleavings": total.sums["worlds"],
        "different": len(total.digests),
        "seconds": round(seconds, 1),
        "faults": dict(total.faults),
        "failed": sorted(total.failed)[:_SHOWN],
        "sums": dict(total.sums),
        "acts": dict(sorted(total.acts.items())),
        "on_both_storages": {"seeds": both, "agreeing": agreeing},
        "breakages": noticed,
    }


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


def _pool() -> ProcessPoolExecutor:
    # Spawned: a forked process would have the strands of its parent without their threads.
    return ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn"))


def _starts(first: int, count: int) -> Iterator[int]:
    yield from range(first, first + count, _CHUNK)


def _tell(done: int, wanted: int, total: Tally, began: float) -> None:
    if done % 2000 == 0 or total.failed:
        seconds = time.monotonic() - began
        print(
            f"{done}/{wanted} {seconds:.0f} s {dict(+total.faults)} {total.failed[:3]}", flush=True
        )
