"""Long polling: one poller per bot, woken by new updates."""

import asyncio
from dataclasses import dataclass

from tests.telegram_server import errors
from tests.telegram_server.errors import ApiError
from tests.telegram_server.update_queue import QueuedUpdate, UpdateQueue


@dataclass
class Poller:
    """A getUpdates request that waits."""

    loop: asyncio.AbstractEventLoop
    event: asyncio.Event
    failure: ApiError | None = None

    def wake(self) -> None:
        """Let the request look again; people act from other threads."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.event.set)


class Polling:
    """The polling door of one bot."""

    def __init__(self, queue: UpdateQueue) -> None:
        self._queue = queue
        self._poller: Poller | None = None

    def wake(self) -> None:
        """Tell the waiting poller, if there is one, that updates came."""
        if self._poller is not None:
            self._poller.wake()

    def abort(self, failure: ApiError) -> None:
        """End the waiting request with an error."""
        if self._poller is not None:
            self._poller.failure = failure
            self._poller.wake()
            self._poller = None

    async def wait(self, *, limit: int, seconds: float) -> list[QueuedUpdate]:
        """Return updates as soon as there are any; end an older poller with 409."""
        self.abort(errors.conflict(errors.OTHER_POLLER))
        loop = asyncio.get_running_loop()
        poller = Poller(loop, asyncio.Event())
        self._poller = poller
        deadline = loop.time() + seconds
        try:
            while True:
                poller.event.clear()
                found = self._queue.waiting()[:limit]
                remaining = deadline - loop.time()
                if found or poller.failure or remaining <= 0:
                    break
                await self._sleep(poller, remaining)
        finally:
            if self._poller is poller:
                self._poller = None
        if poller.failure is not None:
            raise poller.failure
        return found

    async def _sleep(self, poller: Poller, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await poller.event.wait()
        except TimeoutError:
            return
