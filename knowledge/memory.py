"""Reading much at once without looking for garbage in it."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside: list[bool] = []
"""Whether the collector was on, for each block that is being gone through."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Make ten thousands of objects that all stay, and no circles of them.

    The collector looks through everything each time that a quarter has come: half of the time of
    reading a shelf. Blocks may lie in each other, also in several threads; after the last of them
    the collector is as it was.
    """
    with _lock:
        _inside.append(gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            if _inside.pop() and not _inside:
                gc.enable()
