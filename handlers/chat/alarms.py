"""The clock of the service: has the desk do what is due, and says what the calendar lacks."""

import asyncio
import logging
from typing import Final

from bot.desk.schedule.calendar import missing_years
from handlers.chat.context import Door, Line

_LOG = logging.getLogger(__name__)

PAUSE: Final = 5.0
"""Seconds between two looks; a timer is never later than that."""

_AFTER_ERROR: Final = 30.0


class Alarms:
    """Looks at the clock until it is stopped."""

    def __init__(self, door: Door, line: Line) -> None:
        """Work for one door."""
        self._door = door
        self._line = line
        self._warned = ""

    async def run(self) -> None:
        """Do what is due, for ever."""
        while True:
            await self._line.sleep(await self.look())

    async def look(self) -> float:
        """Do what is due now; how long to wait until the next look, in seconds."""
        self._warn()
        try:
            done = await asyncio.to_thread(self._door.desk.due)
        except Exception:  # noqa: BLE001 - logged, and tried again
            # A reminder that fails must not stop the service; what is due stays due.
            _LOG.exception("what is due could not be done")
            return _AFTER_ERROR
        if done:
            self._line.mail.set()
        return PAUSE

    def _warn(self) -> None:
        """Say once a day which holidays are not known yet."""
        timekeeper = self._door.desk.timekeeper
        today = self._door.clock().date()
        day = today.isoformat()
        if timekeeper is None or self._warned == day:
            return
        self._warned = day
        for year in missing_years(timekeeper.timing.queues.listed[-1].hours.calendar, today):
            _LOG.warning(
                "the public holidays of %d are not known in full: only the statutory days count as "
                "closed, and no weekend as worked; update chinesecalendar, or name the days in "
                "HELPDESK_CLOSED_DAYS and HELPDESK_OPEN_DAYS",
                year,
            )
