"""Whatever people do, whatever breaks: nothing is lost, doubled, out of order or said out of turn.

``python -m benchmarks.reliability simulate`` does the same with 100,000 seeds; a seed that fails
there can be added to ``FOUND``.
"""

import logging
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.simulation.audit import audit
from tests.simulation.breakages import BREAKAGES, break_storage
from tests.simulation.mortal import Office
from tests.simulation.runs import play
from tests.simulation.script import write_script
from tests.simulation.storage import Shelf

SEEDS = range(1, 201)
FEW_SEEDS = range(1, 81)
FOUND = (1442, 5009, 5504, 18954, 25850, 51341, 54847, 63820, 67468, 500193)
"""Seeds that once failed among many thousands."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Worlds are full of trouble on purpose; the log of it would be long."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_nothing_is_lost_doubled_or_said_out_of_turn(memory: Shelf) -> None:
    seen: Counter[str] = Counter()
    for seed in (*SEEDS, *FOUND):
        run = play(seed, memory)
        assert run.faults == [], f"seed {seed}\n" + "\n".join(run.trace)
        seen.update(claims=run.claims, deaths=len(run.findings.deaths), calls=run.findings.calls)
    assert seen["claims"] > 50, "staff must have taken threads, or nothing was tested"
    assert seen["deaths"] > 50
    assert seen["calls"] > 3000


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_promise_is_noticed(memory: Shelf, name: str) -> None:
    broken = break_storage(name)
    assert any(play(seed, memory, breakage=broken).faults for seed in FEW_SEEDS)


@pytest.mark.parametrize("seed", [4, 13])
def test_both_storages_go_the_same_way(memory: Shelf, sqlite: Shelf, seed: int) -> None:
    in_memory, on_disk = play(seed, memory), play(seed, sqlite)
    assert in_memory.trace == on_disk.trace
    assert in_memory.digest == on_disk.digest


@pytest.mark.parametrize("step", [12, 33])
def test_a_real_process_may_be_killed(sqlite: Shelf, step: int) -> None:
    script = replace(write_script(random.Random(1)), deaths=(step,))
    with sqlite.storage() as units:
        office = Office(1, script, sqlite.path)
        office.run()
        assert office.killed == 1
        assert audit(office.cast, units).faults == []


def test_a_seed_repeats_itself(memory: Shelf) -> None:
    first, again, other = (play(seed, memory) for seed in (7, 7, 8))
    assert first.digest == again.digest != other.digest
