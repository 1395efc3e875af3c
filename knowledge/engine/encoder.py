"""Texts through the graph: divided, put together by length, run on all cores, and averaged."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from knowledge.embedding import Vectors
from knowledge.engine.graph import HIDDEN, POOLED, SHARES
from knowledge.engine.runtime import Session
from knowledge.engine.vocabulary import Numbers, Vocabulary
from knowledge.engine.weights import Floats, Weights

_TOKENS = 512
"""Tokens that go through the graph together: more is no quicker, and takes memory."""
_TEXTS = 1024
"""Texts of which the windows wait for others of their length: it bounds what is in memory."""
_FIRST, _DIVIDED = 16, 128
"""Texts that are divided at once, while windows of those before go through the graph: few at
first, because nothing goes through it until then."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text that the network reads at once."""

    text: int
    start: int
    pieces: list[int]

    @property
    def weight(self) -> int:
        """What it counts in the mean of its text."""
        return max(len(self.pieces), 1)


class Encoder:
    """The network with its vocabulary; safe to share by threads, and to use after a fork.

    Only windows of one length go through the graph together. There is nothing to pad, so that a
    text has the same vector alone and among others; and each batch is one core's work, so that two
    cores do twice as much, and no thread is left waiting afterwards.
    """

    def __init__(self, weights: Weights, vocabulary: Vocabulary, session: Session) -> None:
        """Take what :func:`knowledge.engine.loading.load_encoder` has put together."""
        self._weights = weights
        self._vocabulary = vocabulary
        self._session = session

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length of texts that begin with their prefix.

        A text that is longer than the window is read in parts, without overlap; the means of the
        parts count by their pieces, as in the package's own engine.
        """
        parts = [self._encode(texts[at : at + _TEXTS]) for at in range(0, len(texts), _TEXTS)]
        return np.concatenate([*parts, np.zeros((0, self._weights.width), dtype=np.float32)])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        sums = np.zeros((len(texts), self._weights.width), dtype=np.float32)
        found = self._run_all(_batches(self._windows(texts)))
        # In the order of the text, whatever was run first: sums of floats feel their order.
        for window, mean in sorted(found, key=lambda one: (one[0].text, one[0].start)):
            sums[window.text] += mean * window.weight
        unit: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit

    def _windows(self, texts: Sequence[str]) -> Iterator[list[Window]]:
        """The windows of some texts at a time."""
        room = self._weights.window - 2
        for begin, end in pairwise((0, *range(_FIRST, len(texts), _DIVIDED), len(texts))):
            yield [
                Window(number, start, pieces[start : start + room])
                for number, pieces in enumerate(self._vocabulary.divide(texts[begin:end]), begin)
                for start in range(0, max(len(pieces), 1), room)
            ]

    def _run_all(self, batches: Iterator[list[Window]]) -> list[tuple[Window, Floats]]:
        """Each window with its mean; the first batches are run while others are put together."""
        first, second = next(batches, []), next(batches, [])
        if not second:
            return self._run(first) if first else []
        every = chain([first, second], batches)
        with ThreadPoolExecutor(_cores(), "embedding") as pool:
            return list(chain.from_iterable(pool.map(self._run, every)))

    def _run(self, batch: Sequence[Window]) -> list[tuple[Window, Floats]]:
        """Each window with the mean of what the last layer makes of its tokens."""
        begin, end = self._weights.marks["begin"], self._weights.marks["end"]
        ids: Numbers = np.array([[begin, *window.pieces, end] for window in batch], dtype=np.int64)
        count, length = ids.shape
        shares = np.full((count, 1, length), 1 / length, dtype=np.float32)
        pooled = self._session.run({HIDDEN: self._weights.embed(ids), SHARES: shares}, POOLED)
        return list(zip(batch, pooled[:, 0], strict=True))


def _batches(portions: Iterator[list[Window]]) -> Iterator[list[Window]]:
    """Windows of one length: the first portion's, full batches as they come, then the rest."""
    waiting: dict[int, list[Window]] = defaultdict(list)
    for number, windows in enumerate(portions):
        for window in windows:
            length = len(window.pieces)
            waiting[length].append(window)
            if len(waiting[length]) == max(_TOKENS // (length + 2), 1):
                yield waiting.pop(length)
        if not number:
            yield from _longest_first(waiting)
            waiting.clear()
    yield from _longest_first(waiting)


def _longest_first(waiting: Mapping[int, list[Window]]) -> list[list[Window]]:
    return [waiting[length] for length in sorted(waiting, reverse=True)]


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
