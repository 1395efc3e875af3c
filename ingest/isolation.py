"""Documents of foreign formats are read in a process of their own, which can be killed."""

import atexit
import os
import pickle
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Pipe
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ingest.decoding import PLAIN
from ingest.documents import Filing
from ingest.outcome import Reading
from ingest.problems import Problem
from ingest.reading import examine
from ingest.wire import BEAT
from knowledge.errors import N_, DocumentError, DocumentUnreadable

if TYPE_CHECKING:
    from multiprocessing.connection import Connection as _Connection

    Pipes = tuple[_Connection[bytes, bytes], _Connection[bytes, bytes]]

_READER = "ingest.reading:examine"
SLOW = N_("reading it came to a stop for {seconds} seconds; open it, save it anew, or divide it.")
LONG = N_("reading it takes more than {seconds} seconds; divide it into smaller files.")
BROKEN = N_("the program that reads it broke down; open it, save it anew, and try again.")
"""Why a document was given up that stopped, took too long, or broke the other process."""
_KEPT = ("PATH", "SYSTEMROOT", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may take: seconds without a sign of life, seconds in all, megabytes."""

    silence: float = 180.0
    total: float = 1800.0
    memory: int = 2048


@dataclass(slots=True)
class Isolation:
    """One process that reads one document after the other; a new one after each that failed.

    ``reader`` is the function that it calls, as ``module:function``.
    """

    limits: Limits = Limits()
    reader: str = _READER
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _pipes: "Pipes | None" = field(default=None, init=False)

    def read(self, data: bytes, filing: Filing) -> Reading:
        """Read in the other process what :func:`ingest.reading.examine` would read here.

        Raises :class:`DocumentError`, also when the process had to be killed.
        """
        # A process that has read something before may have gone home just now.
        answer = (self._ask(data, filing) if self._is_alive() else None) or self._ask(data, filing)
        if answer is None:
            raise DocumentUnreadable(document=filing.id, problem=Problem(BROKEN))
        if isinstance(answer, DocumentError):
            raise answer
        return answer

    def _ask(self, data: bytes, filing: Filing) -> Reading | DocumentError | None:
        """What the process says; ``None`` if it broke down over it."""
        requests, answers = self._start()
        try:
            requests.send_bytes(pickle.dumps((data, filing)))
            return self._wait(answers, filing)
        except (OSError, EOFError):
            self.close()
            return None

    def _wait(
        self, answers: "_Connection[bytes, bytes]", filing: Filing
    ) -> Reading | DocumentError:
        end = time.monotonic() + self.limits.total
        while answers.poll(max(0.0, min(self.limits.silence, end - time.monotonic()))):
            received = answers.recv_bytes()
            if received != BEAT:
                answer: Reading | DocumentError = pickle.loads(received)  # noqa: S301 - our worker's
                return answer
        self.close()
        late = time.monotonic() >= end
        seconds = round(self.limits.total if late else self.limits.silence)
        problem = Problem(LONG if late else SLOW, {"seconds": seconds})
        raise DocumentUnreadable(document=filing.id, problem=problem)

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _start(self) -> "Pipes":
        """The pipes to the process; one that has gone home in the meantime is replaced."""
        if self._pipes and self._is_alive():
            return self._pipes
        self.close()
        theirs, requests = Pipe(duplex=False)
        answers, ours = Pipe(duplex=False)
        ends = (theirs.fileno(), ours.fileno())
        module = [sys.executable, "-P", "-m", "ingest.worker"]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [*module, *map(str, ends), str(self.limits.memory), self.reader],
            pass_fds=ends,
            env=_make_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        ours.close()
        self._pipes = (requests, answers)
        return self._pipes

    def close(self) -> None:
        """Kill the process, whatever it is doing."""
        for pipe in self._pipes or ():
            with suppress(OSError):
                pipe.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._pipes = self._process = None


def _make_environment() -> dict[str, str]:
    """What the process needs to find our modules; tokens and keys stay here."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join(one for one in sys.path if one)
    return kept | {"PYTHONPATH": path, "PYTHONUTF8": "1"}


@cache
def _share() -> Isolation:
    """The process that the runs of this program share; it ends with the program."""
    isolation = Isolation()
    atexit.register(isolation.close)
    return isolation


def examine_apart(data: bytes, filing: Filing) -> Reading:
    """Examine plain text here, and everything else in the other process; :class:`DocumentError`."""
    if PurePosixPath(filing.id).suffix.lower() in PLAIN:
        return examine(data, filing)
    return _share().read(data, filing)


def read_apart(data: bytes, filing: Filing) -> Reading:
    """The same; :class:`DocumentError` also where all of a document is held back."""
    reading = examine_apart(data, filing)
    if reading.refusal:
        raise reading.refusal
    return reading
