"""Sentences as they are held against each other: what they are limited to, and their figures."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from knowledge.grounding.figures import Figure
from knowledge.grounding.measures import CURRENCIES
from knowledge.grounding.statement import (
    Quantities,
    Statement,
    read_quantities,
    read_statement,
)
from knowledge.lexical import tokenise
from knowledge.passage import Passage
from knowledge.spans import split_sentences
from knowledge.subjects import name_subjects

_TIME = frozenset({"day", "wday", "month", "second"})
_REMEMBERED = 2048


@dataclass(frozen=True, slots=True)
class Assertion:
    """A sentence, and what it is limited to; its headings limit it too."""

    text: str
    language: str
    named: frozenset[str]

    @property
    def statement(self) -> Statement:
        """The sentence taken apart (remembered by the reader)."""
        return read_statement(self.text, self.language)

    @property
    def quantities(self) -> Quantities:
        """Its figures and dates, which most comparisons need nothing but (remembered, too)."""
        return read_quantities(self.text, self.language)

    @property
    def years(self) -> frozenset[int]:
        """The years that it speaks of as such: "in 2024", not the day of a report."""
        return frozenset(
            date.year for date in self.quantities.dates if not (date.month or date.relation)
        )

    @property
    def bare(self) -> str:
        """The sentence without its figures and dates, in the form that is compared."""
        said = self.quantities
        text = list(said.wording.lower)
        places = [(one.start, one.end) for one in said.figures]
        places += [(one.start, one.end) for one in said.dates]
        for start, end in places:
            text[start:end] = " " * (end - start)
        return "".join(text)


def read_assertions(passage: Passage) -> tuple[Assertion, ...]:
    """The sentences of a passage."""
    return _read(passage.text, passage.language, passage.headings)


@lru_cache(maxsize=_REMEMBERED)
def _read(text: str, language: str, headings: tuple[str, ...]) -> tuple[Assertion, ...]:
    sentences = [span.of(text) for span in split_sentences(text)]
    return tuple(
        Assertion(one, language, _limits("\n".join((*headings, one)), language))
        for one in sentences
    )


def _limits(text: str, language: str) -> frozenset[str]:
    tags = name_subjects(text, language).tags
    return frozenset(tag for tag in tags if not tag.startswith(("year:", "home:")))


def of_other_years(one: Assertion, other: Assertion) -> bool:
    """Whether each speaks of years, and of none in common."""
    return bool(one.years and other.years and not one.years & other.years)


def overlap(one: Assertion, other: Assertion) -> float:
    """The share of the words of the longer sentence that the other has too, 0 to 1."""
    mine, theirs = _words(one.text), _words(other.text)
    return len(mine & theirs) / max(len(mine), len(theirs), 1)


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> frozenset[str]:
    return frozenset(tokenise(text))


def by_class(said: Quantities) -> dict[str, list[object]]:
    """The figures and days of a sentence by what they measure, in order."""
    found: dict[str, list[object]] = {}
    for figure in said.figures:
        found.setdefault(class_of(figure), []).append(figure.plain)
    for date in said.dates:
        if date.relation and date.day:
            found.setdefault("day", []).append((date.year, date.month, date.day))
    return found


def class_of(figure: Figure) -> str:
    """What a figure measures: money, age, share, time or number."""
    unit = figure.plain[0]
    if unit in CURRENCIES:
        return "money"
    if figure.unit == "age":
        return "age"
    if unit == "percent":
        return "share"
    return "time" if unit in _TIME else "number"


def differing(
    one: Mapping[str, Sequence[object]],
    other: Mapping[str, Sequence[object]],
    wanted: AbstractSet[str],
    *,
    same: bool,
) -> frozenset[str]:
    """The classes of which both have figures, and none in common.

    Of two sentences that are the ``same`` in words each figure must agree with its counterpart.
    """
    return frozenset(
        name
        for name in wanted & one.keys() & other.keys()
        if _differ(one[name], other[name], same=same)
    )


def _differ(mine: Sequence[object], theirs: Sequence[object], *, same: bool) -> bool:
    if same and len(mine) == len(theirs):
        return mine != theirs
    return not set(mine) & set(theirs)
