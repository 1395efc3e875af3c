"""Work that runs one piece at a time, each until it says that others may have their turn.

What the product does in worker threads is done here in strands: whoever steps a strand waits until
it pauses or ends, so that every order of transactions follows from the seed alone. A strand is a
greenlet: to go from one thread to another takes most of the time that a world has.
"""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from greenlet import getcurrent, greenlet

Work = Callable[[], object]


class Strand:
    """Does one piece of work."""

    def __init__(self) -> None:
        self._greenlet: greenlet[Any, Any] | None = None
        self.result: object = None
        self.error: BaseException | None = None

    def begin(self, work: Work) -> float | None:
        """Run new work; the seconds for which it pauses, or None when it has ended."""
        self._greenlet = greenlet(self._run)
        return self._step(work)

    def resume(self, interrupt: BaseException | None = None) -> float | None:
        """Go on with paused work; ``interrupt`` is raised where it stands."""
        return self._step(interrupt)

    def rest(self, seconds: float) -> None:
        """Called by the work itself: let the others go on for so long."""
        above = getcurrent().parent
        interrupt = above.switch(seconds) if above is not None else None
        if interrupt is not None:
            raise interrupt

    def _step(self, value: object) -> float | None:
        if self._greenlet is None:
            return None
        self._greenlet.parent = getcurrent()
        _turn.append(self)
        pause: float | None = self._greenlet.switch(value)
        _turn.pop()
        return pause

    def _run(self, work: Work) -> None:
        self.result, self.error = carry_out(work)


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


def pause(seconds: float) -> None:
    """Let others have their turn; does nothing outside of a strand."""
    if _turn:
        _turn[-1].rest(seconds)


def forget_strands() -> None:
    """In a forked process: its parent's strands are none of its own."""
    _turn.clear()
