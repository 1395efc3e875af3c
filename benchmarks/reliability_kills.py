"""A process killed at every step of its life, over thousands of lives.

A step is a transaction that writes, a call of Telegram, or the thinking about a question, before
and after it. A script is played once to count its steps, then once more for each of them with a
process that dies there; the next one goes on with what the database holds. Of a killed process
nothing is tidied up, and what it had sent arrives. Every few points are played on SQLite too,
where the transaction that was open is rolled back by the database.
"""

import logging
import multiprocessing
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from benchmarks.reliability_simulation import KINDS, Tally
from tests.simulation.audit import Verdict, audit
from tests.simulation.mortal import Office
from tests.simulation.runs import Run, play
from tests.simulation.script import Script, write_script
from tests.simulation.storage import Shelf

_ON_SQLITE: Final = 10
_REAL: Final = 25
_SHOWN: Final = 20


@dataclass
class Killing:
    """What the kills of one script have shown."""

    points: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    on_sqlite: int = 0
    real: int = 0
    different: int = 0

    def add(self, run: Run) -> None:
        """Count a run; one whose process ended before its step came counts for nothing."""
        for point in run.findings.deaths:
            self.points[point] += 1
            self.unknown[point] += run.verdict.unknown
            self.tally.add(run)

    def add_real(self, office: Office, verdict: Verdict) -> None:
        """Count a run whose processes were real ones."""
        self.real += office.killed
        for point in office.deaths:
            self.points[point] += 1
            self.unknown[point] += verdict.unknown
        self.tally.add_verdict(office.seed, verdict)


def kill_everywhere(runs: int) -> dict[str, Any]:
    """Kill as often as is wanted, all steps of one script after another."""
    began, total = time.monotonic(), Killing()
    scripts = 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        for seeds in _batches(os.cpu_count() or 1):
            for killing in pool.map(kill_script, seeds):
                scripts += 1
                _merge(total, killing)
            print(
                f"{total.points.total()}/{runs} kills, {time.monotonic() - began:.0f} s", flush=True
            )
            if total.points.total() >= runs:
                break
    return {
        "cores": os.cpu_count() or 0,
        "scripts": scripts,
        "runs": total.points.total(),
        "on_sqlite": total.on_sqlite,
        "real": total.real,
        "different_on_sqlite": total.different,
        "seconds": round(time.monotonic() - began, 1),
        "faults": {kind: total.tally.faults[kind] for kind in (*KINDS, "unfinished")},
        "failed": total.tally.failed[:_SHOWN],
        "points": {
            point: {"runs": number, "unknown": total.unknown[point]}
            for point, number in sorted(total.points.items())
        },
    }


def kill_script(seed: int) -> Killing:
    """Kill at every step of the script of a seed."""
    logging.disable(logging.CRITICAL)
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    script = replace(write_script(chance), deaths=())
    memory, sqlite, killing = Shelf(sqlite=False), Shelf(sqlite=True), Killing()
    steps = play(seed, memory, script=script).findings.steps
    for step in range(1, steps + 1):
        doomed = replace(script, deaths=(step,))
        run = play(seed, memory, script=doomed)
        killing.add(run)
        if step % _ON_SQLITE == seed % _ON_SQLITE:
            again = play(seed, sqlite, script=doomed)
            killing.add(again)
            killing.on_sqlite += 1
            killing.different += run.digest != again.digest
        if step % _REAL == seed % _REAL:
            _kill_process(seed, doomed, sqlite, killing)
    sqlite.close()
    return killing


def _kill_process(seed: int, script: Script, shelf: Shelf, killing: Killing) -> None:
    """Once more, with SIGKILL."""
    with shelf.storage() as units:
        office = Office(seed, script, shelf.path)
        try:
            office.run()
        except RuntimeError as error:
            killing.tally.faults["unfinished"] += 1
            killing.tally.failed.append((seed, [str(error)]))
        else:
            killing.add_real(office, audit(office.cast, units))


def _batches(size: int) -> Iterator[list[int]]:
    seeds = count(1)
    while True:
        yield [next(seeds) for _ in range(size)]


def _merge(total: Killing, other: Killing) -> None:
    total.points.update(other.points)
    total.unknown.update(other.unknown)
    total.tally.merge(other.tally)
    total.on_sqlite += other.on_sqlite
    total.real += other.real
    total.different += other.different
