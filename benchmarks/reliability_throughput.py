"""How many messages pass from the inbox to the outbox on SQLite, beside what the disk can commit.

Three rates on the same disk, in turns: transactions that add one row and are committed to the disk
(as durable as the desk's own); a plain loop of the four transactions that a message needs at least
(stored, handled with its answer written, begun, sent) without anything around them; and the
service, with its own inbox, desk, outbox and courier, where Telegram answers at once and thinking
takes no time.
"""

import asyncio
import logging
import random
import sqlite3
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any, Final

from bot.storage.database import open_database
from tests.journeys.telegram.consulting import Advisor
from tests.simulation.life import Ledger, Life
from tests.simulation.process import Parts, Process
from tests.simulation.watched_units import WatchedUnits

_ROUNDS: Final = 3
_CUSTOMERS: Final = 50
_GROUP: Final = -1001
_STEPS: Final = 2
"""Each transaction that writes counts one step before its commit and one after it."""


def measure_throughput(*, messages: int) -> dict[str, Any]:
    """Measure in turns; medians of the rounds."""
    logging.disable(logging.CRITICAL)
    rounds = []
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            rounds.append(_measure_once(Path(folder), messages))
    result = {name: round(median(one[name] for one in rounds), 1) for name in rounds[0]}
    return {
        "rounds": _ROUNDS,
        "messages": messages,
        **result,
        "share_of_commits": round(result["commits"] / result["bare"], 3),
        "share_of_plain": round(result["service"] / result["plain"], 3),
    }


def _measure_once(folder: Path, messages: int) -> dict[str, float]:
    bare = _measure_bare(folder / "bare.sqlite", messages)
    plain = _measure_plain(folder / "plain.sqlite", messages)
    return {"bare": bare, "plain": plain, **asyncio.run(_measure_service(folder, messages))}


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE mail (id INTEGER PRIMARY KEY, raw TEXT, state TEXT)")
    return connection


def _measure_bare(path: Path, count: int) -> float:
    """Transactions of one row in a second."""
    with closing(_open(path)) as connection:
        began = time.perf_counter()
        for _ in range(count):
            _transact(connection, "INSERT INTO mail (raw, state) VALUES ('permit?', 'waiting')")
        return count / (time.perf_counter() - began)


def _measure_plain(path: Path, count: int) -> float:
    """Messages in a second, each four transactions of the bare driver."""
    with closing(_open(path)) as connection:
        connection.execute("CREATE TABLE sent (id INTEGER PRIMARY KEY, raw TEXT, state TEXT)")
        began = time.perf_counter()
        for number in range(1, count + 1):
            _transact(connection, "INSERT INTO mail (raw, state) VALUES ('permit?', 'waiting')")
            _transact(
                connection,
                f"UPDATE mail SET state = 'done' WHERE id = {number}",  # noqa: S608 - our own number
                "INSERT INTO sent (raw, state) VALUES ('apply first', 'pending')",
            )
            for state in ("sending", "sent"):
                _transact(connection, f"UPDATE sent SET state = '{state}' WHERE id = {number}")  # noqa: S608 - our own words
        return count / (time.perf_counter() - began)


def _transact(connection: sqlite3.Connection, *statements: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements:
        connection.execute(statement)
    connection.execute("COMMIT")


class InstantApi:
    """Telegram that accepts everything at once."""

    def __init__(self) -> None:
        self.sent = 0

    async def __call__(
        self, method: str, parameters: Mapping[str, object], *, patience: float | None = None
    ) -> object:
        """Count what is sent."""
        del parameters, patience
        self.sent += method == "sendMessage"
        return {"message_id": 1_000_000 + self.sent}


class Hurry:
    """A clock by which every limit has always passed."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        """A day later than the last time."""
        self._now += 86_400.0
        return self._now


async def _measure_service(folder: Path, count: int) -> dict[str, float]:
    """Messages and committed transactions in a second, from the first update to the last answer."""
    database = open_database(folder / "desk.sqlite")
    life, api = Life(), InstantApi()
    units = WatchedUnits(database, life, Ledger(), lambda: 0.0)
    process = Process(
        Parts(
            units=units,
            api=api,
            life=life,
            chance=random.Random(1),  # noqa: S311 - nothing secret
            consultant=Advisor(),
            group=_GROUP,
            limits=Hurry(),
        )
    )
    process.line.caught_up.set()
    running = asyncio.create_task(process.run(polls=False))
    began = time.perf_counter()
    for number in range(1, count + 1):
        await process.receiver.store([_update(number)])
    while api.sent < count and not running.done():  # noqa: ASYNC110 - nothing tells when the last is out
        await asyncio.sleep(0.005)
    seconds = time.perf_counter() - began
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    database.close()
    return {"service": count / seconds, "commits": life.steps / _STEPS / seconds}


def _update(number: int) -> Mapping[str, object]:
    customer = 5000 + number % _CUSTOMERS
    person = {"id": customer, "is_bot": False, "first_name": "Anna", "language_code": "en"}
    chat = {"id": customer, "type": "private", "first_name": "Anna"}
    message = {"message_id": number, "from": person, "chat": chat, "date": 1_772_442_000}
    return {"update_id": number, "message": {**message, "text": f"permit q{number}?"}}
