"""An event loop whose time passes only while everybody waits, and whose threads are strands."""

import asyncio
import functools
from collections.abc import Callable, Mapping
from typing import Any

from tests.simulation.strands import Strand, carry_out

# One transaction and nothing else: there is no place in it where others could have their turn.
_ATOMIC = frozenset({"transact_now"})


class Standstill(Exception):
    """Nobody waits for anything that could still happen."""


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs one simulated world; ``delay`` says how long a thread takes to begin."""

    def __init__(self, delay: Callable[[], float], *, start: float = 0.0) -> None:
        super().__init__()
        self._now = start
        self._delay = delay
        self._selector = self
        self._clock_resolution = 1e-6
        self.paused: dict[Strand, asyncio.TimerHandle] = {}
        self._begun: list[asyncio.Task[Any]] = []
        self.set_task_factory(self._make_task)
        self.broken = ""
        self.set_exception_handler(self._hear_of_trouble)

    def time(self) -> float:
        """Seconds since the world began."""
        return self._now

    def select(self, timeout: float | None) -> tuple[()]:
        """Pass the time, in the place of waiting for sockets."""
        if timeout is None:
            raise Standstill
        self._now += timeout
        return ()

    def _process_events(self, event_list: object) -> None:
        """There are no sockets."""

    def _write_to_self(self) -> None:
        """Nothing comes from other threads."""

    def run_in_executor(self, executor: object, func: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401, ARG002 - the signature of the loop that it is
        """Do something in a strand, beginning after a while."""
        work = functools.partial(func, *args)
        future: asyncio.Future[Any] = self.create_future()
        begin = self._run_now if _is_atomic(func) else self._begin
        self.call_later(self._delay(), begin, future, work)
        return future

    def _run_now(self, future: asyncio.Future[Any], work: Callable[[], object]) -> None:
        _finish(future, *carry_out(work))

    def _begin(self, future: asyncio.Future[Any], work: Callable[[], object]) -> None:
        strand = Strand()
        self._after(strand, future, strand.begin(work))

    def _resume(self, strand: Strand, future: asyncio.Future[Any]) -> None:
        del self.paused[strand]
        self._after(strand, future, strand.resume())

    def _after(self, strand: Strand, future: asyncio.Future[Any], pause: float | None) -> None:
        if pause is not None:
            self.paused[strand] = self.call_later(pause, self._resume, strand, future)
            return
        _finish(future, strand.result, strand.error)

    def _hear_of_trouble(self, _: object, context: Mapping[str, Any]) -> None:
        """Tasks of a process that died end as they may; the world's own doings must not fail."""
        if "handle" in context:
            self.broken = self.broken or repr(context.get("exception"))

    def _make_task(self, _: object, coro: Any, **named: Any) -> asyncio.Task[Any]:  # noqa: ANN401 - as asyncio passes it
        task: asyncio.Task[Any] = asyncio.Task(coro, loop=self, **named)
        self._begun.append(task)
        return task

    def cancel_tasks(self) -> None:
        """Cancel all tasks, the oldest first: asyncio's own set of them has no order."""
        for task in self._begun:
            task.cancel()
        self._begun.clear()

    def interrupt_strands(self, error: Callable[[], BaseException]) -> None:
        """Raise in every strand that is paused; each ends by it."""
        while self.paused:
            strand, handle = self.paused.popitem()
            handle.cancel()
            while strand.resume(error()) is not None:
                pass


def _is_atomic(func: Callable[..., Any]) -> bool:
    given = func.args if isinstance(func, functools.partial) else ()
    return bool(given) and getattr(given[0], "__name__", "") in _ATOMIC


def _finish(future: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
