"""Finding passages: dense and lexical evidence, made comparable across languages.

Each cosine is scored against the background of its group (see :mod:`knowledge.moments`). Lexical
evidence is added where it can speak: fully for units in the question's language, where missing the
usual overlap also counts against a passage, and only in favour of others (names and numbers are
the same in every language). Plain rank fusion is not used: across languages BM25 has nothing to
say and fusion listens to it all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder
from knowledge.moments import Background
from knowledge.neighbours import merge, nearest, read_cosines
from knowledge.normalisation import fold
from knowledge.parallel import begin
from knowledge.passage import Audience, Passage
from knowledge.passage_table import LivePassage, PassageTable
from knowledge.prior import background_of
from knowledge.shelf import ShelfReader
from knowledge.snapshot import Snapshot

_Numbers = npt.NDArray[np.int64]
_Values = npt.NDArray[np.float32]

_LEXICAL_CANDIDATES = 48
_LEXICAL_UNITS = 192
"""Units among which these are looked for: a passage has one in each language it is asked in."""
_WEIGHT = 4.0
_USUAL_OVERLAP = 0.3
"""Chosen on XQuAD-R questions of even number (``helpdesk evaluate``); flat around these values."""
_FOREIGN_SHARE = 0.5
_FOREIGN_NOISE = 0.05


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with the evidence for it.

    ``score`` ranks; ``z`` is how many standard deviations its best vector lies above unrelated
    texts; ``cosine`` is that vector's similarity; ``overlap`` the lexical score of its best unit;
    ``own`` tells whether it, or a question that it answers, is in the question's language.
    ``relevance``: the log odds that a reranker gives it, 0 where there is none.
    """

    passage: LivePassage
    score: float
    z: float
    cosine: float
    overlap: float
    own: bool
    relevance: float = 0.0

    @property
    def merit(self) -> float:
        """What orders hits."""
        return self.score + self.relevance


class Hits(Sequence[Hit]):
    """Hits, best first; each is put together when somebody looks at it, which most never do."""

    def __init__(self, table: PassageTable, found: "_Found") -> None:
        """Hits of the passages in ``found``."""
        self._table = table
        self._found = found
        ids = [table.ids[row] for row in found.rows.tolist()]
        ordered = sorted(zip((-found.scores).tolist(), ids, range(len(ids)), strict=True))
        self._order = [place for _, _, place in ordered]

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, number: int) -> Hit: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Hit]: ...
    def __getitem__(self, number: int | slice) -> Hit | Sequence[Hit]:
        """One hit, or several."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        found, place = self._found, self._order[number]
        return Hit(
            passage=self._table.passage(int(found.rows[place])),
            score=float(found.scores[place]),
            z=float(found.zs[place]),
            cosine=float(found.cosines[place]),
            overlap=float(found.overlaps[place]),
            own=bool(found.own[place]),
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hits, best first, with what they were found by.

    ``language`` is the question's; ``known`` is the share of its words that occur on the shelf;
    ``expected`` holds mean and standard deviation of the question's cosine by background group.
    """

    hits: Sequence[Hit]
    snapshot: Snapshot
    vector: npt.NDArray[np.float32]
    expected: Mapping[str, tuple[float, float]]
    known: float
    language: str

    def read(self, hits: Sequence[Hit]) -> list[Passage]:
        """The passages of hits, in full."""
        return self.read_live([hit.passage for hit in hits])

    def read_live(self, passages: Sequence[LivePassage]) -> list[Passage]:
        """Passages of the same generation, in full."""
        return self.snapshot.read(passages)

    def cosines_of(self, passages: Sequence[LivePassage]) -> dict[str, float]:
        """The question's cosine with every vector of these passages, by record id."""
        rows = np.asarray([self.snapshot.table.rows[one.id] for one in passages], dtype=np.int64)
        cosines = read_cosines(self.snapshot, self.vector, rows)
        return dict(zip((key for one in passages for key in one.records), cosines, strict=True))

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
        day: date | None = None,
    ) -> Ranking:
        """Rank the passages that ``audiences`` may see. ``vector`` spares a second embedding.

        Of copies one is ranked, which holds on ``day`` if one does.
        """
        snapshot, store = self._reader.current()
        asked = self._embedder.embed_questions([fold(question)])[0] if vector is None else vector
        # The search among vectors leaves the interpreter to what is done meanwhile.
        searching = begin(lambda: [nearest(snapshot, store, asked, one) for one in audiences])
        lexical = snapshot.lexical.score(question)
        words = _Words(snapshot.table, lexical.values, snapshot.table.speaks(language))
        alike = [words.find_best(one) for one in audiences]
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *alike])
        near = searching()
        records, cosines = merge(near, snapshot.table, rows, read_cosines(snapshot, asked, rows))
        expected = self._background_of(snapshot).expected(asked)
        best = _best_records(snapshot.table, records, cosines, expected)
        best = best.without(snapshot.links.rows_giving_way(snapshot.table, audiences, day))
        hits = Hits(snapshot.table, words.overlap(best.rows).add_to(best))
        return Ranking(hits, snapshot, asked, expected, lexical.known, language)

    def _background_of(self, snapshot: Snapshot) -> Background:
        if self._background is None or self._background[0] != snapshot.generation:
            background = background_of(snapshot.moments, snapshot.fingerprint)
            self._background = (snapshot.generation, background)
        return self._background[1]


@dataclass(frozen=True, slots=True)
class _Best:
    """The best vector of each row that was found, as z and as cosine."""

    rows: _Numbers
    zs: _Values
    cosines: _Values

    def without(self, rows: _Numbers) -> "_Best":
        """The same without these rows."""
        if not len(rows):
            return self
        kept = ~np.isin(self.rows, rows)
        return _Best(self.rows[kept], self.zs[kept], self.cosines[kept])


@dataclass(frozen=True, slots=True)
class _Found:
    """The evidence for each row that was found; see ``Hit``."""

    rows: _Numbers
    scores: _Values
    zs: _Values
    cosines: _Values
    overlaps: _Values
    own: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Overlap:
    """By row: the highest lexical score of its units in the question's language, and of the others.

    ``spoken``: whether it has units in the question's language at all.
    """

    own: _Values
    other: _Values
    spoken: npt.NDArray[np.bool_]

    @property
    def values(self) -> _Values:
        """What counts: the own language where it says anything."""
        return np.where(self.own > 0, self.own, self.other)

    def add_to(self, best: _Best) -> _Found:
        """Score rows by their best vectors and what they have in common with the question."""
        evidence = np.where(
            self.spoken,
            self.own - _USUAL_OVERLAP,
            _FOREIGN_SHARE * np.maximum(self.values - _FOREIGN_NOISE, 0),
        )
        scores = best.zs + np.float32(_WEIGHT) * evidence.astype(np.float32)
        return _Found(best.rows, scores, best.zs, best.cosines, self.values, self.spoken)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a question say about each unit of the lexical index."""

    table: PassageTable
    scores: _Values
    speaks: npt.NDArray[np.bool_]

    def overlap(self, rows: _Numbers) -> _Overlap:
        """What rows have in common with the question."""
        first = self.table.first_unit[rows]
        counts = self.table.first_unit[rows + 1] - first
        starts = np.cumsum(counts) - counts
        units = np.arange(counts.sum()) + np.repeat(first - starts, counts)
        if not len(rows):
            return _Overlap(self.scores[:0], self.scores[:0], self.speaks[:0])
        scores, speaks = self.scores[units], self.speaks[units]
        return _Overlap(
            np.maximum.reduceat(np.where(speaks, scores, 0), starts),
            np.maximum.reduceat(np.where(speaks, 0, scores), starts),
            np.logical_or.reduceat(speaks, starts),
        )

    def find_best(self, audience: Audience) -> _Numbers:
        """The rows of an audience that have most in common with the question."""
        units = self.table.units_of(audience)
        units = units[_highest(self.scores[units], _LEXICAL_UNITS)]
        rows = np.unique(self.table.unit[units]).astype(np.int64)
        return rows[_highest(self.overlap(rows).values, _LEXICAL_CANDIDATES)]


def _highest(values: _Values, count: int) -> _Numbers:
    """The places of the highest values above 0, in no order."""
    places = np.flatnonzero(values > 0)
    if len(places) <= count:
        return places
    return places[np.argpartition(values[places], len(places) - count)[-count:]]


def _best_records(
    table: PassageTable,
    records: _Numbers,
    cosines: _Values,
    expected: Mapping[str, tuple[float, float]],
) -> _Best:
    """The highest z of each row that has any of these records, and that record's cosine."""
    rows = np.searchsorted(table.first, records, side="right") - 1
    means, deviations = np.ones((2, len(table.names)), dtype=np.float32)
    for group in np.unique(table.group[records]):
        means[group], deviations[group] = expected[table.names[group]]
    groups = table.group[records]
    zs = (cosines - means[groups]) / deviations[groups]
    order = np.lexsort((cosines, zs, rows))
    last = order[np.append(np.diff(rows[order]) > 0, True)] if len(order) else order
    return _Best(rows[last], zs[last], cosines[last])
