"""Work that runs side by side: at most one task for each queue, and a limit over all."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from weakref import WeakValueDictionary


class Crew:
    """Tasks by the queue they work on."""

    def __init__(self, limit: int, *, freed: Callable[[], None] = lambda: None) -> None:
        """Let so many run at once; ``freed`` is told when there is room for one more.

        A task cannot tell that itself: while it still runs, there is none.
        """
        self._limit = limit
        self._freed = freed
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._failure: BaseException | None = None

    @property
    def busy(self) -> frozenset[str]:
        """The queues that are being worked on."""
        return frozenset(self._tasks)

    @property
    def room(self) -> int:
        """How many more tasks may start."""
        return max(0, self._limit - len(self._tasks))

    def start(self, queue: str, work: Coroutine[object, object, None]) -> None:
        """Begin to work on a queue."""
        task = asyncio.create_task(work, name=queue)
        self._tasks[queue] = task
        task.add_done_callback(lambda done: self._ended(queue, done))

    def check(self) -> None:
        """Raise what ended a task, if one was ended by an error."""
        if self._failure is not None:
            raise self._failure

    async def finish(self, seconds: float) -> None:
        """Wait for the tasks that run, and cancel those that take longer."""
        tasks = set(self._tasks.values())
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, queue: str, task: asyncio.Task[None]) -> None:
        del self._tasks[queue]
        if not task.cancelled() and task.exception() is not None:
            self._failure = task.exception()
        self._freed()


class Locks:
    """A lock for each chat, which is there for as long as somebody holds or awaits it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._locks)

    def of(self, chat: int) -> asyncio.Lock:
        """Return the lock of a chat."""
        return self._locks.setdefault(chat, asyncio.Lock())


async def signalled(event: asyncio.Event, seconds: float) -> None:
    """Wait until an event is set, but not longer than so many seconds."""
    # wait_for would swallow a cancellation that comes in the same moment as the event.
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
