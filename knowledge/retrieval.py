"""Finding passages: dense and lexical evidence, made comparable across languages.

Each cosine is scored against the background of its group (see :mod:`knowledge.moments`). Lexical
evidence is added where it can speak (:mod:`knowledge.word_overlap`). Plain rank fusion is not used:
across languages BM25 has nothing to say and fusion listens to it all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder, Vectors
from knowledge.moments import Background
from knowledge.neighbours import NeighbourSearch, merge, read_cosines
from knowledge.normalisation import fold
from knowledge.passage import Audience
from knowledge.passage_table import PassageTable
from knowledge.prior import background_of
from knowledge.ranking import Hits, Ranking, Scored
from knowledge.shelf import ShelfReader
from knowledge.snapshot import Snapshot
from knowledge.word_overlap import Overlap, Words

_Numbers = npt.NDArray[np.int64]
_Values = npt.NDArray[np.float32]


class Retriever:
    """Searches one shelf."""

    def __init__(self, reader: ShelfReader, embedder: Embedder) -> None:
        """Use the shelf behind ``reader`` with the embedder it was stocked with."""
        self._reader = reader
        self._embedder = embedder
        self._background: tuple[int, Background] | None = None
        self._neighbours = NeighbourSearch()

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
        searching = self._neighbours.begin(snapshot, store, asked, audiences)
        # What is done until its result is wanted goes on beside the search among vectors.
        lexical = snapshot.lexical.score(question)
        words = Words(snapshot.table, lexical.values, snapshot.table.speaks(language))
        alike = [words.find_best(one) for one in audiences]
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *alike])
        cosines = read_cosines(snapshot, asked, rows)
        expected = self._background_of(snapshot).expected(asked)
        expected.prepare(snapshot.table.groups_of(rows))
        best = _best_records(
            snapshot.table, *merge(searching(), snapshot.table, rows, cosines), expected
        )
        best = best.without(snapshot.links.rows_giving_way(snapshot.table, audiences, day))
        hits = Hits(snapshot.table, best.score(words.overlap(best.rows)))
        return Ranking(hits, snapshot, asked, expected, lexical.known, language)

    def look_ahead(self, vectors: Vectors, audience: Audience) -> None:
        """Search among the vectors of an audience for many questions that are to be ranked.

        All at once take a third of the time. ``vectors`` are those of the questions.
        """
        self._neighbours.look_ahead(*self._reader.current(), vectors, audience)

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

    def score(self, overlap: Overlap) -> Scored:
        """Each row by its best vector and what it has in common with the question."""
        scores = self.zs + overlap.evidence
        return Scored(self.rows, scores, self.zs, self.cosines, overlap.values, overlap.spoken)


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
