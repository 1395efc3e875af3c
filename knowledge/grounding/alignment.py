"""Which clause of what is quoted a clause of the claim speaks of."""

import re
from dataclasses import dataclass

from knowledge.grounding.clauses import Clause
from knowledge.grounding.leftovers import leftover_words
from knowledge.grounding.statement import Statement
from knowledge.grounding.support import is_kin, says_nothing, weight

_WEIGHTS = {"hard": 1.0, "soft": 0.8, "light": 0.3}
_FIGURE = 1.5
_LETTERS = re.compile(r"(?<![A-Za-z0-9])(?:[B-Z]|[A-Z][A-Z0-9]+|[A-Z]\d+)(?![A-Za-z0-9])")
_NEAR_BEST = 0.7
_UP, _DOWN = frozenset({"ge", "gt", "above"}), frozenset({"le", "lt", "below"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that can be found again in the other text: a term, a figure, a date, a word."""

    start: int
    kind: str
    keys: frozenset[str]
    value: float
    bounds: frozenset[str] = frozenset()

    @property
    def heavy(self) -> bool:
        """Whether it says enough to stand for its clause."""
        return self.kind != "light"


def read_anchors(statement: Statement) -> tuple[Anchor, ...]:
    """Return what can be found again, in order."""
    light = frozenset[str]()
    found = [
        Anchor(hit.start, weight(hit), hit.concepts, _WEIGHTS[weight(hit)])
        for hit in statement.hits
        if not says_nothing(statement, hit, light)
    ]
    for one in statement.figures:
        unit, value = one.plain
        if not one.article:
            key = f"{unit}={value.normalize()}"
            found.append(Anchor(one.start, "figure", frozenset({key}), _FIGURE, one.bounds))
    found += [
        Anchor(date.start, "date", frozenset({f"{date.year}-{date.month}-{date.day}"}), _FIGURE)
        for date in statement.dates
    ]
    for match in _LETTERS.finditer(statement.wording.text):
        if not any(one.start <= match.start() < one.end for one in statement.hits):
            name = frozenset({f"name={match[0].lower()}"})
            found.append(Anchor(match.start(), "name", name, 1.0))
    for start, word in leftover_words(statement):
        found.append(Anchor(start, "word", frozenset({f"word={word}"}), 1.0))
    return tuple(sorted(found, key=lambda anchor: anchor.start))


def is_same(one: Anchor, other: Anchor) -> bool:
    """Whether two anchors speak of one thing."""
    if one.keys & other.keys:
        return True
    if one.kind == other.kind == "word":
        return any(
            is_kin(a.removeprefix("word="), b.removeprefix("word="))
            for a in one.keys
            for b in other.keys
        )
    return False


@dataclass(frozen=True, slots=True)
class Aligned:
    """A clause of the claim, its anchors, and the clauses of the source that it may speak of."""

    clause: Clause
    anchors: tuple[Anchor, ...]
    matches: tuple[Clause, ...]
    overlap: float


def align(claim: Statement, source: Statement) -> tuple[Aligned, ...]:
    """Return for each clause of the claim the clauses of the source that share most with it."""
    mine, theirs = read_anchors(claim), read_anchors(source)
    return tuple(_align(clause, mine, theirs, source) for clause in claim.clauses)


def matched_text(claim: Statement, source: Statement) -> str:
    """The clauses of the source that a claim speaks of; all of it where that is not clear."""
    matched = {clause for pair in align(claim, source) if pair.overlap for clause in pair.matches}
    return "".join(
        source.wording.text[clause.start : clause.end]
        for clause in source.clauses
        if clause in matched or not matched
    )


def anchors_in(clause: Clause, anchors: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    """The anchors that begin in a clause."""
    return tuple(anchor for anchor in anchors if clause.start <= anchor.start < clause.end)


def _align(
    clause: Clause, mine: tuple[Anchor, ...], theirs: tuple[Anchor, ...], source: Statement
) -> Aligned:
    here = anchors_in(clause, mine)
    scores = [(_overlap(here, anchors_in(other, theirs)), other) for other in source.clauses]
    best = max((score for score, _ in scores), default=0.0)
    matches = tuple(other for score, other in scores if best and score >= _NEAR_BEST * best)
    return Aligned(clause, here, matches or source.clauses, best)


def _overlap(here: tuple[Anchor, ...], there: tuple[Anchor, ...]) -> float:
    return sum(one.value for one in here if any(fits(one, other) for other in there))


def fits(one: Anchor, other: Anchor) -> bool:
    """Whether two anchors are one, and no bounds of theirs exclude each other."""
    mine, theirs = one.bounds & _UP, other.bounds & _UP
    below, under = one.bounds & _DOWN, other.bounds & _DOWN
    return is_same(one, other) and not (mine and under) and not (below and theirs)
