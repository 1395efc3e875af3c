"""Fingerprints of a passage by which copies of it, and of parts of it, are found without reading.

Method: winnowing (Schleimer, Wilkerson and Aiken 2003). Of each eight neighbouring six-sign grams
the one with the least hash is kept, so that two texts with thirteen signs in common in a row share
a fingerprint, wherever in them that is. The share of fingerprints in common estimates containment
(Broder 1997).
"""

import hashlib
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from knowledge.duplicates.signs import is_reprint, stream
from knowledge.passage import Passage, Trust

GRAM, _WINDOW = 6, 8
_STEPS = (1, 2, 4)
"""The least of two neighbours, of two such pairs, of two such fours: that of a window of eight."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_TRUSTS = tuple(Trust)
_LATEST = 1 << 22
"""More days than any date has."""

Prints = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What is kept of a passage's text.

    ``key`` is equal for equal texts; ``weight`` is its length in signs; ``rank`` orders copies:
    the lowest is served first.
    """

    key: int
    rank: int
    weight: int
    prints: Prints

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """Take the fingerprints of a passage."""
        signs = stream(passage.text, first=not passage.ordinal)
        digest = hashlib.blake2b(signs.encode(), digest_size=8).digest()
        return cls(int.from_bytes(digest), rank(passage), len(signs), winnow(signs))

    def pack(self) -> bytes:
        """As bytes."""
        head = np.asarray([self.key, self.rank, self.weight], dtype="<u8")
        return head.tobytes() + self.prints.astype("<u4").tobytes()

    @classmethod
    def unpack(cls, stored: bytes) -> Self:
        """Read what :meth:`pack` wrote."""
        key, order, weight = np.frombuffer(stored, dtype="<u8", count=3).tolist()
        return cls(key, order, weight, np.frombuffer(stored, dtype="<u4", offset=24))


def rank(passage: Passage) -> int:
    """The place of a source among copies: the original, the better supported, the newer checked."""
    source = passage.provenance
    checked = source.checked.last_day.toordinal() if source.checked else 0
    grade = _distance(passage) * len(_TRUSTS) + _TRUSTS.index(source.trust)
    return grade * _LATEST + _LATEST - checked


def _distance(passage: Passage) -> int:
    """How far a source is from its issuer: 0 an authority's own page, 1 an issuer named, 2 none.

    A reprint names where it is from.
    """
    source = passage.provenance
    named = source.issuer or source.number
    if not named or is_reprint(passage.text, first=not passage.ordinal):
        return 2
    return 0 if "gov" in (urlsplit(source.url).hostname or "").split(".") else 1


def standing(order: int) -> int:
    """The part of a rank that says how good a source is, without the day of its last check."""
    return (order - 1) // _LATEST


def winnow(signs: str) -> Prints:
    """The fingerprints of a text, ascending."""
    codes = np.frombuffer(signs.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if not len(codes):
        return np.zeros(0, dtype=np.uint32)
    size = min(GRAM, len(codes))
    hashes = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for place in range(size):
        hashes = (hashes ^ codes[place : place + len(hashes)]) * _BASE
        hashes ^= hashes >> np.uint64(29)
    hashes = (hashes * _MIX) >> np.uint64(32)
    if len(hashes) > _WINDOW:
        for step in _STEPS:
            hashes = np.minimum(hashes[:-step], hashes[step:])
    return np.unique(hashes).astype(np.uint32)
