"""Two texts in two languages: what lies beside what, and whether it can be the same."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from knowledge.dates import PartialDate
from knowledge.grounding.clauses import DENYING
from knowledge.grounding.operators import read_marks
from knowledge.grounding.statement import read_quantities
from knowledge.passage import Passage
from knowledge.subjects import name_subjects

_NEAR = 0.15
"""From this cosine on a passage may lie beside another."""
_SMALL = 12
"""Counts up to it are written as words or left out: "one of them"."""
_YEARS = range(1900, 2101)
_TOLD = frozenset({"district", "place", "country", "visa", "tier"})
"""What a passage must not name where its translation names another."""
_WHERE = frozenset({"district", "place", "country"})
_OFTEN = (2, 0.3)
"""So many passages, and such a share of them, name what a document is about."""

Fact = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Facts:
    """The figures and dates of a text, with what it names, in a form that all languages share."""

    figures: Counter[Fact] = field(default_factory=Counter)
    names: frozenset[str] = frozenset()
    denials: int = 0
    dated: frozenset[tuple[str, date]] = frozenset()

    def __add__(self, other: "Facts") -> "Facts":
        return Facts(
            self.figures + other.figures,
            self.names | other.names,
            self.denials + other.denials,
            self.dated | other.dated,
        )

    @property
    def count(self) -> int:
        """How many figures there are."""
        return sum(self.figures.values())

    def shared(self, other: "Facts") -> float:
        """How many of the figures both have, 0 to 1 (Dice)."""
        both = sum((self.figures & other.figures).values())
        return 2 * both / max(self.count + other.count, 1)

    def contradicts(self, other: "Facts") -> bool:
        """Whether each has something of a kind that the other has not."""
        mine, theirs = self.differing(other), other.differing(self)
        return bool({kind for kind, _ in mine} & {kind for kind, _ in theirs})

    def contradicts_dates(self, other: "Facts") -> bool:
        """Whether both say of themselves that they are of another day."""
        mine, theirs = dict(self.dated), dict(other.dated)
        return any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys())

    def agrees(self, other: "Facts") -> bool:
        """Whether both name the same places, deny as often, and differ in no figure.

        A figure may stand in one of them alone: a reader overlooks one.
        """
        if self.denials != other.denials or self.places != other.places:
            return False
        return not (self.differing(other) and other.differing(self))

    @property
    def places(self) -> frozenset[str]:
        """The countries, towns and districts that are named."""
        return frozenset(tag for tag in self.names if tag.partition(":")[0] in _WHERE)

    def differing(self, other: "Facts") -> set[Fact]:
        """The figures and names that the other one has not."""
        named: Iterable[Fact] = (
            (kind, key)
            for kind, _, key in (tag.partition(":") for tag in self.names - other.names)
            if kind in _TOLD
        )
        return {*(self.figures - other.figures), *named}


def read_facts(passage: Passage) -> Facts:
    """Read a passage."""
    said = read_quantities(passage.text, passage.language)
    figures: Counter[Fact] = Counter()
    for figure in said.figures:
        unit, value = figure.plain
        if unit == "count" and value in _YEARS:
            figures["date", (int(value), 0, 0)] += 1
        elif unit != "count" or value > _SMALL:
            figures[unit, value] += 1
    for day in said.dates:
        figures["date", (day.year or 0, day.month or 0, day.day or 0)] += 1
    source = passage.provenance
    days = {"from": source.effective_from, "to": source.effective_to}
    return Facts(
        figures,
        name_subjects(passage.text, passage.language).tags,
        sum(mark.kind in DENYING for mark in read_marks(said.bare)),
        frozenset((name, _day(day)) for name, day in days.items() if day),
    )


def of_another_place(mine: Sequence[Facts], theirs: Sequence[Facts]) -> bool:
    """Whether one of two documents names a place again and again that the other never names."""
    return any(_names_alone(one, other) for one, other in ((mine, theirs), (theirs, mine)))


def _names_alone(some: Sequence[Facts], others: Sequence[Facts]) -> bool:
    named = Counter(place for each in some for place in each.places)
    known = frozenset(place for each in others for place in each.places)
    often = max(_OFTEN[0], _OFTEN[1] * len(some))
    return any(count >= often for place, count in named.items() if place not in known)


def align(cosines: npt.NDArray[np.float32]) -> tuple[list[tuple[int, int]], float]:
    """Lay passages beside each other in order; return the pairs and how near they lie on average.

    ``cosines`` has the shape (passages of the one, of the other). Method: the alignment of two
    sequences with the highest sum (Needleman and Wunsch 1970) without a cost for gaps.
    """
    rows, columns = cosines.shape
    gain = np.maximum(cosines - _NEAR, 0)
    best = np.zeros((rows + 1, columns + 1))
    for here in range(rows):
        for there in range(columns):
            best[here + 1, there + 1] = max(
                best[here, there] + gain[here, there], best[here, there + 1], best[here + 1, there]
            )
    pairs: list[tuple[int, int]] = []
    here, there = rows, columns
    while here and there:
        if best[here, there] == best[here - 1, there]:
            here -= 1
        elif best[here, there] == best[here, there - 1]:
            there -= 1
        else:
            here, there = here - 1, there - 1
            pairs.append((here, there))
    near = sum(float(cosines[pair]) for pair in pairs)
    return pairs[::-1], 2 * near / max(rows + columns, 1)


def _day(day: PartialDate) -> date:
    return day.first_day
