"""Handles what lies in the inbox: one update after another in each queue, queues side by side."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeVar

from telegram.error import TelegramError

from bot.desk.mail import InboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.context import Door, Line
from handlers.chat.errors import Fate, judge
from handlers.chat.letters import DOOR
from handlers.chat.overtaking import Overtaking
from handlers.chat.tasks import Crew, signalled
from knowledge.errors import HelpdeskError

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

MOST_AT_ONCE: Final = 4
"""How many updates are handled at once; each may keep a thread busy thinking."""

_LOOK_AGAIN: Final = 1.0
_ATTEMPTS: Final = 3
_PATIENT_ATTEMPTS: Final = 60
"""Where only Telegram cannot be asked just now: with the pauses, about ten minutes."""
_PAUSES: Final = (1.0, 4.0, 10.0)
_PASSING: Final = frozenset({Fate.NOT_SENT, Fate.UNKNOWN, Fate.FLOOD})


@dataclass(slots=True)
class Handling:
    """One attempt to handle an update. ``finish`` goes into the transaction that settles it."""

    row: InboxRow
    finished: bool = False
    failures: list[Exception] = field(default_factory=list)

    def finish(self, unit: UnitOfWork) -> None:
        """Mark the update as handled."""
        unit.inbox.done(self.row.id)
        self.finished = True


CURRENT: Final[ContextVar[Handling]] = ContextVar("CURRENT")
"""The attempt that the running task makes; the library's dispatcher has no place to carry it."""

Rescue = Callable[[InboxRow, Callable[[UnitOfWork], None]], Awaitable[bool]]
"""Brings a person for an update that cannot be handled; whether it did. Parks it with that."""


class Backlogs(Protocol):
    """What is done with a queue in which too much waits."""

    def backlog(self, unit: UnitOfWork, row: InboxRow) -> Sequence[InboxRow]:
        """Return all that waits there, or () when it is not too much."""

    async def take(self, rows: Sequence[InboxRow]) -> bool:
        """Deal with the rows at once, as far as that can be done; False when it cannot."""


class Workers:
    """Handles updates until it is stopped."""

    def __init__(
        self,
        door: Door,
        line: Line,
        *,
        handle: Callable[[InboxRow], Awaitable[None]],
        rescue: Rescue,
        backlogs: Backlogs | None = None,
    ) -> None:
        """Prepare; ``handle`` dispatches the update of a row."""
        self._door = door
        self._line = line
        self._handle = handle
        self._rescue = rescue
        self._backlogs = backlogs
        self._overtaking = Overtaking(door, line)
        self._crew = Crew(MOST_AT_ONCE, freed=line.news.set)
        # Queues that have had their turn while others still wait for theirs.
        self._served: set[str] = set()

    async def run(self) -> None:
        """Handle what is there, for ever."""
        while True:
            self._crew.check()
            self._line.news.clear()
            if self._crew.room:
                for row, backlog in await self._door.transact(self._choose):
                    self._crew.start(row.queue, self._work_on(row, backlog))
            await signalled(self._line.news, _LOOK_AGAIN)

    async def finish(self, seconds: float) -> None:
        """Let what is under way end; the rest is handled after the next start."""
        await self._crew.finish(seconds)

    def _choose(self, unit: UnitOfWork) -> list[tuple[InboxRow, Sequence[InboxRow]]]:
        """Choose a row for everybody who has nothing to do."""
        chosen: list[tuple[InboxRow, Sequence[InboxRow]]] = []
        busy = self._crew.busy
        while len(chosen) < self._crew.room and (row := self._next(unit, busy)) is not None:
            chosen.append((row, self._backlogs.backlog(unit, row) if self._backlogs else ()))
            busy |= {row.queue}
        return chosen

    def _next(self, unit: UnitOfWork, busy: frozenset[str]) -> InboxRow | None:
        """Choose the row to handle: queues take turns, so that a long one slows down no other."""
        within = f"{DOOR}:"
        row = unit.inbox.next(excluding=busy | self._served, within=within)
        if row is None and self._served:
            self._served.clear()
            row = unit.inbox.next(excluding=busy, within=within)
        if row is not None:
            self._served.add(row.queue)
        return row

    async def _work_on(self, row: InboxRow, backlog: Sequence[InboxRow]) -> None:
        try:
            if not await self._took(backlog):
                await self._attempt(row)
        except Exception as error:  # noqa: BLE001 - logged, retried and parked
            # Whatever went wrong with one update must not hold up those of other people.
            _LOG.exception("update %d could not be handled", row.number)
            await self._failed(row, error)
        finally:
            self._line.mail.set()

    async def _took(self, backlog: Sequence[InboxRow]) -> bool:
        return bool(backlog) and self._backlogs is not None and await self._backlogs.take(backlog)

    async def _attempt(self, row: InboxRow) -> None:
        await self._overtaking.wait_for_earlier(row, read_raw(row))
        handling = Handling(row)
        CURRENT.set(handling)
        await self._handle(row)
        if handling.failures:
            raise handling.failures[0]
        if not handling.finished:
            await self._door.transact(handling.finish)

    async def _failed(self, row: InboxRow, error: Exception) -> None:
        """Try again in a while; the last time, put the update aside and bring a person."""
        last = row.attempts + 1 >= (_PATIENT_ATTEMPTS if _is_passing(error) else _ATTEMPTS)
        problem = f"{type(error).__name__}: {error}"

        def record(unit: UnitOfWork) -> None:
            unit.inbox.failed(row.id, problem, park=last)

        try:
            if not (last and await self._rescued(row, record)):
                await self._door.transact(record)
        except HelpdeskError:
            # The database itself is the trouble: the update is still there when it is back.
            _LOG.exception("the failure of update %d could not be recorded", row.number)
        if not last:
            await self._line.sleep(_PAUSES[min(row.attempts, len(_PAUSES) - 1)])

    async def _rescued(self, row: InboxRow, record: Callable[[UnitOfWork], None]) -> bool:
        _LOG.error("update %d is put aside after %d attempts", row.number, row.attempts + 1)
        try:
            return await self._rescue(row, record)
        except Exception:  # noqa: BLE001 - logged, and the update is parked
            # It failed often enough; one more failure is no surprise, and it is parked.
            _LOG.exception("no person could be brought for update %d", row.number)
            return False


def _is_passing(error: Exception) -> bool:
    """Whether the fault is Telegram's and will pass, such as not being told who is staff."""
    return isinstance(error, TelegramError) and judge(error).fate in _PASSING


def read_raw(row: InboxRow) -> dict[str, object]:
    """Return the update of a row as JSON; {} when it is none."""
    with suppress(ValueError):
        update = json.loads(row.raw)
        return update if isinstance(update, dict) else {}
    return {}


async def threaded(work: Callable[..., _T], *args: object, **kwargs: object) -> _T:
    """Do something of the desk's in a worker thread, and return what it returns."""
    return await asyncio.to_thread(work, *args, **kwargs)


async def in_thread(work: Callable[..., object], *args: object, **kwargs: object) -> None:
    """Do something of the desk's in a worker thread, for its effect."""
    await asyncio.to_thread(work, *args, **kwargs)
