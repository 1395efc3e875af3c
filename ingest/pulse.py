"""A sign of life from a loader that is at work on a long document, for whoever waits for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_BEAT: ContextVar[Callable[[], None] | None] = ContextVar("beat", default=None)


def beat() -> None:
    """Say that a page is done; without anybody listening it does nothing."""
    listener = _BEAT.get()
    if listener is not None:
        listener()


@contextmanager
def listening(listener: Callable[[], None]) -> Iterator[None]:
    """Have ``listener`` called for every beat inside the block."""
    token = _BEAT.set(listener)
    try:
        yield
    finally:
        _BEAT.reset(token)
