"""A process killed at every step of its life, over thousands of lives.

A step is a transaction that writes, a call of Telegram, or the thinking about a question, before
and after it. A script is played once to count its steps, then once more for each of them with a
process that dies there; the next one goes on with what the database holds. Of a killed process
nothing is tidied up, and what it had sent arrives. Every few points are played on SQLite too,
where the transaction that was open is rolled back by the database, and every few with a process of
its own; those runs count beside the others and not among them. Two runs that went the same way
count as one. What was done is kept as it comes.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Final

from benchmarks.reliability_keeping import Keeper, work_in_processes
from benchmarks.reliability_tally import KINDS, Tally
from tests.simulation.audit import audit
from tests.simulation.mortal import Office
from tests.simulation.runs import Run, play
from tests.simulation.script import Script, write_script
from tests.simulation.storage import Shelf

_ON_SQLITE: Final = 10
_REAL: Final = 25
_SHOWN: Final = 20

Result = dict[str, Any]


@dataclass
class Killing:
    """What the kills of one script, or of many, have shown."""

    scripts: list[int] = field(default_factory=list)
    points: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    """Runs on SQLite, those of them that went another way, and runs with a process of their own."""
    tally: Tally = field(default_factory=Tally)
    """Its digests are those of the runs in memory in which a process was killed."""

    @property
    def runs(self) -> int:
        """How many different runs there were in which a process was killed."""
        return len(self.tally.digests)

    def add(self, run: Run) -> None:
        """Count a run; one whose process ended before its step came counts for nothing."""
        if not run.findings.deaths or bytes.fromhex(run.digest) in self.tally.digests:
            return
        self.tally.add(run)
        self.points.update(run.findings.deaths)
        self.unknown.update(dict.fromkeys(run.findings.deaths, run.verdict.unknown))

    def merge(self, other: "Killing") -> None:
        """Count what another script has shown."""
        self.scripts += other.scripts
        self.points.update(other.points)
        self.unknown.update(other.unknown)
        self.others.update(other.others)
        self.tally.merge(other.tally)

    def record(self) -> Result:
        """Return all of it as JSON has it."""
        counters = {"points": self.points, "unknown": self.unknown, "others": self.others}
        kept = {name: dict(counter) for name, counter in counters.items()}
        return {"scripts": sorted(self.scripts), **kept, "tally": self.tally.record()}

    def restore(self, record: Mapping[str, Any]) -> None:
        """Go on from what :meth:`record` returned."""
        self.scripts = list(record["scripts"])
        self.points = Counter(record["points"])
        self.unknown = Counter(record["unknown"])
        self.others = Counter(record["others"])
        self.tally = Tally.restore(record["tally"])


def kill_everywhere(
    runs: int,
    *,
    cores: int,
    keeper: Keeper,
    publish: Callable[[Result], None] = lambda _: None,
) -> Result:
    """Kill until there are so many different runs, at all steps of one script after another.

    ``publish`` is given what there is whenever it is kept.
    """
    total, before, began = Killing(), 0.0, time.monotonic()
    if record := keeper.load():
        total.restore(record)
        before = record["seconds"]
        print(f"{total.runs} runs were made before", flush=True)

    def describe() -> Result:
        seconds = before + time.monotonic() - began
        return {"fingerprint": keeper.fingerprint, "cores": cores, **_describe(total, seconds)}

    def keep() -> None:
        result = describe()
        keeper.save({**total.record(), "seconds": result["seconds"]})
        publish(result)
        print(f"{total.runs}/{runs} kills, {result['seconds']:.0f} s", flush=True)

    if total.runs < runs:
        with work_in_processes(cores) as pool:
            for killing in _kill_scripts(pool, total, lambda: total.runs < runs, cores):
                total.merge(killing)
                keep()
    return describe()


def _kill_scripts(
    pool: Executor, total: Killing, is_wanted: Callable[[], bool], cores: int
) -> Iterator[Killing]:
    """One script for each core at a time, for as long as more is wanted."""
    seeds = (seed for seed in count(1) if seed not in total.scripts)
    under_way: set[Future[Killing]] = {pool.submit(kill_script, next(seeds)) for _ in range(cores)}
    while under_way:
        done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            yield future.result()
            if is_wanted():
                under_way.add(pool.submit(kill_script, next(seeds)))


def _describe(total: Killing, seconds: float) -> Result:
    return {
        "scripts": len(total.scripts),
        "runs": total.runs,
        "on_sqlite": total.others["on_sqlite"],
        "real": total.others["real"],
        "different_on_sqlite": total.others["different"],
        "seconds": round(seconds, 1),
        "faults": {kind: total.tally.faults[kind] for kind in (*KINDS, "unfinished")},
        "failed": sorted(total.tally.failed)[:_SHOWN],
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
    memory, sqlite, killing = Shelf(sqlite=False), Shelf(sqlite=True), Killing([seed])
    steps = play(seed, memory, script=script).findings.steps
    for step in range(1, steps + 1):
        doomed = replace(script, deaths=(step,))
        run = play(seed, memory, script=doomed)
        killing.add(run)
        if step % _ON_SQLITE == seed % _ON_SQLITE:
            again = play(seed, sqlite, script=doomed)
            killing.tally.add_faults(again)
            killing.others.update(on_sqlite=1, different=run.digest != again.digest)
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
            killing.others["real"] += office.killed
            killing.tally.add_verdict(seed, audit(office.cast, units))
