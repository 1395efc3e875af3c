"""Fetches updates by long polling; an update is acknowledged only when it is stored."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from telegram.error import TelegramError

from handlers.chat.api import as_number
from handlers.chat.context import Line
from handlers.chat.errors import Fate, judge
from handlers.chat.inbox import ALLOWED_UPDATES, Receiver
from knowledge.errors import DatabaseError, TokenRefused

_LOG = logging.getLogger(__name__)

_BATCH: Final = 100
_WAIT: Final = 30
_PATIENCE: Final = 45.0
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 30.0
# Asking for the same updates again at once is punished with slower answers.
_STORE_PAUSE: Final = 3.0


class Poller:
    """Polls until it is cancelled."""

    def __init__(self, line: Line, receiver: Receiver) -> None:
        """Begin with whatever Telegram still holds for us."""
        self._line = line
        self._receiver = receiver
        self._offset = 0
        self._failures = 0

    async def run(self) -> None:
        """Fetch and store, for ever; raises ``TokenRefused``."""
        while True:
            try:
                batch = await self._fetch()
            except TelegramError as error:
                await self._recover(error)
                continue
            self._failures = 0
            await self._take(batch)

    async def _fetch(self) -> list[Mapping[str, object]]:
        # Until the backlog is in, nobody should wait for updates that are not there.
        wait = _WAIT if self._line.caught_up.is_set() else 0
        question = {
            "offset": self._offset,
            "limit": _BATCH,
            "timeout": wait,
            "allowed_updates": ALLOWED_UPDATES,
        }
        found = await self._line.api("getUpdates", question, patience=_PATIENCE)
        return list(found) if isinstance(found, list) else []

    async def _take(self, batch: Sequence[Mapping[str, object]]) -> None:
        try:
            await self._receiver.store(batch)
        except DatabaseError:
            _LOG.exception("updates could not be stored; they are fetched again")
            await self._line.sleep(_STORE_PAUSE)
            return
        if batch:
            self._offset = max(as_number(update.get("update_id")) for update in batch) + 1
        if len(batch) < _BATCH:
            self._line.caught_up.set()

    async def _recover(self, error: TelegramError) -> None:
        verdict = judge(error)
        if verdict.fate is Fate.TOKEN:
            raise TokenRefused from error
        self._failures += 1
        longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(self._failures - 1, 5))
        pause = verdict.wait or longest * (0.5 + self._line.jitter() / 2)
        # 409: a second process polls for this bot, or somebody has set a webhook.
        _LOG.warning("updates cannot be fetched (%s); next try in %.1f s", error, pause)
        await self._line.sleep(pause)
