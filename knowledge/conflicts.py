"""Whether two sources that both answer a question say different things.

Which of them is right a person must say. Two sentences are compared when they say nearly the same
in words and name the same countries, tiers and years; they disagree when no amount, share, length
of time, age or day that the question asks for is the same in both, or when one denies what the
other affirms in the same words. Figures are read by :mod:`knowledge.grounding`, which knows them in
every language; between two languages the things that are named stand for the words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.asked_kind import Kind, mentioned_kinds
from knowledge.assertions import (
    Assertion,
    by_class,
    differing,
    of_other_years,
    overlap,
    read_assertions,
)
from knowledge.grounding.clauses import DENYING
from knowledge.language import base
from knowledge.passage import Passage

Likeness = Callable[[str, str], float]
"""Two texts to how much of the words of each occur in the other, 0 to 1."""

ALIKE = 0.65
"""How alike two sentences must be, without their figures, to speak of one thing. Two sums for two
things in one policy reach .61 on the starter knowledge, the same thing said anew .7 and more."""
_LEAST = 0.4
"""Less alike with their figures, two sentences are not looked at closely."""
_SAME = 0.9
"""The same for a denial, where nothing but a word may differ."""
_ALIKE_ABROAD = 0.52
_SHARED = 3
"""Between two languages: how much of what either names both must name, and how many things."""
_CLASSES = {
    Kind.MONEY: "money",
    Kind.PRICE: "money",
    Kind.SHARE: "share",
    Kind.DURATION: "time",
    Kind.CLOCK: "time",
    Kind.AGE: "age",
    Kind.DATE: "day",
}
ALL_CLASSES = frozenset({"money", "share", "time", "age", "day"})
_ALWAYS = ALL_CLASSES - {"day"}
"""What is compared where a question does not say what it asks for."""


class Source(Protocol):
    """What may answer, in one language or in several; a candidate is one."""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Its passages in all languages."""

    @property
    def passage(self) -> Passage:
        """The one that was hit."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sentences, each with its passage, that cannot both be right."""

    one: tuple[Passage, str]
    other: tuple[Passage, str]


def find_disagreement(
    best: Source, rivals: Sequence[Source], question: str, likeness: Likeness
) -> Disagreement | None:
    """Return what the best candidate and another one disagree about, if they do."""
    asked = mentioned_kinds(question)
    for rival in rivals:
        found = compare(*_pair(best, rival), likeness, asked)
        if found:
            return found
    return None


def compare(
    one: Passage, other: Passage, likeness: Likeness, asked: frozenset[Kind]
) -> Disagreement | None:
    """Return the first two sentences that disagree about what is ``asked``.

    Where a permission is asked for also two of which one denies what the other affirms.
    """
    wanted, permission = _wanted(asked), Kind.PERMISSION in asked
    for mine, theirs in _comparable(one, other):
        abroad = base(mine.language) != base(theirs.language)
        if abroad and not _figures_differ(mine, theirs, wanted, same=False):
            continue  # nothing else counts there, and telling what both name takes longest
        alike = likeness_of(mine, theirs, likeness)
        if alike < ALIKE:
            continue
        differ = _figures_differ(mine, theirs, wanted, same=alike >= _SAME)
        turned = alike >= _SAME and _denies(mine) != _denies(theirs)
        if differ or (turned and permission):
            return Disagreement((one, mine.text), (other, theirs.text))
    return None


def _wanted(asked: frozenset[Kind]) -> frozenset[str]:
    """The classes of figures that a question asks for."""
    return frozenset(_CLASSES[kind] for kind in asked if kind in _CLASSES) or _ALWAYS


def _pair(best: Source, rival: Source) -> tuple[Passage, Passage]:
    """The passages to compare: two in one language, or else those that were hit."""
    for one in best.passages:
        for other in rival.passages:
            if one.language == other.language:
                return one, other
    return best.passage, rival.passage


def _comparable(one: Passage, other: Passage) -> Iterator[tuple[Assertion, Assertion]]:
    """Pairs of sentences that are limited alike and speak of the same time."""
    theirs = read_assertions(other)
    same_language = base(one.language) == base(other.language)
    for mine in read_assertions(one):
        for given in theirs:
            # Taking a sentence apart takes longer than comparing its words.
            if same_language and overlap(mine, given) < _LEAST:
                continue
            if mine.named == given.named and not of_other_years(mine, given):
                yield mine, given


def likeness_of(one: Assertion, other: Assertion, likeness: Likeness) -> float:
    """How alike two sentences are, their figures and dates left out."""
    if base(one.language) == base(other.language):
        return likeness(one.bare, other.bare)
    mine, theirs = one.statement, other.statement
    shared, every = mine.concepts & theirs.concepts, mine.concepts | theirs.concepts
    enough = len(shared) >= _SHARED and len(shared) / len(every) >= _ALIKE_ABROAD
    return ALIKE if enough else 0.0


def _figures_differ(
    one: Assertion, other: Assertion, wanted: frozenset[str], *, same: bool
) -> bool:
    mine, theirs = by_class(one.quantities), by_class(other.quantities)
    return bool(differing(mine, theirs, wanted, same=same))


def _denies(one: Assertion) -> bool:
    return any(mark.kind in DENYING for clause in one.statement.clauses for mark in clause.forces)
