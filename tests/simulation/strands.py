"""Threads that run one at a time, each until it says that others may have their turn.

What the product does in worker threads is done here in strands: whoever steps a strand waits until
it pauses or ends, so that every order of transactions follows from the seed alone.
"""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

Work = Callable[[], object]


class Strand:
    """A thread for one piece of work after another."""

    def __init__(self) -> None:
        self._go, self._back = threading.Lock(), threading.Lock()
        self._go.acquire()
        self._back.acquire()
        self._work: Work | None = None
        self._pause: float | None = None
        self._interrupt: BaseException | None = None
        self.result: object = None
        self.error: BaseException | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def begin(self, work: Work) -> float | None:
        """Run new work; the seconds for which it pauses, or None when it has ended."""
        self._work, self.result, self.error = work, None, None
        return self.resume()

    def resume(self, interrupt: BaseException | None = None) -> float | None:
        """Go on with paused work; ``interrupt`` is raised where it stands."""
        self._pause, self._interrupt = None, interrupt
        _turn.append(self)
        self._go.release()
        self._back.acquire()
        _turn.pop()
        return self._pause

    def rest(self, seconds: float) -> None:
        """Called by the work itself: let the others go on for so long."""
        self._pause = seconds
        self._back.release()
        self._go.acquire()
        if self._interrupt is not None:
            raise self._interrupt

    def _run(self) -> None:
        while True:
            self._go.acquire()
            if self._work is not None:
                self.result, self.error = carry_out(self._work)
            self._work = None
            self._back.release()


class _Caught:
    """Keeps whatever is raised in its block, for whoever awaits the work."""

    error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self.error = error
        return True


def carry_out(work: Work) -> tuple[object, BaseException | None]:
    """Do the work; what it gave, or what it raised."""
    result: object = None
    with _Caught() as caught:
        result = work()
    return result, caught.error


_turn: list[Strand] = []
_idle: list[Strand] = []


def pause(seconds: float) -> None:
    """Let others have their turn; does nothing outside of a strand."""
    if _turn:
        _turn[-1].rest(seconds)


def borrow() -> Strand:
    """Take a strand that has nothing to do."""
    return _idle.pop() if _idle else Strand()


def give_back(strand: Strand) -> None:
    """Its work has ended."""
    _idle.append(strand)


def forget_strands() -> None:
    """In a forked process: its parent's strands have no threads here."""
    _turn.clear()
    _idle.clear()
