"""Every step at which a process that writes a shelf can be killed, and killing it there.

A step is a file that is opened for writing, a name that changes, a wait for the disk, or a call of
Chroma, before and after it. They are counted by an audit hook of Python and by standing in for the
methods of the vector store; whoever counts to the given step kills the process (SIGKILL), in which
nothing can be tidied up any more, or raises :class:`PowerCut`.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.chroma import VectorStore

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NAMES = frozenset(
    {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree"}
)
_STORE = ("add", "remove", "close")


class PowerCut(BaseException):
    """The process ends here, as far as the code that runs can tell."""


class _Counter:
    """Counts steps below a folder, and stops at one of them."""

    def __init__(self, folder: Path, stop_at: int, stop: Callable[[], None]) -> None:
        self._folder = f"{folder}{os.sep}"
        self._stop_at = stop_at
        self._stop = stop
        self._lock = threading.RLock()
        self.steps: list[str] = []

    def step(self, name: str) -> None:
        with self._lock:
            self.steps.append(name)
            if len(self.steps) == self._stop_at:
                self._stop()

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit event: only those count that write below the folder."""
        if event == "open":
            path, _, flags = arguments
            writes = isinstance(flags, int) and flags & _WRITING
        else:
            path, writes = (arguments or ("",))[0], event in _NAMES
        if writes and isinstance(path, str | bytes | os.PathLike):
            found = os.fsdecode(path)
            if found.startswith(self._folder) and not found.endswith(".lock"):
                self.step(f"{event} {found.removeprefix(self._folder)}")


_counting: list[_Counter] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    # The hook stays for good; it hears nothing while nobody counts.
    if _counting and (event == "open" or event in _NAMES):
        _counting[-1].hear(event, arguments)


@contextmanager
def counting(
    folder: Path, *, stop_at: int = 0, stop: Callable[[], None] = lambda: None
) -> Iterator[list[str]]:
    """Count the steps of the block below a folder; the list grows with each of them.

    At step ``stop_at`` (the first is 1) ``stop`` is called.
    """
    if not getattr(sys, "_helpdesk_hears", False):
        sys.addaudithook(_hear)
        sys._helpdesk_hears = True  # type: ignore[attr-defined]  # noqa: SLF001 - one hook a process
    counter = _Counter(folder, stop_at, stop)
    kept = {name: getattr(VectorStore, name) for name in _STORE}
    fsync = os.fsync
    for name, method in kept.items():
        setattr(VectorStore, name, _counted(counter, name, method))
    os.fsync = _counted(counter, "fsync", fsync)
    _counting.append(counter)
    try:
        yield counter.steps
    finally:
        _counting.remove(counter)
        os.fsync = fsync
        for name, method in kept.items():
            setattr(VectorStore, name, method)


def _counted(counter: _Counter, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - it stands for any of them
        counter.step(f"before {name}")
        result = method(*arguments, **named)
        counter.step(f"after {name}")
        return result

    return call


def kill() -> None:
    """End this process as a power cut would: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def cut() -> None:
    """End what is running in this process."""
    raise PowerCut
