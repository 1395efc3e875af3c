"""Many byte strings in one file, each read from where it lies.

Reading one takes about a microsecond and keeps nothing in memory, so that a process does not grow
with the shelf; a file that is open stays whole while its folder is removed.
"""

import os
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

import numpy as np

_NUMBER = np.dtype("<i8")


class Blocks(Sequence[bytes]):
    """The byte strings of a file that :func:`write_blocks` wrote; safe to share by threads."""

    def __init__(self, path: Path) -> None:
        """Open it. ``ValueError`` where the file is not whole, ``OSError`` where it is not there.

        At its end stand the places where the strings end and how many they are.
        """
        file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, file)
        size = os.fstat(file).st_size
        count = _read_numbers(file, size, 1)
        self._file = file
        self._ends = _read_numbers(file, size - _NUMBER.itemsize, int(count[0]))
        last = int(self._ends[-1]) if len(self._ends) else 0
        if last + self._ends.nbytes + count.nbytes != size or (np.diff(self._ends) < 0).any():
            message = f"{path.name} is not whole"
            raise ValueError(message)

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def sizes(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """The lengths of all of them, in bytes."""
        return np.diff(self._ends, prepend=0)

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        """Read one, or several."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        start = int(self._ends[number - 1]) if number else 0
        return os.pread(self._file, int(self._ends[number]) - start, start)


def write_blocks(path: Path, blocks: Iterable[bytes]) -> None:
    """Write byte strings in their order."""
    ends, end = [], 0
    with path.open("wb") as file:
        for block in blocks:
            end += file.write(block)
            ends.append(end)
        file.write(np.asarray(ends, dtype=_NUMBER).tobytes())
        file.write(np.asarray([len(ends)], dtype=_NUMBER).tobytes())


def _read_numbers(file: int, end: int, count: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """So many numbers before a place of the file."""
    start = end - count * _NUMBER.itemsize
    if count < 0 or start < 0:
        message = "the file is too short"
        raise ValueError(message)
    return np.frombuffer(os.pread(file, end - start, start), dtype=_NUMBER)
