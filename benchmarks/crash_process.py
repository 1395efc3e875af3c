"""A process that changes a shelf and is killed at one of its steps, or at some moment.

The processes are forked from one that has imported everything and opened nothing, so that each
begins at once and the moments are those of the change.
"""

import signal
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.crash_changes import CHANGES
from benchmarks.kill_points import counting, kill
from knowledge import vector_inspection
from knowledge.errors import IndexFailure
from knowledge.passage import Audience
from knowledge.vector_probe import Found, StoreUnreadable, read_store

_context = get_context("forkserver")
_context.set_forkserver_preload(["chromadb", "benchmarks.crash_preparation"])


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a process is killed: at a step, or after so many seconds of its work."""

    name: str
    step: int = 0
    seconds: float = 0.0


def kill_at(cut: Cut, change: str, place: Path) -> bool:
    """Have a process carry out a change and be killed; false where it came to its end before."""
    process = _context.Process(target=die, args=(change, place, cut))
    process.start()
    process.join()
    if process.exitcode not in {0, -signal.SIGKILL}:
        message = f"{change} ended with {process.exitcode} instead of being killed"
        raise RuntimeError(message)
    return process.exitcode != 0


def die(change: str, place: Path, cut: Cut) -> None:
    """Carry out a change and be killed; its steps are those that the parent counted."""
    look_into_stores_here()
    with counting(place / "index", stop_at=cut.step, stop=kill):
        if cut.seconds:
            signal.signal(signal.SIGALRM, lambda *_: kill())
            signal.setitimer(signal.ITIMER_REAL, cut.seconds)
        CHANGES[change].do(place)
        signal.setitimer(signal.ITIMER_REAL, 0)


def look_into_stores_here() -> None:
    """Let a check read stores in this process: it is none that must not break."""

    def look_into(folder: Path, fingerprint: str) -> Mapping[Audience, Found]:
        try:
            return read_store(folder, fingerprint)
        except IndexFailure as error:
            raise StoreUnreadable(str(error)) from error

    vector_inspection.probe = look_into  # type: ignore[attr-defined]  # it is imported there by name
