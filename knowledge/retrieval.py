"""Finding passages: dense and lexical evidence, made comparable across languages.

Each cosine is scored against the background of its group (see :mod:`knowledge.moments`). Lexical
evidence is added where it can speak: fully for units in the question's language, where missing the
usual overlap also counts against a passage, and only in favour of others (names and numbers are
the same in every language). Plain rank fusion is not used: across languages BM25 has nothing to
say and fusion listens to it all the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.chroma import VectorStore
from knowledge.embedding import Embedder
from knowledge.language import base
from knowledge.lexical import LexicalScores
from knowledge.moments import Background
from knowledge.normalisation import fold
from knowledge.passage import Audience, Passage
from knowledge.prior import background_of
from knowledge.shelf import ShelfReader, read_passages
from knowledge.snapshot import LivePassage, Snapshot

_NEIGHBOURS = 96
_LEXICAL_CANDIDATES = 48
_WEIGHT = 4.0
_USUAL_OVERLAP = 0.3
"""Chosen on XQuAD-R questions of even number (``helpdesk evaluate``); flat around these values."""
_FOREIGN_SHARE = 0.5
_FOREIGN_NOISE = 0.05


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the evidence for it.

    ``score`` ranks; ``z`` is how many standard deviations its best vector lies above unrelated
    texts; ``cosine`` is that vector's similarity; ``overlap`` the lexical score of its best unit.
    """

    passage: LivePassage
    score: float
    z: float
    cosine: float
    overlap: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits, best first, with what they were found by.

    ``known`` is the share of the question's words that occur on the shelf; ``expected`` holds mean
    and standard deviation of the question's cosine by background group.
    """

    hits: tuple[Hit, ...]
    snapshot: Snapshot
    store: VectorStore
    vector: npt.NDArray[np.float32]
    expected: Mapping[str, tuple[float, float]]
    known: float

    def read(self, hits: Sequence[Hit]) -> list[Passage]:
        """The passages of hits, in full."""
        return self.read_live([hit.passage for hit in hits])

    def read_live(self, passages: Sequence[LivePassage]) -> list[Passage]:
        """Passages of the same generation, in full."""
        return read_passages(self.store, passages)

    def cosines_of(self, passages: Sequence[LivePassage]) -> dict[str, float]:
        """The question's cosine with every vector of these passages, by record id."""
        found: dict[str, float] = {}
        for audience in {passage.audience for passage in passages}:
            ids = [key for p in passages if p.audience is audience for key in p.records]
            stored = self.store.vectors(audience, ids)
            found |= {key: float(self.vector @ other) for key, other in stored.items()}
        return found

    def standardise(self, cosine: float, name: str) -> float:
        """How many standard deviations a cosine lies above its background group."""
        mean, deviation = self.expected[name]
        return (cosine - mean) / deviation


class Retriever:
    """Searches one shelf."""

    def __init__(self, reader: ShelfReader, embedder: Embedder) -> None:
        """Use the shelf behind ``reader`` with the embedder it was stocked with."""
        self._reader = reader
        self._embedder = embedder
        self._background: tuple[int, Background] | None = None

    def rank(
        self,
        question: str,
        *,
        language: str,
        audiences: Sequence[Audience],
        vector: npt.NDArray[np.float32] | None = None,
    ) -> Ranking:
        """Rank the passages that ``audiences`` may see. ``vector`` spares a second embedding."""
        snapshot, store = self._reader.current()
        if vector is None:
            vector = self._embedder.embed_questions([fold(question)])[0]
        lexical = snapshot.lexical.score(question)
        overlaps = _overlaps(snapshot, lexical, language, audiences)
        cosines = self._cosines(snapshot, store, vector, audiences, overlaps)
        expected = self._background_of(snapshot).expected(vector)
        best = _best_vectors(snapshot, cosines, expected)
        hits = [
            _hit(passage, found, overlaps.get(passage), language) for passage, found in best.items()
        ]
        ordered = sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))
        return Ranking(tuple(ordered), snapshot, store, vector, expected, lexical.known)

    def _background_of(self, snapshot: Snapshot) -> Background:
        if self._background is None or self._background[0] != snapshot.generation:
            background = background_of(snapshot.moments, snapshot.fingerprint)
            self._background = (snapshot.generation, background)
        return self._background[1]

    @staticmethod
    def _cosines(
        snapshot: Snapshot,
        store: VectorStore,
        vector: npt.NDArray[np.float32],
        audiences: Sequence[Audience],
        overlaps: Mapping[LivePassage, "Overlap"],
    ) -> dict[str, float]:
        """Cosines by record id: the nearest vectors, and those of lexical candidates."""
        cosines: dict[str, float] = {}
        occupied = {passage.audience for passage in snapshot.passages.values()}
        for audience in (a for a in audiences if a in occupied):
            cosines |= store.nearest(audience, vector, _NEIGHBOURS)
            best = sorted(
                (p for p in overlaps if p.audience is audience), key=lambda p: -overlaps[p].value
            )[:_LEXICAL_CANDIDATES]
            missing = [record for p in best for record in p.records if record not in cosines]
            if missing:
                stored = store.vectors(audience, missing)
                cosines |= {key: float(vector @ other) for key, other in stored.items()}
        return cosines


@dataclass(frozen=True, slots=True)
class Overlap:
    """The lexical score of a passage's best unit; ``own``: it speaks the question's language."""

    value: float
    own: bool


def _overlaps(
    snapshot: Snapshot, lexical: LexicalScores, language: str, audiences: Iterable[Audience]
) -> dict[LivePassage, Overlap]:
    """Overlaps of the passages that have any, readers' walls applied."""
    allowed = set(audiences)
    found: dict[LivePassage, Overlap] = {}
    for index in np.flatnonzero(lexical.values):
        unit = snapshot.units[int(index)]
        if unit.passage.audience not in allowed:
            continue
        value, own = float(lexical.values[index]), base(unit.language) == base(language)
        known = found.get(unit.passage)
        if known is None or (own, value) > (known.own, known.value):
            found[unit.passage] = Overlap(value, own)
    return found


def _best_vectors(
    snapshot: Snapshot,
    cosines: Mapping[str, float],
    expected: Mapping[str, tuple[float, float]],
) -> dict[LivePassage, tuple[float, float]]:
    """Each live passage's highest z and that vector's cosine."""
    best: dict[LivePassage, tuple[float, float]] = {}
    for record, cosine in cosines.items():
        passage = snapshot.passages.get(record.rsplit("~", 1)[0]) or snapshot.passages.get(record)
        group = passage.records.get(record) if passage else None
        if passage is None or group is None:
            continue  # left over from an older generation, or not yet part of this one
        mean, deviation = expected[group]
        z = (cosine - mean) / deviation
        best[passage] = max(best.get(passage, (z, cosine)), (z, cosine))
    return best


def _hit(
    passage: LivePassage, found: tuple[float, float], overlap: Overlap | None, language: str
) -> Hit:
    z, cosine = found
    value = overlap.value if overlap else 0.0
    spoken = {base(passage.language), *(base(variant) for variant in passage.variants)}
    if base(language) in spoken:
        evidence = (value if overlap and overlap.own else 0.0) - _USUAL_OVERLAP
    else:
        evidence = _FOREIGN_SHARE * max(value - _FOREIGN_NOISE, 0.0)
    return Hit(passage, z + _WEIGHT * evidence, z, cosine, value)
