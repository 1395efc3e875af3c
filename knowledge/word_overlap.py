"""What the words of a question say about passages, where they can speak.

Fully for units in the question's language, where missing the usual overlap also counts against a
passage, and only in favour of others (names and numbers are the same in every language).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.passage import Audience
from knowledge.passage_table import PassageTable

_Numbers = npt.NDArray[np.int64]
_Values = npt.NDArray[np.float32]

_CANDIDATES = 48
_UNITS = 192
"""Units among which these are looked for: a passage has one in each language it is asked in."""
_WEIGHT = 4.0
_USUAL_OVERLAP = 0.3
"""Chosen on XQuAD-R questions of even number (``helpdesk evaluate``); flat around these values."""
_FOREIGN_SHARE = 0.5
_FOREIGN_NOISE = 0.05


@dataclass(frozen=True, slots=True)
class Overlap:
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

    @property
    def evidence(self) -> _Values:
        """What it adds to the z of each row's best vector."""
        told = np.where(
            self.spoken,
            self.own - _USUAL_OVERLAP,
            _FOREIGN_SHARE * np.maximum(self.values - _FOREIGN_NOISE, 0),
        )
        evidence: _Values = np.float32(_WEIGHT) * told.astype(np.float32)
        return evidence


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a question say about each unit of the lexical index."""

    table: PassageTable
    scores: _Values
    speaks: npt.NDArray[np.bool_]

    def overlap(self, rows: _Numbers) -> Overlap:
        """What rows have in common with the question."""
        first = self.table.first_unit[rows]
        counts = self.table.first_unit[rows + 1] - first
        starts = np.cumsum(counts) - counts
        units = np.arange(counts.sum()) + np.repeat(first - starts, counts)
        if not len(rows):
            return Overlap(self.scores[:0], self.scores[:0], self.speaks[:0])
        scores, speaks = self.scores[units], self.speaks[units]
        return Overlap(
            np.maximum.reduceat(np.where(speaks, scores, 0), starts),
            np.maximum.reduceat(np.where(speaks, 0, scores), starts),
            np.logical_or.reduceat(speaks, starts),
        )

    def find_best(self, audience: Audience) -> _Numbers:
        """The rows of an audience that have most in common with the question."""
        units = self.table.units_of(audience)
        units = units[_highest(self.scores[units], _UNITS)]
        rows = np.unique(self.table.unit[units]).astype(np.int64)
        return rows[_highest(self.overlap(rows).values, _CANDIDATES)]


def _highest(values: _Values, count: int) -> _Numbers:
    """The places of the highest values above 0, in no order."""
    places = np.flatnonzero(values > 0)
    if len(places) <= count:
        return places
    return places[np.argpartition(values[places], len(places) - count)[-count:]]
