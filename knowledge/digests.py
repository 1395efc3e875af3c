"""Checksums: of the files of a generation, and of each passage in them.

A file that has changed by itself is noticed by the checksum of the file; which of its passages is
damaged, and that a copy of one found elsewhere is the right one, by those of the passages.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

NAME = "digests.npz"
_SIZE = 16
_Rows = npt.NDArray[np.uint8]


def digest(data: bytes) -> bytes:
    """Sixteen bytes of BLAKE2."""
    return hashlib.blake2b(data, digest_size=_SIZE).digest()


def checksum(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def checksum_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits; raises ``OSError``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksum_folder(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below a folder, by its path from there."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): checksum_file(path) for path in found}


@dataclass(frozen=True, eq=False)
class Digests:
    """The digests of each passage's stored text and of its stored vectors, shape (passages, 16)."""

    texts: _Rows
    vectors: _Rows

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read them back; raises ``OSError``, or ``ValueError`` for a file of another shape."""
        with path.open("rb") as file, np.load(file) as stored:
            texts, vectors = stored["texts"], stored["vectors"]
        if texts.shape != vectors.shape or texts.shape[1:] != (_SIZE,):
            message = f"{path.name} has another shape"
            raise ValueError(message)
        return cls(texts, vectors)

    def fits_text(self, row: int, text: bytes) -> bool:
        """Whether this is what was stored as the text of a row."""
        return row < len(self.texts) and self.texts[row].tobytes() == digest(text)

    def fits_vectors(self, row: int, vectors: bytes) -> bool:
        """Whether this is what was stored as the vectors of a row."""
        return row < len(self.vectors) and self.vectors[row].tobytes() == digest(vectors)

    @cached_property
    def known_texts(self) -> frozenset[bytes]:
        """The digests of all texts, for finding out whether a text was ever stored."""
        return frozenset(row.tobytes() for row in self.texts)

    @cached_property
    def of_text(self) -> Mapping[bytes, bytes]:
        """The digest of the vectors that belong to a text, by that of the text."""
        pairs = zip(self.texts, self.vectors, strict=True)
        return {text.tobytes(): vectors.tobytes() for text, vectors in pairs}


class Digesting:
    """Notes the digest of each of the byte strings that go through, in their order."""

    def __init__(self, data: Iterable[bytes]) -> None:
        """Of these; they are gone through once."""
        self._data = data
        self._found: list[bytes] = []

    def __iter__(self) -> Iterator[bytes]:
        for one in self._data:
            self._found.append(digest(one))
            yield one

    def rows(self) -> _Rows:
        """The digests of all that went through, shape (strings, 16)."""
        return np.frombuffer(b"".join(self._found), dtype=np.uint8).reshape(-1, _SIZE)


def verified(
    data: Iterable[tuple[int | None, bytes]], fits: Callable[[int, bytes], bool], name: str
) -> Iterator[bytes]:
    """Pass byte strings on; ``ValueError`` where one with a row is not what was stored there."""
    for row, one in data:
        if row is not None and not fits(row, one):
            message = f"{name} has changed since it was written"
            raise ValueError(message)
        yield one
