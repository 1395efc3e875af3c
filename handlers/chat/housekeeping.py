"""Removes what is over and done with, a little at a time."""

import logging
from datetime import datetime, timedelta
from typing import Final

from bot.desk.ports import UnitOfWork
from handlers.chat.context import Door, Line
from knowledge.errors import DatabaseError

_LOG = logging.getLogger(__name__)

_BATCH: Final = 200
_BETWEEN: Final = 0.5
"""Seconds between two batches: whoever wants to write meanwhile must not wait for us."""
_REST: Final = 900.0


class Housekeeper:
    """Sweeps inbox, outbox and meters until it is stopped.

    Updates that were handled and messages that were sent go after the time that is set. What was
    put aside, failed, or is of unknown fate stays until somebody has dismissed it. Which message
    stands for which is kept for ever: replies, edits and taking back need it.
    """

    def __init__(self, door: Door, line: Line) -> None:
        """Sweep for one door."""
        self._door = door
        self._line = line

    async def run(self) -> None:
        """Rest, sweep, and rest again: at the start there is other work to do."""
        while True:
            await self._line.sleep(_REST)
            try:
                removed = await self.sweep()
            except DatabaseError:
                _LOG.exception("old messages could not be removed; the next try is soon")
            else:
                _LOG.debug("%d old rows were removed", removed)

    async def sweep(self) -> int:
        """Remove all that is old by now; how many rows."""
        total = 0
        while (count := await self._door.transact(self._sweep_some)) > 0:
            total += count
            await self._line.sleep(_BETWEEN)
        return total

    def _sweep_some(self, unit: UnitOfWork) -> int:
        now = self._door.clock()
        before = now - timedelta(days=self._door.settings.kept_days)
        return sum(
            (
                unit.inbox.sweep(before=before, limit=_BATCH),
                unit.outbox.sweep(now=now, before=before, limit=_BATCH),
                unit.meters.forget(_earlier(self._line.limiter.moment)),
            )
        )


def _earlier(moment: datetime) -> datetime:
    """Return a moment that the clock of another process has surely passed as well."""
    return moment - timedelta(hours=1)
