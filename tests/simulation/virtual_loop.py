"""An event loop whose time passes only while everybody waits, and whose threads are strands."""

import asyncio
import contextvars
import functools
from collections.abc import Callable, Mapping
from heapq import heappop, heappush
from typing import Any, TypeVarTuple

from tests.simulation.strands import Strand, carry_out

# One transaction and nothing else: there is no place in it where others could have their turn.
_ATOMIC = frozenset({"transact_now"})
_Ts = TypeVarTuple("_Ts")
_RESOLUTION = 1e-6
"""Seconds by which two moments must differ to be two."""


class Standstill(Exception):
    """Nobody waits for anything that could still happen."""


class _Turn(asyncio.TimerHandle):
    """A callback that waits for its turn; as asyncio has it, without what a debugger needs."""

    __slots__ = ("dropped",)

    def __init__(
        self,
        when: float,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        context: contextvars.Context | None,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._loop = loop
        self._source_traceback = None
        self._when = when
        self._callback = callback
        self._args = args
        self._context = contextvars.copy_context() if context is None else context
        self.dropped = self._cancelled = False
        self._repr = None

    def cancel(self) -> None:
        """Do nothing when the time comes."""
        self.dropped = self._cancelled = True
        self._callback, self._args = _do_nothing, ()


class VirtualLoop(asyncio.BaseEventLoop):
    """Runs one simulated world; ``delay`` says how long a thread takes to begin.

    It does in fewer steps what the loop that it stands in for does in each of its rounds.
    """

    def __init__(self, delay: Callable[[], float], *, start: float = 0.0) -> None:
        super().__init__()
        self._now = start
        self._delay = delay
        self._next: list[_Turn] = []
        self._later: list[tuple[float, int, _Turn]] = []
        self._count = 0
        self._stopping = False
        self.paused: dict[Strand, asyncio.TimerHandle] = {}
        self._begun: list[asyncio.Task[Any]] = []
        self.set_task_factory(self._make_task)
        self.broken = ""
        self.set_exception_handler(self._hear_of_trouble)

    def time(self) -> float:
        """Seconds since the world began."""
        return self._now

    def call_soon(
        self,
        callback: Callable[[*_Ts], object],
        *args: *_Ts,
        context: contextvars.Context | None = None,
    ) -> asyncio.Handle:
        """Call it in the next round."""
        turn = _Turn(self._now, callback, args, context, self)
        self._next.append(turn)
        return turn

    def call_later(
        self,
        delay: float,
        callback: Callable[[*_Ts], object],
        *args: *_Ts,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call it after so many seconds."""
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(
        self,
        when: float,
        callback: Callable[[*_Ts], object],
        *args: *_Ts,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call it at a moment; what is due at the same one comes in the order of the calls."""
        turn = _Turn(when, callback, args, context, self)
        self._count += 1
        heappush(self._later, (when, self._count, turn))
        return turn

    def stop(self) -> None:
        """End after this round."""
        self._stopping = True

    def _run_once(self) -> None:
        """Play round after round until it is stopped; raises ``Standstill`` when nothing waits."""
        while not self._stopping:
            self._pass_time()
            turns, self._next = self._next, []
            for turn in turns:
                if not turn.dropped:
                    turn._run()  # noqa: SLF001 - as the loop does that it stands in for

    def _pass_time(self) -> None:
        """Time passes only while nobody has anything to do."""
        later = self._later
        while later and later[0][2].dropped:
            heappop(later)
        if not self._next:
            if not later:
                raise Standstill
            self._now += max(0, later[0][0] - self._now)
        until = self._now + _RESOLUTION
        while later and later[0][0] < until:
            self._next.append(heappop(later)[2])

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


def _do_nothing() -> None:
    """Stands for what was cancelled."""


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
