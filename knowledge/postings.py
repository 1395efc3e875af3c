"""Which units hold a token, and how much that counts: the inverted index below the lexical one.

A posting is a unit's number (int32) and the weight of the token in it (float16): its frequency,
saturated and set off against the unit's length, as BM25 has it without the IDF.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.blocks import Blocks, write_blocks

K1, _B = 1.5, 0.75
_UNIT, _WEIGHT = np.dtype("<i4"), np.dtype("<f2")
_SIZE = _UNIT.itemsize + _WEIGHT.itemsize


class Hashes(dict[str, int]):
    """The hashes of the tokens that came, each computed once."""

    _MOST = 1 << 18

    def __missing__(self, token: str) -> int:
        """Compute one."""
        if len(self) >= self._MOST:
            self.clear()
        found = self[token] = hash_token(token)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The different tokens of a unit by their hashes, how often each comes, and how many in all."""

    hashes: npt.NDArray[np.uint64]
    frequency: npt.NDArray[np.float32]
    length: int

    @classmethod
    def of(cls, tokens: Sequence[str], hashes: Hashes) -> Self:
        """Count the tokens of a unit."""
        counts = Counter(tokens)
        size = len(counts)
        return cls(
            np.fromiter(map(hashes.__getitem__, counts), np.uint64, size),
            np.fromiter(counts.values(), np.float32, size),
            len(tokens),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """``tokens``: the hashes of all tokens, ascending; ``lists``: the postings of each.

    ``sizes`` are those of the lists in bytes.
    """

    units: int
    tokens: npt.NDArray[np.uint64]
    lists: Sequence[bytes]
    sizes: npt.NDArray[np.int64]

    @classmethod
    def build(cls, units: Iterable[Sequence[str]]) -> Self:
        """Index the tokens of units, in their order."""
        hashes = Hashes()
        return cls.of(Terms.of(tokens, hashes) for tokens in units)

    @classmethod
    def of(cls, units: Iterable[Terms]) -> Self:
        """Index the terms of units, in their order."""
        counted = list(units)
        lengths = np.fromiter((one.length for one in counted), np.float32, len(counted))
        different = [len(one.hashes) for one in counted]
        hashes = np.concatenate([np.zeros(0, np.uint64), *(one.hashes for one in counted)])
        frequency = np.concatenate([np.zeros(0, np.float32), *(one.frequency for one in counted)])
        owners = np.repeat(np.arange(len(counted), dtype=_UNIT), different)
        weights = _weigh(frequency, lengths, owners)
        order = np.argsort(hashes, kind="stable")
        hashes = hashes[order]
        starts = np.flatnonzero(np.diff(hashes, prepend=~hashes[:1]))
        cuts = [*starts.tolist(), len(hashes)]
        lists = _cut(owners[order].tobytes(), weights[order].tobytes(), cuts)
        sizes = np.fromiter(map(len, lists), np.int64, len(lists))
        return cls(len(lengths), hashes[starts], lists, sizes)

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        np.savez(folder / "tokens.npz", units=np.asarray(self.units), tokens=self.tokens)
        write_blocks(folder / "postings.bin", self.lists)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read them back; the lists stay on disk."""
        with (folder / "tokens.npz").open("rb") as file, np.load(file) as stored:
            units, tokens = int(stored["units"]), stored["tokens"]
        lists = Blocks(folder / "postings.bin")
        if len(lists) != len(tokens):
            message = "tokens and postings do not belong together"
            raise ValueError(message)
        return cls(units, tokens, lists, lists.sizes)

    def find(self, tokens: Sequence[str]) -> npt.NDArray[np.int64]:
        """The place of each token, -1 for those that no unit has."""
        if not len(self.tokens):
            return np.full(len(tokens), -1, dtype=np.int64)
        hashes = np.fromiter((hash_token(one) for one in tokens), np.uint64, len(tokens))
        places = np.minimum(np.searchsorted(self.tokens, hashes), len(self.tokens) - 1)
        found: npt.NDArray[np.int64] = np.where(self.tokens[places] == hashes, places, -1)
        return found

    def count(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How many units hold the token at each place; 0 at -1."""
        if not len(self.tokens):
            return np.zeros(len(places), dtype=np.int64)
        counts: npt.NDArray[np.int64] = np.where(places >= 0, self.sizes[places] // _SIZE, 0)
        return counts

    def read(self, place: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float16]]:
        """The units of a token, ascending, with its weight in each."""
        stored = self.lists[place]
        count = len(stored) // _SIZE
        units = np.frombuffer(stored, dtype=_UNIT, count=count)
        return units, np.frombuffer(stored, dtype=_WEIGHT, offset=units.nbytes)


def hash_token(token: str) -> int:
    """Sixty-four bits; among a million tokens two collide once in forty million shelves."""
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=8).digest())


def _cut(owners: bytes, weights: bytes, cuts: Sequence[int]) -> list[bytes]:
    """The postings between each two of the cuts."""
    unit, weight = _UNIT.itemsize, _WEIGHT.itemsize
    return [
        owners[unit * start : unit * end] + weights[weight * start : weight * end]
        for start, end in pairwise(cuts)
    ]


def _weigh(
    frequency: npt.NDArray[np.float32],
    lengths: npt.NDArray[np.float32],
    owners: npt.NDArray[np.int32],
) -> npt.NDArray[np.float16]:
    average = float(lengths.mean()) if lengths.any() else 1.0
    norms = K1 * (1 - _B + _B * lengths / average)
    weights: npt.NDArray[np.float16] = (frequency / (frequency + norms[owners])).astype(_WEIGHT)
    return weights
