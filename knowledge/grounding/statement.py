"""A text taken apart: its figures, dates, marks, clauses and the things that it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.grounding.addresses import address_spans
from knowledge.grounding.calendar_dates import DateMention, read_dates, read_periods
from knowledge.grounding.clauses import Clause, split_clauses
from knowledge.grounding.figures import Figure, read_figures
from knowledge.grounding.numerals import read_numerals
from knowledge.grounding.operators import Mark, read_marks
from knowledge.grounding.rule_numbers import rule_number_spans
from knowledge.grounding.territories import territory_spans
from knowledge.grounding.vocabulary import Hit, read_concepts
from knowledge.grounding.wording import Wording, compare_form

_BLANK = "¦"
_GLOSS = re.compile(r" ?[(][^()\d]*[\u4e00-\u9fff][^()\d]*(?:\([^()\d]*\)[^()\d]*)?[)]")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text says, as far as it can be compared. Places are those of ``wording``."""

    wording: Wording
    dates: tuple[DateMention, ...]
    periods: tuple[tuple[str, int, int], ...]
    figures: tuple[Figure, ...]
    marks: tuple[Mark, ...]
    hits: tuple[Hit, ...]
    clauses: tuple[Clause, ...]
    skipped: tuple[tuple[int, int], ...]
    """Where addresses and numbers of rules stand; they are compared as they are."""

    @property
    def concepts(self) -> frozenset[str]:
        """All things that the text may name."""
        return frozenset(concept for hit in self.hits for concept in hit.concepts)

    def hits_in(self, clause: Clause) -> tuple[Hit, ...]:
        """The terms that begin in a clause."""
        return tuple(hit for hit in self.hits if clause.start <= hit.start < clause.end)


@dataclass(frozen=True, slots=True)
class Quantities:
    """The figures and dates of a text, which take half the time of a :class:`Statement` to read.

    ``bare`` is the text without dates, addresses and numbers of rules.
    """

    wording: Wording
    dates: tuple[DateMention, ...]
    periods: tuple[tuple[str, int, int], ...]
    figures: tuple[Figure, ...]
    skipped: tuple[tuple[int, int], ...]
    bare: Wording


@lru_cache(maxsize=256)
def read_quantities(text: str, language: str) -> Quantities:
    """Read the figures and dates of a text; ``language`` is BCP 47."""
    wording = compare_form(text, language)
    skipped = (
        *address_spans(wording.text),
        *rule_number_spans(wording.text),
        *_gloss_spans(wording),
    )
    bare = _blank(wording, skipped)
    dates = read_dates(bare)
    bare = _blank(bare, ((date.start, date.end) for date in dates))
    periods = read_periods(bare)
    bare = _blank(bare, ((start, end) for _, start, end in periods))
    figures = read_figures(bare, read_numerals(bare))
    return Quantities(wording, dates, periods, figures, skipped, bare)


@lru_cache(maxsize=256)
def read_statement(text: str, language: str) -> Statement:
    """Take a text apart; ``language`` is BCP 47."""
    read = read_quantities(text, language)
    wording, bare, figures = read.wording, read.bare, read.figures
    words = _blank(bare, ((one.start, one.end) for one in figures if not one.article))
    words = _blank(words, territory_spans(wording))
    hits = read_concepts(words)
    marks = tuple(
        mark
        for mark in read_marks(bare)
        if not _is_inside(mark, hits) and not any(_holds(one, mark) for one in figures)
    )
    clauses = split_clauses(bare, marks)
    figures = tuple(_limit(one, clauses, hits) for one in figures)
    return Statement(wording, read.dates, read.periods, figures, marks, hits, clauses, read.skipped)


def _limit(figure: Figure, clauses: tuple[Clause, ...], hits: tuple[Hit, ...]) -> Figure:
    """Mark a figure that has no bound but stands beside a word for a limit."""
    clause = next((one for one in clauses if one.start <= figure.start < one.end), None)
    if clause is None or figure.bounds & {"le", "lt", "ge", "gt", "below", "above"}:
        return figure
    limited = any(
        hit.concepts & {"limit", "highest"} and clause.start <= hit.start < clause.end
        for hit in hits
    )
    return replace(figure, bounds=figure.bounds | {"limit"}) if limited else figure


def _holds(figure: Figure, mark: Mark) -> bool:
    """Whether a mark is part of a figure: 만 is only, and ten thousand."""
    return figure.start < mark.start and mark.end <= figure.end


def _is_inside(mark: Mark, hits: tuple[Hit, ...]) -> bool:
    """Whether a mark is part of a longer term: "without a date", 没有报酬."""
    return any(
        hit.concepts
        and hit.start <= mark.start
        and mark.end <= hit.end
        and hit.end - hit.start > mark.end - mark.start
        for hit in hits
    )


def _gloss_spans(wording: Wording) -> list[tuple[int, int]]:
    """Where a Chinese name stands in brackets behind its translation; names.py compares it."""
    if wording.language in {"zh", "ja"}:
        return []
    return [match.span() for match in _GLOSS.finditer(wording.text)]


def _blank(wording: Wording, spans: Iterable[tuple[int, int]]) -> Wording:
    """The same text with what stands at ``spans`` blotted out."""
    text, lower = list(wording.text), list(wording.lower)
    for start, end in spans:
        text[start:end] = lower[start:end] = _BLANK * (end - start)
    return Wording("".join(text), "".join(lower), wording.language)
