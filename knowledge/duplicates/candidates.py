"""Which passages may stand in which documents, from their fingerprints alone.

The work grows with the shelf, not with its square: of a fingerprint that many passages have, only
those that would be served first are looked at.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.duplicates.sketch import Sketch

_Numbers = npt.NDArray[np.int64]

_SERVED_FIRST = 8
"""So many passages of each audience are looked at for a fingerprint."""
SHARED = 0.5
"""The share of a passage's fingerprints that a document must have."""
TRACE = 0.1
"""A row with so little of what the best one has is not looked at."""
_RARE = 3
"""With so many fingerprints that few other passages have, the rest does not count."""
_DOCUMENTS = 12
_BLOCK = 2000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may stand in a document; the rows there that have something of it, most first.

    ``whole``: whether all of these rows were looked at.
    """

    row: int
    document: int
    rows: tuple[int, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Shelved:
    """The rows of a shelf in columns: document, audience, sketch, and whether they are new."""

    document: npt.NDArray[np.int32]
    audience: npt.NDArray[np.int32]
    fresh: npt.NDArray[np.bool_]
    sketches: Sequence[Sketch]


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    """Fingerprints with the rows that have them, ascending.

    ``common``: those of which rows are left out; ``touched``: all rows that have any.
    """

    prints: npt.NDArray[np.uint32]
    rows: _Numbers
    common: npt.NDArray[np.uint32]
    touched: _Numbers

    @classmethod
    def build(cls, shelved: Shelved, order: _Numbers) -> "_Index":
        """Index what new rows have, too; ``order`` is the place of each row among the served."""
        counts = [len(each.prints) for each in shelved.sketches]
        rows = np.repeat(np.arange(len(counts)), counts)
        prints = _joined([each.prints for each in shelved.sketches])
        if not shelved.fresh.all():
            new = np.isin(prints, np.unique(prints[shelved.fresh[rows]]))
            rows, prints = rows[new], prints[new]
        sort = np.lexsort((order[rows], shelved.audience[rows], prints))
        prints, rows = prints[sort], rows[sort]
        walls = shelved.audience[rows]
        begins = np.ones(len(prints), dtype=bool)
        begins[1:] = (np.diff(prints) != 0) | (np.diff(walls) != 0)
        starts = np.flatnonzero(begins)
        within = np.arange(len(prints)) - np.repeat(starts, np.diff([*starts, len(prints)]))
        kept = within < _SERVED_FIRST
        return cls(prints[kept], rows[kept], np.unique(prints[~kept]), np.unique(rows))

    def only(self, chosen: npt.NDArray[np.bool_]) -> "_Index":
        """The index of some rows."""
        kept = chosen[self.rows]
        return _Index(self.prints[kept], self.rows[kept], self.common, self.touched)

    def find(self, prints: npt.NDArray[np.uint32]) -> tuple[_Numbers, _Numbers]:
        """For each fingerprint the rows that have it: places in ``prints``, and rows."""
        starts = np.searchsorted(self.prints, prints)
        counts = np.searchsorted(self.prints, prints, side="right") - starts
        places = np.repeat(np.arange(len(prints)), counts)
        firsts = np.repeat(starts - (np.cumsum(counts) - counts), counts)
        return places, self.rows[firsts + np.arange(counts.sum())]


def find_candidates(shelved: Shelved) -> Iterator[Candidate]:
    """Pairs of which one side at least is new."""
    if not shelved.fresh.any():
        return
    ranks = np.asarray([each.rank for each in shelved.sketches], dtype=np.int64)
    order = np.argsort(np.lexsort((shelved.document, ranks)))
    index = _Index.build(shelved, order)
    touched = np.zeros(len(ranks), dtype=bool)
    touched[index.touched] = True
    for rows, targets in (
        (np.flatnonzero(shelved.fresh), index),
        (np.flatnonzero(touched & ~shelved.fresh), index.only(shelved.fresh)),
    ):
        for start in range(0, len(rows), _BLOCK):
            yield from _search(rows[start : start + _BLOCK], targets, shelved, order)


def _search(
    rows: _Numbers, index: _Index, shelved: Shelved, order: _Numbers
) -> Iterator[Candidate]:
    sketches = [shelved.sketches[row] for row in rows]
    counts = [len(each.prints) for each in sketches]
    owners, prints = np.repeat(rows, counts), _joined([each.prints for each in sketches])
    places, found = index.find(prints)
    elsewhere = shelved.document[owners[places]] != shelved.document[found]
    places, found = places[elsewhere], found[elsewhere]
    common = np.isin(prints, index.common)
    telling = np.zeros(len(prints), dtype=bool)
    telling[places] = True  # what stands nowhere else tells nothing
    rare = np.asarray(_sums(telling & ~common, counts))
    few = rare < _RARE
    needed = SHARED * np.where(few, counts, rare)
    most = np.asarray(_sums(common, counts))
    needed = np.maximum(needed, np.where(few, 0, SHARED * np.asarray(counts) - most))
    chosen = (~common | np.repeat(few, counts))[places]
    places, found = places[chosen], found[chosen]
    chosen = _are_enough(places, shelved.document[found], owners, np.repeat(needed, counts))
    places, found = places[chosen], found[chosen]
    shared: dict[tuple[int, int], _Shared] = {}
    pairs = zip(owners[places].tolist(), shelved.document[found].tolist(), strict=True)
    for pair, place, target in zip(pairs, places.tolist(), found.tolist(), strict=True):
        some = shared.get(pair)
        if some is None:
            some = shared[pair] = _Shared(set(), Counter())
        some.prints.add(place)
        some.rows[target] += 1
    least = dict(zip(rows.tolist(), needed.tolist(), strict=True))
    whole = dict(zip(rows.tolist(), (most == 0).tolist(), strict=True))
    enough: dict[int, list[tuple[int, int, Candidate]]] = {}
    for (row, document), some in shared.items():
        if len(some.prints) >= least[row]:
            place = int(order[list(some.rows)].min())
            candidate = Candidate(row, document, some.telling_rows(), whole[row])
            enough.setdefault(row, []).append((-len(some.prints), place, candidate))
    for listed in enough.values():
        best = sorted(listed, key=lambda one: one[:2])[:_DOCUMENTS]
        yield from (candidate for _, _, candidate in best)


def _are_enough(
    places: _Numbers,
    documents: npt.NDArray[np.int32],
    owners: _Numbers,
    needed: npt.NDArray[np.float64],
) -> npt.NDArray[np.bool_]:
    """Which finds are of a row and a document that have enough different fingerprints in common.

    Of each find there are its fingerprint's place and its document; ``owners`` and ``needed`` say
    of each place whose it is and how many that one needs.
    """
    size = max(len(owners), 1)
    pairs = owners[places] * (int(documents.max(initial=0)) + 1) + documents
    distinct, counts = np.unique(np.unique(pairs * size + places) // size, return_counts=True)
    if not len(distinct):
        return np.zeros(0, dtype=bool)
    enough: npt.NDArray[np.bool_] = counts[np.searchsorted(distinct, pairs)] >= needed[places]
    return enough


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a passage has in common with a document: its fingerprints, and the rows there."""

    prints: set[int]
    rows: Counter[int]

    def telling_rows(self) -> tuple[int, ...]:
        """The rows that have more than a trace of it, most first."""
        listed = self.rows.most_common()
        return tuple(row for row, count in listed if count >= TRACE * listed[0][1])


def _sums(values: npt.NDArray[np.bool_], counts: Sequence[int]) -> list[int]:
    """The sums of neighbouring values, so many at a time."""
    totals = np.concatenate([[0], np.cumsum(values)])
    ends = np.cumsum(counts)
    sums = totals[ends] - totals[ends - np.asarray(counts, dtype=np.int64)]
    return [int(one) for one in sums]


def _joined(prints: Sequence[npt.NDArray[np.uint32]]) -> npt.NDArray[np.uint32]:
    return np.concatenate([np.zeros(0, dtype=np.uint32), *prints])
