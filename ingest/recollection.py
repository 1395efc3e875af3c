"""What recognition read of pictures before, so that no picture is read twice.

The caller hands in what is known, by the hash of the picture and of the program that read it;
:func:`recall` looks there first, and what was used is handed back to be kept.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

Lines = tuple[float, float, float, tuple[tuple[str, float, float, float, float], ...]]
"""Width, height, how sure (0 to 1), and each line with its left, top, right and bottom edge."""

Recognitions = Mapping[str, Lines]
"""Lines by the key of the picture that they were read from."""


@dataclass(frozen=True, slots=True)
class Recollection:
    """What is known, and which of it, or what else, this document made use of."""

    known: Recognitions
    used: dict[str, Lines] = field(default_factory=dict)


_RECOLLECTION: ContextVar[Recollection | None] = ContextVar("recollection", default=None)


@contextmanager
def recollecting(known: Recognitions) -> Iterator[Recollection]:
    """Have :func:`recall` look among these inside the block."""
    recollection = Recollection(known)
    token = _RECOLLECTION.set(recollection)
    try:
        yield recollection
    finally:
        _RECOLLECTION.reset(token)


def recall(key: str, read: Callable[[], Lines]) -> Lines:
    """What was read under this key, or what ``read`` finds now."""
    recollection = _RECOLLECTION.get()
    if recollection is None:
        return read()
    lines = recollection.known.get(key) or recollection.used.get(key) or read()
    recollection.used[key] = lines
    return lines
