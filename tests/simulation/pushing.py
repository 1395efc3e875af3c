"""Delivers updates as a webhook does: each chat in order, chats side by side, some twice."""

import asyncio
import random

from knowledge.errors import DatabaseError
from tests.simulation.process import Process
from tests.simulation.telegram import SimulatedTelegram
from tests.telegram_server.update_queue import QueuedUpdate, QueueKey

_AGAIN = 0.5


class Pusher:
    """Pushes to one process for as long as it lives."""

    def __init__(
        self, telegram: SimulatedTelegram, process: Process, chance: random.Random, repeats: float
    ) -> None:
        self._telegram = telegram
        self._process = process
        self._chance = chance
        self._repeats = repeats
        self._running: set[QueueKey] = set()
        self._loop = asyncio.get_event_loop()

    def look(self) -> None:
        """Begin to deliver whatever is not being delivered."""
        waiting = self._telegram.waiting()
        for key in dict.fromkeys(update.key for update in waiting):
            if key not in self._running:
                self._running.add(key)
                self._loop.create_task(self._drain(key))
        if not waiting:
            self._process.line.caught_up.set()

    async def _drain(self, key: QueueKey) -> None:
        while (head := self._head(key)) is not None:
            await asyncio.sleep(self._chance.expovariate(20.0))
            try:
                await self._process.receiver.store([head.payload()])
                self._process.parts.life.step("after webhook")
            except DatabaseError:
                await asyncio.sleep(_AGAIN)
                continue
            if self._chance.random() >= self._repeats:
                self._telegram.remove(head.update_id)
        self._running.discard(key)
        self.look()

    def _head(self, key: QueueKey) -> QueuedUpdate | None:
        return next((u for u in self._telegram.waiting() if u.key == key), None)
