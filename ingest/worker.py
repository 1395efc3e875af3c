"""The process in which documents of foreign formats are read: it may hang or die, we may not.

:mod:`ingest.isolation` starts it, with two pipes and the memory that it may take. It holds no
secrets: of the environment only the path to the modules comes along.
"""

import importlib
import os
import pickle
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from ingest.documents import Filing
from ingest.outcome import Reading
from ingest.pulse import listening
from ingest.reading import NO_MEMORY
from ingest.wire import BEAT, dump
from knowledge.errors import DocumentError, DocumentUnreadable

if TYPE_CHECKING:
    Requests = Connection[bytes, bytes]
    Answers = Connection[bytes, bytes]

IDLE = 30.0
"""Seconds after which a worker that nobody asks anything ends by itself."""

Read = Callable[[bytes, Filing], Reading]


def main(arguments: list[str]) -> None:
    """Answer until nobody asks any more: ``requests answers megabytes module:function``."""
    requests, answers, megabytes, name = arguments
    _limit(int(megabytes))
    _serve(
        Connection(int(requests), writable=False),
        Connection(int(answers), readable=False),
        _find(name),
    )


def _find(name: str) -> Read:
    module, _, function = name.partition(":")
    read: Read = getattr(importlib.import_module(module), function)
    return read


def _limit(megabytes: int) -> None:
    """Let requests for more memory than this fail, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    size = megabytes * 1024**2
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve(requests: "Requests", answers: "Answers", read: Read) -> None:
    while requests.poll(IDLE):
        try:
            data, filing = pickle.loads(requests.recv_bytes())  # noqa: S301 - from our own parent
        except EOFError:
            return
        with listening(lambda: answers.send_bytes(BEAT)):
            answer = _answer(read, data, filing)
        answers.send_bytes(dump(answer))


def _answer(read: Read, data: bytes, filing: Filing) -> Reading | DocumentError:
    try:
        return read(data, filing)
    except DocumentError as error:
        return error
    except MemoryError:
        return DocumentUnreadable(document=filing.id, problem=NO_MEMORY)


if __name__ == "__main__":
    main(sys.argv[1:])
    # Libraries with threads of their own may stop on the way out; there is nothing left to save.
    os._exit(0)
