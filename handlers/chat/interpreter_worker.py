"""Has messages translated, one after another, beside everything else."""

import asyncio
import logging
from typing import Final

from bot.desk.interpreter_desk import InterpreterDesk
from handlers.chat.context import Line

_LOG = logging.getLogger(__name__)
_LOOK_AGAIN: Final = 1.0
_AFTER_ERROR: Final = 10.0


class InterpreterWorker:
    """Works until it is stopped; what a process leaves half done, the next one does again."""

    def __init__(self, interpreter: InterpreterDesk | None, line: Line) -> None:
        """Prepare; without an interpreter there is nothing to do."""
        self._interpreter = interpreter
        self._line = line

    async def run(self) -> None:
        """Translate what is there, for ever."""
        if self._interpreter is None:
            await asyncio.Event().wait()
            return
        while True:
            await self._line.sleep(await self._advance(self._interpreter))

    async def _advance(self, interpreter: InterpreterDesk) -> float:
        """Take a step; the seconds until the next."""
        try:
            if await asyncio.to_thread(interpreter.advance):
                self._line.mail.set()
                return 0.0
        except Exception:  # noqa: BLE001 - logged, and tried again later
            # What cannot be translated must not keep other messages from people.
            _LOG.exception("messages could not be translated")
            return _AFTER_ERROR
        return _LOOK_AGAIN
