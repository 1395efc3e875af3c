"""The sender: takes what is due from the outbox and has it delivered.

Queues run side by side; within one the next row waits for the one before it. Private chats have a
limit each, so what goes there is begun at once. All topics of a staff group share one small limit:
what goes there stays in the outbox until there is room, and then the most urgent goes first.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from bot.desk.mail import OutboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.context import Door, Line
from handlers.chat.courier import Courier
from handlers.chat.folding import fold_burst
from handlers.chat.letters import CUSTOMERS, OUTBOX
from handlers.chat.moving import follow_moves
from handlers.chat.tasks import Crew, signalled
from knowledge.errors import TokenRefused

_LOG = logging.getLogger(__name__)

_LOOK_AGAIN: Final = 1.0
_AFTER_ERROR: Final = 5.0
_LONGEST_PAUSE: Final = 300.0
_MOST_AT_ONCE: Final = 200
_MOST_AT_A_LOOK: Final = 8
"""Rows of each kind that are chosen in one transaction; others want their turn as well."""


class Sender:
    """Sends until it is stopped."""

    def __init__(self, door: Door, line: Line) -> None:
        """Prepare; nothing is sent yet."""
        self._door = door
        self._line = line
        self._courier = Courier(door, line)
        self._customers = Crew(_MOST_AT_ONCE, freed=line.mail.set)
        self._staff = Crew(_MOST_AT_ONCE, freed=line.mail.set)
        # The chat that each queue which leads to staff is being worked on for.
        self._chats: dict[str, int] = {}
        # Queues that wait for a setting: without a staff group nothing can go to a topic.
        self._resting: set[str] = set()

    async def run(self) -> None:
        """Send what is due, for ever; raises ``TokenRefused``."""
        await self._investigate()
        while True:
            self._customers.check()
            self._staff.check()
            self._line.mail.clear()
            if not await self._start_due():
                await signalled(self._line.mail, _LOOK_AGAIN)

    async def finish(self, seconds: float) -> None:
        """Let what is under way end; what does not is looked for at the next start."""
        await asyncio.gather(self._customers.finish(seconds), self._staff.finish(seconds))

    async def _investigate(self) -> None:
        """Find out what became of what was being sent when the last process ended."""
        for row in await self._door.transact(lambda u: u.outbox.interrupted(within=OUTBOX)):
            if not self._must_rest(row):
                crew = self._customers if row.queue.startswith(CUSTOMERS) else self._staff
                crew.start(row.queue, self._carefully(row, partial(self._courier.investigate, row)))

    async def _start_due(self) -> bool:
        """Begin to deliver what is due to customers and to staff; whether there may be more."""
        to_customers, to_staff = await self._door.transact(self._due)
        for row in to_customers:
            deliver = partial(self._courier.deliver, row)
            self._customers.start(row.queue, self._carefully(row, deliver))
        for row, chat in to_staff:
            self._chats[row.queue] = chat
            deliver = partial(self._courier.deliver, row, chat)
            self._staff.start(row.queue, self._carefully(row, deliver))
        return _MOST_AT_A_LOOK in {len(to_customers), len(to_staff)}

    def _due(self, unit: UnitOfWork) -> tuple[list[OutboxRow], list[tuple[OutboxRow, int]]]:
        """Look for both in one transaction: each costs a turn among all who write."""
        return self._due_to_customers(unit), self._due_to_staff(unit)

    def _due_to_customers(self, unit: UnitOfWork) -> list[OutboxRow]:
        chosen: list[OutboxRow] = []
        busy, now = self._customers.busy, self._door.clock()
        for _ in range(min(self._customers.room, _MOST_AT_A_LOOK)):
            row = unit.outbox.due(now=now, excluding=busy, within=CUSTOMERS)
            if row is None:
                break
            chosen.append(row)
            busy |= {row.queue}
        return chosen

    def _due_to_staff(self, unit: UnitOfWork) -> list[tuple[OutboxRow, int]]:
        """Choose a row for each group that bears one more message, and the group."""
        follow_moves(unit, self._door.settings)
        aside = self._staff.busy | self._resting
        row = self._next_to_staff(unit, aside)
        if row is None:
            return []
        groups, free = self._door.settings.staff_groups, self._free_groups(unit)
        chosen: list[tuple[OutboxRow, int]] = []
        most = min(self._staff.room, _MOST_AT_A_LOOK)
        while row is not None and (free or not groups) and len(chosen) < most:
            # A new ticket goes to the group that has the most room.
            chat = self._courier.place(unit, row) or max(free, key=lambda g: free[g], default=0)
            if not self._must_rest(row) and (chat in free or chat not in groups):
                chosen.append((fold_burst(unit, row, room=free.pop(chat, 0)), chat))
            aside |= {row.queue}
            row = self._next_to_staff(unit, aside)
        return chosen

    def _next_to_staff(self, unit: UnitOfWork, aside: frozenset[str]) -> OutboxRow | None:
        return unit.outbox.due(
            now=self._door.clock(), excluding=aside, within=OUTBOX, without=CUSTOMERS
        )

    def _free_groups(self, unit: UnitOfWork) -> dict[int, int]:
        """Return how much room each group has that bears a message now and gets none already."""
        at_work = self._staff.busy
        self._chats = {queue: chat for queue, chat in self._chats.items() if queue in at_work}
        busy = set(self._chats.values())
        groups = [group for group in self._door.settings.staff_groups if group not in busy]
        room = {group: self._line.limiter.room(unit.meters, group) for group in groups}
        return {group: found.left for group, found in room.items() if not found.wait()}

    def _must_rest(self, row: OutboxRow) -> bool:
        if self._door.settings.staff_groups or row.payload.get("ticket") is None:
            return False
        self._resting.add(row.queue)
        return True

    async def _carefully(self, row: OutboxRow, work: Callable[[], Awaitable[None]]) -> None:
        step, pause = work, _AFTER_ERROR
        while True:
            try:
                await step()
            except TokenRefused:
                raise
            except Exception:  # noqa: BLE001 - logged; the others go on
                # One row that cannot be handled must not stop all the others. It may be half done,
                # so that is found out, again and again: nothing passes it in its queue until then.
                _LOG.exception("message %d could not be handled", row.id)
                await self._line.sleep(pause)
                step, pause = partial(self._courier.release, row), min(2 * pause, _LONGEST_PAUSE)
            else:
                break
