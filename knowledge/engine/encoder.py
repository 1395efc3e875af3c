"""Texts through the graph: divided, put together by length, run on all cores, and averaged."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from knowledge.embedding import Vectors
from knowledge.engine.graph import HIDDEN, POOLED, SHARES
from knowledge.engine.runtime import Session
from knowledge.engine.vocabulary import Numbers, Vocabulary
from knowledge.engine.weights import Floats, Weights

_TOKENS = 512
"""Tokens that go through the graph together: more is no quicker, and takes memory."""
_TEXTS = 1024
"""Texts that are divided together, which bounds what waits in memory: more than ingest gives."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text that the network reads at once."""

    text: int
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
        batches = list(_batches(self._windows(texts)))
        for batch, means in zip(batches, self._run_all(batches), strict=True):
            for window, mean in zip(batch, means, strict=True):
                sums[window.text] += mean * window.weight
        unit: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit

    def _windows(self, texts: Sequence[str]) -> Iterator[Window]:
        room = self._weights.window - 2
        for number, pieces in enumerate(self._vocabulary.divide(texts)):
            for start in range(0, max(len(pieces), 1), room):
                yield Window(number, pieces[start : start + room])

    def _run_all(self, batches: Sequence[Sequence[Window]]) -> Iterator[Floats]:
        """The means of each batch, in the order of the batches."""
        workers = min(len(batches), _cores())
        if workers <= 1:
            return map(self._run, batches)
        with ThreadPoolExecutor(workers, "embedding") as pool:
            return iter(list(pool.map(self._run, batches)))

    def _run(self, batch: Sequence[Window]) -> Floats:
        """The mean of what the last layer makes of the tokens, shape (windows, width)."""
        begin, end = self._weights.marks["begin"], self._weights.marks["end"]
        ids: Numbers = np.array([[begin, *window.pieces, end] for window in batch], dtype=np.int64)
        count, length = ids.shape
        shares = np.full((count, 1, length), 1 / length, dtype=np.float32)
        pooled = self._session.run({HIDDEN: self._weights.embed(ids), SHARES: shares}, POOLED)
        means: Floats = pooled[:, 0]
        return means


def _batches(windows: Iterator[Window]) -> Iterator[list[Window]]:
    """Windows of one length, longest first."""
    by_length: dict[int, list[Window]] = defaultdict(list)
    for window in windows:
        by_length[len(window.pieces)].append(window)
    for length in sorted(by_length, reverse=True):
        some, size = by_length[length], max(_TOKENS // (length + 2), 1)
        yield from (some[at : at + size] for at in range(0, len(some), size))


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
