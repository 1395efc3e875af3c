"""Whether two sources that both answer a question say different things.

Which of them is right a person must say. Two sentences are compared when they say nearly the same
in words and name the same countries, tiers and years; they disagree when no amount, share, length
of time, age or day that the question asks for is the same in both, or when one denies what the
other affirms in the same words. Figures are read by :mod:`knowledge.grounding`, which knows them in
every language; between two languages the things that are named stand for the words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from knowledge.asked_kind import Kind, mentioned_kinds
from knowledge.grounding.clauses import DENYING
from knowledge.grounding.figures import Figure
from knowledge.grounding.measures import CURRENCIES
from knowledge.grounding.statement import (
    Quantities,
    Statement,
    read_quantities,
    read_statement,
)
from knowledge.language import base
from knowledge.lexical import tokenise
from knowledge.passage import Passage
from knowledge.spans import split_sentences
from knowledge.subjects import name_subjects

Likeness = Callable[[str, str], float]
"""Two texts to how much of the words of each occur in the other, 0 to 1."""

_ALIKE = 0.65
"""How alike two sentences must be, without their figures, to speak of one thing. Two sums for two
things in one policy reach .61 on the starter knowledge, the same thing said anew .7 and more."""
_LEAST = 0.4
"""Less alike with their figures, two sentences are not looked at closely."""
_SAME = 0.9
"""The same for a denial, where nothing but a word may differ."""
_REVIEWED = 0.8
"""The same for all figures of two sentences when a person goes through a shelf, and for sentences
of which one alone names a platform or a firm. On the starter knowledge all that reach it are one
statement."""
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
_ALL_CLASSES = frozenset({"money", "share", "time", "age", "day"})
_ALWAYS = _ALL_CLASSES - {"day"}
"""What is compared where a question does not say what it asks for."""
_NAME = "name:"
_TIME = frozenset({"day", "wday", "month", "second"})


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
        found = compare(*_pair(best, rival), likeness, asked=asked)
        if found:
            return found
    return None


def compare(
    one: Passage,
    other: Passage,
    likeness: Likeness,
    *,
    asked: frozenset[Kind] | None = None,
) -> Disagreement | None:
    """Return the first two sentences that disagree about what is ``asked``.

    Where a permission is asked for also two of which one denies what the other affirms. Without a
    question, for a person who goes through a shelf, every figure and day counts, and each for
    itself in more sentences.
    """
    review = asked is None
    wanted = _ALL_CLASSES if asked is None else _wanted(asked)
    same, permission = (_REVIEWED, False) if asked is None else (_SAME, Kind.PERMISSION in asked)
    for mine, theirs in _comparable(one, other, review=review):
        abroad = base(mine.language) != base(theirs.language)
        if abroad and not _figures_differ(mine, theirs, wanted, same=False):
            continue  # nothing else counts there, and telling what both name takes longest
        alike = _likeness(mine, theirs, likeness)
        if alike < (_ALIKE if mine.named == theirs.named else same):
            continue
        differ = _figures_differ(mine, theirs, wanted, same=alike >= same)
        turned = alike >= _SAME and _denies(mine) != _denies(theirs)
        if differ or (turned and permission):
            return Disagreement((one, mine.text), (other, theirs.text))
    return None


def _wanted(asked: frozenset[Kind]) -> frozenset[str]:
    """The classes of figures that a question asks for."""
    return frozenset(_CLASSES[kind] for kind in asked if kind in _CLASSES) or _ALWAYS


@dataclass(frozen=True, slots=True)
class _Said:
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


def _pair(best: Source, rival: Source) -> tuple[Passage, Passage]:
    """The passages to compare: two in one language, or else those that were hit."""
    for one in best.passages:
        for other in rival.passages:
            if one.language == other.language:
                return one, other
    return best.passage, rival.passage


def _comparable(one: Passage, other: Passage, *, review: bool) -> Iterator[tuple[_Said, _Said]]:
    """Pairs of sentences that are limited alike and speak of the same time."""
    theirs = _sentences(other)
    same_language = base(one.language) == base(other.language)
    for mine in _sentences(one):
        for given in theirs:
            # Taking a sentence apart takes longer than comparing its words.
            if same_language and _overlap(mine.text, given.text) < _LEAST:
                continue
            apart = mine.named ^ given.named
            alike = not apart or (review and all(tag.startswith(_NAME) for tag in apart))
            if alike and not _of_other_years(mine, given):
                yield mine, given


def _overlap(one: str, other: str) -> float:
    mine, theirs = _words(one), _words(other)
    return len(mine & theirs) / max(len(mine), len(theirs), 1)


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    return frozenset(tokenise(text))


@lru_cache(maxsize=2048)
def _read(text: str, language: str, headings: tuple[str, ...]) -> tuple[_Said, ...]:
    sentences = [span.of(text) for span in split_sentences(text)]
    return tuple(
        _Said(one, language, _limits("\n".join((*headings, one)), language)) for one in sentences
    )


def _sentences(passage: Passage) -> tuple[_Said, ...]:
    return _read(passage.text, passage.language, passage.headings)


def _limits(text: str, language: str) -> frozenset[str]:
    tags = name_subjects(text, language).tags
    return frozenset(tag for tag in tags if not tag.startswith(("year:", "home:")))


def _of_other_years(one: _Said, other: _Said) -> bool:
    return bool(one.years and other.years and not one.years & other.years)


def _likeness(one: _Said, other: _Said, likeness: Likeness) -> float:
    """How alike two sentences are, their figures and dates left out."""
    if base(one.language) == base(other.language):
        return likeness(_without_figures(one.quantities), _without_figures(other.quantities))
    mine, theirs = one.statement, other.statement
    shared, every = mine.concepts & theirs.concepts, mine.concepts | theirs.concepts
    enough = len(shared) >= _SHARED and len(shared) / len(every) >= _ALIKE_ABROAD
    return _ALIKE if enough else 0.0


def _without_figures(said: Quantities) -> str:
    text = list(said.wording.lower)
    places = [(one.start, one.end) for one in said.figures]
    places += [(one.start, one.end) for one in said.dates]
    for start, end in places:
        text[start:end] = " " * (end - start)
    return "".join(text)


def _figures_differ(one: _Said, other: _Said, wanted: frozenset[str], *, same: bool) -> bool:
    """Whether both have figures of a class that is asked for, and none in common.

    Of two sentences that are the ``same`` in words each figure must agree with its counterpart.
    """
    mine, theirs = _by_class(one.quantities), _by_class(other.quantities)
    for name in wanted & mine.keys() & theirs.keys():
        counterparts = same and len(mine[name]) == len(theirs[name])
        if mine[name] != theirs[name] if counterparts else not set(mine[name]) & set(theirs[name]):
            return True
    return False


def _by_class(said: Quantities) -> dict[str, list[object]]:
    """The figures and days of a sentence by what they measure, in order."""
    found: dict[str, list[object]] = {}
    for figure in said.figures:
        found.setdefault(_class_of(figure), []).append(figure.plain)
    for date in said.dates:
        if date.relation and date.day:
            found.setdefault("day", []).append((date.year, date.month, date.day))
    return found


def _class_of(figure: Figure) -> str:
    unit = figure.plain[0]
    if unit in CURRENCIES:
        return "money"
    if figure.unit == "age":
        return "age"
    if unit == "percent":
        return "share"
    return "time" if unit in _TIME else "number"


def _denies(one: _Said) -> bool:
    return any(mark.kind in DENYING for clause in one.statement.clauses for mark in clause.forces)
