"""Many customers at once, and far more than the staff group can take, with Telegram's limits on.

Everything is real but the clock: the local server counts calls by its model of the limits and
answers 429 to what is too much, and waits are seconds of that clock. So they are what the limits
and our own pace make of them, whatever else the machine does; the thinking takes 20 ms and a
transaction 4 ms of it, on average. What the machine needs is told beside it.
"""

import logging
import math
import re
import time
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

from tests.simulation.audit import audit
from tests.simulation.people import Cast
from tests.simulation.runs import count_faults
from tests.simulation.script import Act, Script
from tests.simulation.storage import Shelf
from tests.simulation.telegram import SimulatedTelegram
from tests.simulation.world import World

_PER_SECOND: Final = 30
_GROUP_PER_MINUTE: Final = 20
_TIMES: Final = 10
_EACH: Final = 2
_ANSWER: Final = re.compile(r"About “permit q(\d+)\?”")
_LONGEST: Final = 6 * 3600.0
_GROUP_WRITES: Final = ("sendMessage", "copyMessage", "createForumTopic", "editMessage")


def measure_load(*, customers: int, minutes: int = 5) -> dict[str, Any]:
    """Measure both; ``minutes`` is how long the staff group is flooded."""
    logging.disable(logging.CRITICAL)
    crowd, flood = _measure_crowd(customers), _measure_flood(minutes)
    failed = [
        f"{name}: {one['faults']}"
        for name, one in (("crowd", crowd), ("flood", flood))
        if one["faults"]
    ]
    return {"crowd": crowd, "flood": flood, "failed": failed}


def _measure_crowd(customers: int) -> dict[str, Any]:
    """Everybody writes twice within a second; the bot answers."""
    names = [f"customer{number}" for number in range(customers)]
    acts = [
        Act((number % customers) / customers, name, "ask", number + 1)
        for number, name in enumerate(names * _EACH)
    ]
    world, result = _play(acts, names)
    waits = sorted(_waits(world))
    messages = customers * _EACH
    return {
        **result,
        "customers": customers,
        "messages": messages,
        "answered": len(waits),
        "median_wait": round(median(waits), 1) if waits else None,
        "p95_wait": round(_share(waits, 0.95), 1) if waits else None,
        "p95_bound": round(0.95 * messages / _PER_SECOND, 1),
        "longest_wait": round(waits[-1], 1) if waits else None,
    }


def _measure_flood(minutes: int) -> dict[str, Any]:
    """For some minutes ten times as much has to be shown to staff as their group can take."""
    writes = _TIMES * _GROUP_PER_MINUTE * minutes
    # A case takes four writes: its topic, its card, and the copies of two messages.
    names = [f"customer{number}" for number in range(writes // 4)]
    span = 60.0 * minutes
    acts = [
        Act(
            span * number / len(names) + 20 * again,
            name,
            "need_person",
            1 + number + again * len(names),
        )
        for again in range(_EACH)
        for number, name in enumerate(names)
    ]
    world, result = _play(sorted(acts, key=lambda act: act.at), names)
    return {
        **result,
        "minutes": minutes,
        "customers": len(names),
        "messages": len(acts),
        "group_writes": world.group_writes,
        "shown_after": round(result["seconds"] / 60, 1),
        "bound": round(world.group_writes / _GROUP_PER_MINUTE, 1),
    }


class _LimitedWorld(World):
    """Counts what goes to the staff group, and what is too much."""

    longest = _LONGEST
    group_writes = 0

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - those of a world
        super().__init__(*arguments, **named)
        self.answered: dict[int, float] = {}

    def _watch(self, method: str, parameters: Mapping[str, object]) -> None:
        super()._watch(method, parameters)
        in_group = parameters.get("chat_id") == self.telegram.group
        self.group_writes += in_group and method.startswith(_GROUP_WRITES)
        found = _ANSWER.search(str(parameters.get("text", "")))
        if found and not in_group:
            self.answered[int(found[1])] = self.time


def _play(acts: Sequence[Act], names: Sequence[str]) -> tuple[_LimitedWorld, dict[str, Any]]:
    telegram = SimulatedTelegram(limits=True)
    shelf = Shelf(sqlite=False)
    began = time.process_time()
    with shelf.storage() as units:
        script = Script(tuple(acts), (), polls=True, repeats=0.0)
        world = _LimitedWorld(1, units, script=script, storm=0.0, cast=Cast(telegram, names))
        world.weather.thoughts = (0.02,)
        findings = world.run()
        verdict = audit(world.cast, units)
    return world, {
        "faults": count_faults(findings, verdict),
        "unknown": verdict.unknown,
        "calls": findings.calls,
        "refused": dict(telegram.floods),
        "seconds": round(findings.seconds, 1),
        "processor_seconds": round(time.process_time() - began, 1),
    }


def _waits(world: _LimitedWorld) -> list[float]:
    """Seconds from each message to its answer; Telegram's own dates are too coarse."""
    asked = {act.number: act.at for act in world.script.acts}
    return [at - asked[number] for number, at in world.answered.items()]


def _share(waits: Sequence[float], share: float) -> float:
    return waits[max(0, math.ceil(share * len(waits)) - 1)]
