"""Texts to the numbers of their pieces: the unigram model of SentencePiece (Kudo 2018).

Of all ways to put a text together from pieces the most probable one is taken. Pieces do not go
over the mark that stands for a space, so each word is divided by itself, and all the words of a
batch at once: a step takes one character of each. There is no table to build but a sorted list of
hashes, so that it is there in a twentieth of a second; the library tokenizers takes one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.engine.weights import Bytes, Floats, Weights

_SPACE = "\u2581"
_SPACES = re.compile(" {2,}")
_WORD = re.compile(f"{_SPACE}?[^{_SPACE}]*")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SIEVE_BITS = 22
_SHIFT = np.uint64(64 - _SIEVE_BITS)
_LESS_THAN_ANY = 10.0
"""By how much a character that is no piece is less probable than the rarest piece."""
_CELLS = 1 << 16
"""Words times the characters of the longest: what is looked at together."""
_IMPOSSIBLE = np.float32(-1e30)

Numbers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Pieces:
    """The pieces of a vocabulary, sorted by their hashes."""

    hashes: Hashes
    ids: npt.NDArray[np.int32]
    longest: int
    """Characters of the longest one."""

    @classmethod
    def sort(cls, weights: Weights) -> Self:
        """Sort those of the weights."""
        hashes, lengths = _hash_pieces(weights.pieces, weights.offsets)
        order = np.argsort(hashes)
        order = order[order != weights.marks["unknown"]]  # no text is spelled like it
        return cls(hashes[order], order.astype(np.int32), int(lengths.max()))


class Vocabulary:
    """Divides texts as the package's own engine does; safe to share by threads."""

    def __init__(self, weights: Weights, pieces: Pieces) -> None:
        """Take the pieces as they were sorted."""
        self._normalised: Mapping[int, str] = weights.normalised
        self._unknown = weights.marks["unknown"]
        self._unknown_score = np.float32(weights.scores.min() - _LESS_THAN_ANY)
        self._pieces = pieces
        self._scores = weights.scores[pieces.ids]
        self._sieve = np.zeros(1 << _SIEVE_BITS, dtype=np.bool_)
        self._sieve[(pieces.hashes >> _SHIFT).astype(np.int64)] = True

    def divide(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text, without marks at its ends."""
        words = [_WORD.findall(self._normalise(text)) for text in texts]
        distinct = dict.fromkeys(word for some in words for word in some if word)
        known: dict[str, list[int]] = {}
        for part in _parts(sorted(distinct, key=len, reverse=True)):
            known.update(zip(part, self._divide_words(part), strict=True))
        return [[piece for word in some if word for piece in known[word]] for some in words]

    def _normalise(self, text: str) -> str:
        spaced = _SPACES.sub(" ", text.translate(self._normalised))
        return (spaced if spaced.startswith(" ") else f" {spaced}").replace(" ", _SPACE)

    def _divide_words(self, words: Sequence[str]) -> Iterator[list[int]]:
        """The pieces of each word, of which the longest comes first."""
        lattice = _Lattice(words, self._pieces.longest)
        for length, hashes, ends in lattice.spans():
            places, spans = self._find(hashes)
            lattice.put(length, ends[spans], self._scores[places], self._pieces.ids[places])
        lattice.put_unknown(self._unknown_score, self._unknown)
        return lattice.best()

    def _find(self, hashes: Hashes) -> tuple[Numbers, Numbers]:
        """Where among the pieces some of the hashes stand, and which of them those are."""
        likely = np.flatnonzero(self._sieve[(hashes >> _SHIFT).astype(np.int64)])
        places = np.searchsorted(self._pieces.hashes, hashes[likely])
        places[places == len(self._pieces.hashes)] = 0
        found = self._pieces.hashes[places] == hashes[likely]
        return places[found], likely[found]


class _Lattice:
    """Which pieces may end at each character of some words, the longest word first."""

    def __init__(self, words: Sequence[str], longest: int) -> None:
        self._lengths = np.array([len(word) for word in words], dtype=np.int64)
        self._starts = np.cumsum(self._lengths) - self._lengths
        self._longest = longest
        joined = "".join(words)
        self._characters = _characters(joined)
        self._left = np.repeat(self._starts + self._lengths, self._lengths) - np.arange(len(joined))
        self._scores = np.full((len(joined), longest), _IMPOSSIBLE, dtype=np.float32)
        self._ids = np.zeros((len(joined), longest), dtype=np.int32)

    def spans(self) -> Iterator[tuple[int, Hashes, Numbers]]:
        """For each length of a piece: the hashes of all such spans, and their last characters."""
        starts = np.arange(len(self._characters))
        hashes = np.zeros(len(starts), dtype=np.uint64)
        for length in range(1, self._longest + 1):
            kept = self._left[starts] >= length
            starts, hashes = starts[kept], hashes[kept]
            ends = starts + length - 1
            hashes = _mix(hashes, self._characters[ends])
            yield length, hashes, ends

    def put(self, length: int, ends: Numbers, scores: Floats, ids: npt.NDArray[np.int32]) -> None:
        """Keep the pieces of one length that were found; longer ones stand before shorter ones."""
        self._scores[ends, self._longest - length] = scores
        self._ids[ends, self._longest - length] = ids

    def put_unknown(self, score: np.float32, piece: int) -> None:
        """Let every character that is no piece stand for itself."""
        alone = np.flatnonzero(self._scores[:, -1] == _IMPOSSIBLE)
        scores = np.full(len(alone), score, dtype=np.float32)
        self.put(1, alone, scores, np.full(len(alone), piece, dtype=np.int32))

    def best(self) -> Iterator[list[int]]:
        """The most probable pieces of each word (Viterbi); the longer one of two as probable."""
        chosen = np.zeros(len(self._characters), dtype=np.int64)
        steps = int(self._lengths[0]) if len(self._lengths) else 0
        sums = np.full((steps + self._longest, len(self._lengths)), _IMPOSSIBLE, dtype=np.float32)
        sums[self._longest - 1] = 0.0
        for step in range(steps):
            active = int(np.searchsorted(-self._lengths, -step, side="left"))
            here = self._starts[:active] + step
            totals = self._scores[here] + sums[step : step + self._longest, :active].T
            best = totals.argmax(axis=1)
            chosen[here] = best
            sums[step + self._longest, :active] = totals[np.arange(active), best]
        ids = self._ids[np.arange(len(chosen)), chosen].tolist()
        back = (self._longest - chosen).tolist()
        for start, length in zip(self._starts.tolist(), self._lengths.tolist(), strict=True):
            yield _walk(ids, back, start, length)


def _parts(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Words that fit together into a table of so many cells, the longest first."""
    start = 0
    while start < len(words):
        count = max(_CELLS // len(words[start]), 1)
        yield words[start : start + count]
        start += count


def _walk(ids: list[int], back: list[int], start: int, length: int) -> list[int]:
    """From the end of a word to its start, piece by piece."""
    pieces = []
    at = start + length - 1
    while at >= start:
        pieces.append(ids[at])
        at -= back[at]
    return pieces[::-1]


def _hash_pieces(pieces: Bytes, offsets: npt.NDArray[np.uint32]) -> tuple[Hashes, Numbers]:
    """The hash of each piece, and how many characters it has."""
    # The bytes with which a character goes on begin with the bits 10.
    before = np.append(0, np.cumsum((pieces & 0xC0) != 0x80))  # noqa: PLR2004 - see above
    characters = _characters(pieces.tobytes().decode())
    starts = before[offsets.astype(np.int64)]
    lengths = np.diff(starts)
    hashes = np.zeros(len(lengths), dtype=np.uint64)
    for length in range(int(lengths.max())):
        longer = np.flatnonzero(lengths > length)
        hashes[longer] = _mix(hashes[longer], characters[starts[longer] + length])
    return hashes, lengths


def _characters(text: str) -> Hashes:
    return np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint64)


def _mix(hashes: Hashes, characters: Hashes) -> Hashes:
    """The hashes of what was hashed with one character more."""
    mixed = (hashes ^ characters) * _FACTOR
    return mixed ^ (mixed >> np.uint64(29))
