"""What a sentence states, by kind of figure, with its bound and what it is per, to be compared."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.assertions import Assertion, class_of
from knowledge.contrasts import read_sides
from knowledge.grounding.calendar_dates import DateMention
from knowledge.grounding.figures import Figure

DAY: Final = "day"
KINDS: Final = frozenset({"money", "share", "time", "age", DAY})
_UPPER, _LOWER = frozenset({"le", "lt", "below"}), frozenset({"ge", "gt", "above"})
_AHEAD = re.compile(r"提前|\b(?:ahead|before|beforehand|in advance|prior to)\b")
"""With these words 'no later than' and 'at least' are one bound."""
_AGED = re.compile(r"\baged?(?: (?:of|at least|from|over))* ?$")
_SOURCE = re.compile(r"报道|消息|报告|印发|\breport|\bdated\b|\bannounce")
"""What stands beside the day of a source, which is no day that counts."""
_BESIDE = 18
_TIMES = frozenset({"year", "month", "week", "day", "hour", "minute"})
_A_DAY: Final = 24 * 3600
_END: Final = "end"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure or a day; ``side`` is its bound, or whether something begins or ends then."""

    plain: tuple[object, ...]
    side: str = ""
    per: frozenset[str] = frozenset()

    def rivals(self, other: "Value") -> bool:
        """Whether two values may be given for one thing: no least and most, no hour and day."""
        if self.side and other.side and self.side != other.side:
            return False
        return _same_rate(self.per & _TIMES, other.per & _TIMES) and _same_rate(
            self.per - _TIMES, other.per - _TIMES
        )


def _same_rate(one: frozenset[str], other: frozenset[str]) -> bool:
    return not (one and other) or bool(one & other)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a sentence states: its values by kind, in order, and the months that it speaks of."""

    values: Mapping[str, tuple[Value, ...]]
    months: frozenset[tuple[int, int]]

    @property
    def size(self) -> int:
        """How many values there are."""
        return sum(map(len, self.values.values()))

    def differing(self, other: "Stated", *, same: bool) -> frozenset[str]:
        """The kinds of which both give values for one thing, and none in common.

        Of two sentences that are the ``same`` in words each value must agree with its counterpart.
        Amounts of other months do not differ.
        """
        mine, theirs = self.values, other.values
        kinds = mine.keys() & theirs.keys()
        if self.months and other.months and not self.months & other.months:
            kinds &= {DAY}
        return frozenset(kind for kind in kinds if _differ(mine[kind], theirs[kind], same=same))

    def agrees(self, other: "Stated", kinds: frozenset[str]) -> bool:
        """Whether both give some value of each of these kinds."""
        mine, theirs = self.values, other.values
        return all(_plain(mine.get(kind, ())) & _plain(theirs.get(kind, ())) for kind in kinds)


def read_stated(assertion: Assertion) -> Stated:
    """What a sentence states; mere counts are left out."""
    found: dict[str, list[Value]] = {}
    for figure in assertion.quantities.figures:
        kind = _kind_of(figure, assertion)
        if kind in KINDS:
            value = Value(_plain_value(figure), _bound(figure, assertion), figure.per)
            found.setdefault(kind, []).append(value)
    dates = list(_dates(assertion))
    for date in dates:
        side = _edge(date, assertion)
        if date.day and side:
            found.setdefault(DAY, []).append(Value((date.year, date.month, date.day), side))
    return Stated(
        {kind: tuple(values) for kind, values in found.items()},
        frozenset((date.year, date.month) for date in dates if date.year and date.month),
    )


def _differ(mine: Sequence[Value], theirs: Sequence[Value], *, same: bool) -> bool:
    if same and len(mine) == len(theirs):
        pairs = zip(mine, theirs, strict=True)
        return any(one.plain != other.plain and one.rivals(other) for one, other in pairs)
    if _plain(mine) & _plain(theirs):
        return False
    return any(one.rivals(other) for one in mine for other in theirs)


def _plain(values: Sequence[Value]) -> set[tuple[object, ...]]:
    return {one.plain for one in values}


def _kind_of(figure: Figure, assertion: Assertion) -> str:
    before = assertion.quantities.wording.lower[: figure.start]
    return "age" if not figure.unit and _AGED.search(before) else class_of(figure)


def _plain_value(figure: Figure) -> tuple[object, ...]:
    """A figure in the largest unit that it is a whole number of: 48 hours are two days."""
    unit, value = figure.plain
    return ("day", value / _A_DAY) if unit == "second" and not value % _A_DAY else (unit, value)


def _bound(figure: Figure, assertion: Assertion) -> str:
    if _AHEAD.search(assertion.quantities.wording.lower):
        return ""
    upper, lower = figure.bounds & _UPPER, figure.bounds & _LOWER
    return ("upper" if upper else "lower") if bool(upper) != bool(lower) else ""


def _dates(assertion: Assertion) -> Iterator[DateMention]:
    """The dates that are not the day of a source."""
    text = assertion.quantities.wording.lower
    for date in assertion.quantities.dates:
        around = text[max(0, date.start - _BESIDE) : date.end + _BESIDE]
        if not _SOURCE.search(around):
            yield date


def _edge(date: DateMention, assertion: Assertion) -> str:
    """``from`` or ``till``, told from the words beside the date or else from the sentence."""
    if date.relation:
        return date.relation
    sides = read_sides(assertion.text).get(_END, frozenset())
    return {"begins": "from", "ends": "till"}[next(iter(sides))] if len(sides) == 1 else ""
