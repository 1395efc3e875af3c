"""What a search finds: hits in their order, with what they were found by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

from knowledge.neighbours import read_cosines
from knowledge.passage import Passage
from knowledge.passage_table import LivePassage, PassageTable
from knowledge.snapshot import Snapshot

_Numbers = npt.NDArray[np.int64]
_Values = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scored:
    """The evidence for each row that was found; see ``Hit``."""

    rows: _Numbers
    scores: _Values
    zs: _Values
    cosines: _Values
    overlaps: _Values
    own: npt.NDArray[np.bool_]


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

    def __init__(self, table: PassageTable, found: Scored) -> None:
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
