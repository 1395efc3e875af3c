"""The sender: takes what is due from the outbox and has it delivered.

Queues run side by side; within one the next row waits for the one before it.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.desk.mail import OutboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.context import Door, Line
from handlers.chat.courier import Courier
from handlers.chat.letters import OUTBOX
from handlers.chat.tasks import Crew, signalled
from knowledge.errors import TokenRefused

_LOG = logging.getLogger(__name__)

_LOOK_AGAIN: Final = 1.0
_AFTER_ERROR: Final = 5.0
_MOST_AT_ONCE: Final = 200


class Sender:
    """Sends until it is stopped."""

    def __init__(self, door: Door, line: Line) -> None:
        """Prepare; nothing is sent yet."""
        self._door = door
        self._line = line
        self._courier = Courier(door, line)
        self._crew = Crew(_MOST_AT_ONCE)
        # Queues that wait for a setting: without a staff group nothing can go to a topic.
        self._resting: set[str] = set()

    async def run(self) -> None:
        """Send what is due, for ever; raises ``TokenRefused``."""
        await self._investigate()
        while True:
            self._crew.check()
            self._line.mail.clear()
            row = await self._door.transact(self._due) if self._crew.has_room else None
            if row is None:
                await signalled(self._line.mail, _LOOK_AGAIN)
            elif not self._must_rest(row):
                self._start(row, self._courier.deliver)

    async def _investigate(self) -> None:
        """Find out what became of what was being sent when the last process ended."""
        for row in await self._door.transact(lambda u: u.outbox.interrupted(within=OUTBOX)):
            if not self._must_rest(row):
                self._start(row, self._courier.investigate)

    async def finish(self, seconds: float) -> None:
        """Let what is under way end; what does not is looked for at the next start."""
        await self._crew.finish(seconds)

    def _due(self, unit: UnitOfWork) -> OutboxRow | None:
        excluding = self._crew.busy | self._resting
        return unit.outbox.due(now=self._door.clock(), excluding=excluding, within=OUTBOX)

    def _must_rest(self, row: OutboxRow) -> bool:
        if self._door.settings.staff_group is not None or row.payload.get("ticket") is None:
            return False
        self._resting.add(row.queue)
        return True

    def _start(self, row: OutboxRow, work: Callable[[OutboxRow], Awaitable[None]]) -> None:
        self._crew.start(row.queue, self._carefully(row, work))

    async def _carefully(
        self, row: OutboxRow, work: Callable[[OutboxRow], Awaitable[None]]
    ) -> None:
        for step in (work, self._courier.release):
            try:
                await step(row)
            except TokenRefused:
                raise
            except Exception:  # noqa: BLE001 - logged; the others go on
                # One row that cannot be handled must not stop all the others. It may be half done,
                # so the next step finds out; if that fails too, the next start does.
                _LOG.exception("message %d could not be handled", row.id)
                await self._line.sleep(_AFTER_ERROR)
            else:
                break
        self._line.mail.set()
