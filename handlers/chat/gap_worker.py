"""Takes approved FAQ entries on: to the shelf, and to those who waited."""

import asyncio
import logging
from typing import Final

from bot.desk.gaps.desk import GapDesk
from handlers.chat.context import Line
from knowledge.errors import HelpdeskError

_LOG = logging.getLogger(__name__)
_LOOK_AGAIN: Final = 1.0
_AFTER_ERROR: Final = 30.0


class GapWorker:
    """Works until it is stopped; what a process leaves half done, the next one goes on with."""

    def __init__(self, gaps: GapDesk | None, line: Line) -> None:
        """Prepare; without a gap desk there is nothing to do."""
        self._gaps = gaps
        self._line = line

    async def run(self) -> None:
        """Take on what is due, for ever."""
        if self._gaps is None:
            await asyncio.Event().wait()
            return
        while True:
            await self._line.sleep(await self._advance(self._gaps))

    async def _advance(self, gaps: GapDesk) -> float:
        """Take a step; the seconds until the next."""
        try:
            if await asyncio.to_thread(gaps.advance):
                self._line.mail.set()
                return 0.0
        except HelpdeskError:
            # What hinders it was logged where it was met.
            return _AFTER_ERROR
        except Exception:  # noqa: BLE001 - logged, and tried again later
            # A shelf that cannot be written to must not keep messages from people.
            _LOG.exception("FAQ entries could not be taken on")
            return _AFTER_ERROR
        return _LOOK_AGAIN
