"""Everybody writes at once to the real desk: ``helpdesk run``, the real shelf, a real clock.

The service is a process of its own, with long polling, the starter knowledge and SQLite on disk;
the local Bot API server, with its model of the limits on, runs in this one. What the machine needs
for the thinking is measured with the desk alone, on the same questions, in the same run.
"""

import math
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.reliability_keeping import work_in_processes
from benchmarks.rush_audit import Scene, Sent, TimedCall, judge
from benchmarks.rush_crowd import Alone, Pair, draw_pairs, hear, list_candidates, time_alone
from benchmarks.service_cost import serving
from bot.storage.database import open_database
from handlers.chat.workers import MOST_AT_ONCE
from tests.telegram_server.clock import Clock
from tests.telegram_server.running import RunningServer
from tests.telegram_server.server import RecordedCall

SPAN: Final = 2.0
"""Seconds within which everybody has written."""

_EACH: Final = 2
_PER_SECOND: Final = 30
_OUR_PACE: Final = 25
"""Calls that our own limiter lets out in a second: with some room, as they do not arrive evenly."""
_CUSTOMERS_A_CASE: Final = 25
_START_SECONDS: Final = 120.0
_LONGEST: Final = 1800.0
_LOOK_AGAIN: Final = 0.5
_GROUP_WRITES: Final = ("sendMessage", "copyMessage", "createForumTopic", "editMessage")


@dataclass(frozen=True, slots=True)
class Played:
    """What happened: the scene, and the processor seconds of the desk and of the local server."""

    scene: Scene
    began: float
    group: int
    faults: list[str]
    desk_seconds: float
    server_seconds: float


class TimedCalls(list[RecordedCall]):
    """The requests that the server got, each with its moment."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.moments: list[float] = []

    def append(self, call: RecordedCall) -> None:
        """Keep a request."""
        self.moments.append(self._clock.now())
        super().append(call)

    def timed(self, since: float) -> list[TimedCall]:
        """Return those that came since a moment."""
        both = zip(list(self), self.moments, strict=False)
        return [TimedCall(call, at) for call, at in both if at >= since]


def measure_rush(*, customers: int) -> dict[str, Any]:
    """Stock a shelf, let the customers write, and ask the desk the same alone."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        stock(data)
        pairs = _draw(data, customers)
        played = play(data, pairs)
        found = describe(played)
        played.scene.units.close()
        with work_in_processes(1) as pool:
            asked = [one.asked for pair in zip(*pairs, strict=True) for one in pair]
            alone = pool.submit(time_alone, data, asked, threads=MOST_AT_ONCE).result()
    return {**found, **_bounds(found["messages"], alone), "cores": os.cpu_count() or 1}


def stock(data: Path) -> None:
    """Put the starter knowledge on a shelf."""
    command = [str(Path(sys.executable).with_name("helpdesk")), "--data", str(data), "ingest"]
    subprocess.run([*command, "--starter"], check=True, capture_output=True)  # noqa: S603 - our own command


def _draw(data: Path, customers: int) -> list[Pair]:
    cases = max(1, customers // _CUSTOMERS_A_CASE)
    with work_in_processes(1) as pool:
        known = pool.submit(hear, data, list_candidates(_EACH * customers)).result()
    return draw_pairs(known, customers, cases=cases)


def play(data: Path, pairs: Sequence[Pair]) -> Played:
    """Let them write to the service, and wait until nothing is left to do."""
    running = RunningServer()
    calls = TimedCalls(running.server.clock)
    running.server.calls = calls
    with running:
        group = running.people.add_group("Staff")
        with serving(data, running, group) as process:
            _await_service(running)
            running.server.limits.is_on = True
            began, own, desk = running.server.clock.now(), time.process_time(), _busy(process.pid)
            sent = list(_write(running, pairs))
            faults = _await_rest(data, sent, process)
            desk = _busy(process.pid) - desk
            own = time.process_time() - own
        scene = Scene(sent, running.people, calls.timed(began), open_database(data / "desk.db"))
        return Played(scene, began, group, [*faults, *running.server.violations], desk, own)


def describe(played: Played) -> dict[str, Any]:
    """The figures of what happened."""
    scene = played.scene
    verdict = judge(scene)
    faults = [*played.faults, *verdict.faults]
    waits = sorted(verdict.waits)
    refused = Counter(each.call.method for each in scene.calls if _is_flood(each.call))
    writes = [each.at for each in scene.calls if _is_group_write(each, played.group)]
    return {
        "customers": len({one.customer for one in scene.sent}),
        "messages": len(scene.sent),
        "languages": len({one.known.asked.language for one in scene.sent}),
        "answered": len(waits),
        "word_for_word": verdict.word_for_word,
        "cases": verdict.cases,
        "before_staff": verdict.before_staff,
        "refused": dict(refused),
        "calls": len(scene.calls),
        "median_wait": _share(waits, 0.5),
        "p95_wait": _share(waits, 0.95),
        "longest_wait": _share(waits, 1.0),
        "group_writes": len(writes),
        "staff_done_after": round(max(writes, default=played.began) - played.began, 1),
        "desk_processor_seconds": round(played.desk_seconds, 1),
        "server_processor_seconds": round(played.server_seconds, 1),
        "faults": faults,
        "failed": faults,
    }


def _bounds(messages: int, alone: Alone) -> dict[str, Any]:
    """What the limits make of it whatever the machine does, and the machine whatever the limits."""
    shares = {"median": 0.5, "p95": 0.95, "longest": 1.0}
    limits = {f"limits_{name}": share * messages / _PER_SECOND for name, share in shares.items()}
    pace = {f"pace_{name}": share * messages / _OUR_PACE for name, share in shares.items()}
    by_desk = {
        f"alone_{name}": share * messages / alone.per_second for name, share in shares.items()
    }
    found = {
        **limits,
        **pace,
        "alone_per_second": alone.per_second,
        "alone_processor_seconds": alone.processor_seconds,
        **by_desk,
    }
    return {name: round(figure, 1) for name, figure in found.items()}


def _await_service(running: RunningServer) -> None:
    """Wait until the service has answered its first question: it is warm then."""
    visitor = running.people.add_user("Visitor")
    running.people.send_text(visitor, "Hello!")
    running.people.wait_until(
        lambda: any(view.is_bot for view in running.people.read_chat(visitor)),
        seconds=_START_SECONDS,
    )


def _write(running: RunningServer, pairs: Sequence[Pair]) -> Iterator[Sent]:
    """Everybody writes once, then once more, all within the span."""
    people, clock = running.people, running.server.clock
    customers = [
        people.add_user(f"Customer {number}", language_code=pair[0].asked.language.lower())
        for number, pair in enumerate(pairs, start=1)
    ]
    turns = [
        (who, pair[turn])
        for turn in range(_EACH)
        for who, pair in zip(customers, pairs, strict=True)
    ]
    began = clock.now()
    for number, (customer, known) in enumerate(turns):
        time.sleep(max(0.0, began + SPAN * number / len(turns) - clock.now()))
        at = clock.now()
        yield Sent(customer, people.send_text(customer, known.asked.text), known, at)


def _await_rest(data: Path, sent: Sequence[Sent], process: subprocess.Popen[bytes]) -> list[str]:
    """Wait until everything is stored, handled and sent; what is wrong when that never comes."""
    deadline = time.monotonic() + _LONGEST
    with closing(_read_only(data)) as connection:
        while process.poll() is None and time.monotonic() < deadline:
            stored, waiting, unsent = _count(connection)
            # One more is that of the visitor who came before.
            if stored > len(sent) and not waiting and not unsent:
                return []
            time.sleep(_LOOK_AGAIN)
        stored, waiting, unsent = _count(connection)
    ended = "the service ended" if process.poll() is not None else f"after {_LONGEST:.0f} s"
    return [f"{ended}: {stored} stored, {waiting} not handled, {unsent} not sent"]


def _read_only(data: Path) -> sqlite3.Connection:
    """A look from outside, which takes no turn from those who write."""
    return sqlite3.connect(f"{(data / 'desk.db').as_uri()}?mode=ro", uri=True)


def _count(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """How many updates of customers there are, how many of all wait, and what is not out yet.

    What happens in the staff group comes as updates, too.
    """
    counted = connection.execute(
        "SELECT (SELECT count(*) FROM inbox WHERE queue NOT LIKE 'telegram:-%'),"
        " (SELECT count(*) FROM inbox WHERE state = 'waiting'),"
        " (SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending'))"
    )
    stored, waiting, unsent = counted.fetchone()
    return stored, waiting, unsent


def _busy(process: int) -> float:
    """Processor seconds of a process so far, as the operating system counts them; 0 if it ended."""
    path = Path(f"/proc/{process}/stat")
    if not path.exists():
        return 0.0
    after_name = path.read_text(encoding="utf-8").rpartition(")")[2]
    user, system = after_name.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _is_flood(call: RecordedCall) -> bool:
    return bool(call.error) and str(call.error).startswith("Too Many Requests")


def _is_group_write(timed: TimedCall, group: int) -> bool:
    call = timed.call
    return timed.chat == group and not call.error and call.method.startswith(_GROUP_WRITES)


def _share(waits: Sequence[float], share: float) -> float | None:
    return round(waits[max(0, math.ceil(share * len(waits)) - 1)], 1) if waits else None
