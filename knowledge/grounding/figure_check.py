"""Whether the figures and dates of a claim are those of what it quotes."""

from collections.abc import Iterator
from dataclasses import replace

from knowledge.grounding.calendar_dates import DateMention
from knowledge.grounding.claim import Fault
from knowledge.grounding.figures import Figure
from knowledge.grounding.measures import CURRENCIES
from knowledge.grounding.statement import Statement

_SIDES = frozenset({"le", "lt", "ge", "gt"})
_SPANS = frozenset({"day", "wday", "hour", "minute"})
_AGES = frozenset({"age", "year", ""})


def figure_faults(claim: Statement, source: Statement) -> Iterator[Fault]:
    """Yield a fault for each figure that the source does not have with its unit and bounds."""
    for figure in claim.figures:
        if _is_article(figure) or _is_measure_word(figure, source):
            continue
        named = {replace(figure, unit=one.unit) for one in claim.figures if not figure.unit}
        yearly = _is_yearly(source)
        if not any(
            _agrees(one, other, yearly=yearly)
            for one in {figure, *named}
            for other in source.figures
        ):
            yield Fault.FIGURES
    if not _keeps_order(claim, source):
        yield Fault.FIGURES


def date_faults(claim: Statement, source: Statement) -> Iterator[Fault]:
    """Yield a fault for each date, half or quarter of a year that the source does not give."""
    for date in claim.dates:
        if not any(_is_within(date, other) for other in source.dates):
            yield Fault.DATES
    over = {one.relation for one in source.dates} & {"till"} and not claim.dates
    if over and "current" in claim.concepts - source.concepts:
        yield Fault.DATES  # what held till a day does not hold now
    given = {name for name, _, _ in source.periods}
    if any(name not in given for name, _, _ in claim.periods):
        yield Fault.DATES


def _is_article(figure: Figure) -> bool:
    return figure.article and figure.unit in {"", "times"}


def _is_measure_word(figure: Figure, source: Statement) -> bool:
    """Whether "a week" stands for a week that the source names without a number."""
    units = {other.unit for other in source.figures}
    return figure.article and figure.unit not in units and figure.unit in source.concepts


def _is_yearly(source: Statement) -> bool:
    """Whether a source names the year without tying it to a figure: at the end of March each year."""
    return "annual" in source.concepts and not any("year" in one.per for one in source.figures)


def _agrees(claimed: Figure, given: Figure, *, yearly: bool) -> bool:
    if yearly:
        claimed = replace(claimed, per=claimed.per - {"year"})
    return (
        same_amount(claimed, given) and _same_bounds(claimed, given) and _same_rate(claimed, given)
    )


def same_amount(claimed: Figure, given: Figure) -> bool:
    """Whether two figures are one amount, whatever their bounds."""
    if claimed.plain == given.plain:
        return True
    if claimed.value != given.value:
        return False
    units = {claimed.unit, given.unit}
    if units in ({"CNY", "CNYJPY"}, {"JPY", "CNYJPY"}):
        return True
    return units <= _AGES


def _same_bounds(claimed: Figure, given: Figure) -> bool:  # noqa: PLR0911 - one rule a return
    """Bounds agree; a range's ends are bounds, and "about" may be added but not dropped."""
    mine, theirs = _sides(claimed), _sides(given)
    if "pair" in claimed.bounds ^ given.bounds:
        return False  # one or two days are not two
    if "about" in given.bounds and not {"about", *_SIDES} & claimed.bounds:
        return False
    if "exact" in claimed.bounds and "exact" not in given.bounds:
        return False
    if mine == theirs or _is_either(claimed, theirs) or _is_either(given, mine):
        return True
    if mine == {"le"} and not theirs and claimed.unit in _SPANS:
        return True  # what takes 7 days takes at most 7
    if "limit" in claimed.bounds | given.bounds and mine | theirs <= {"le"}:
        return True  # "in 7 days" and "the limit is 7 days" may stand for at most
    ends = {"low": {"ge"}, "high": {"le"}}
    for end, side in ends.items():
        if end in claimed.bounds and (theirs <= side or end in given.bounds):
            return mine <= side | theirs
        if end in given.bounds and mine <= side and theirs <= side:
            return True
    return False


def _is_either(figure: Figure, sides: set[str]) -> bool:
    """Chinese 以下 and 以上 leave open whether the number itself is meant."""
    if len(sides) != 1 or _sides(figure):
        return False
    loose = (
        "below" in figure.bounds and sides <= {"le", "lt"},
        "above" in figure.bounds and sides <= {"ge", "gt"},
    )
    return any(loose)


def _sides(figure: Figure) -> set[str]:
    return set(figure.bounds & _SIDES)


def _same_rate(claimed: Figure, given: Figure) -> bool:
    if claimed.unit in {"", "age"}:
        return claimed.per <= given.per
    loose = frozenset[str]() if is_money(claimed) else frozenset({"item"})
    return claimed.per - loose == given.per - loose


def _keeps_order(claim: Statement, source: Statement) -> bool:
    """Whether figures of one kind follow each other as they do in the source."""
    for kind in {_kind(figure) for figure in claim.figures}:
        mine = [one for one in claim.figures if _kind(one) == kind and not one.article]
        kinds = {"age", "count"} if kind == "age" else {kind}
        theirs = [one for one in source.figures if _kind(one) in kinds]
        if len(mine) > 1 and not _is_subsequence(mine, theirs):
            return False
    return True


def _kind(figure: Figure) -> str:
    """Money by its currency, shares, counts and ages; spans of time are one kind."""
    unit = figure.plain[0]
    if figure.unit in _AGES:
        return "age" if figure.unit else "count"
    return unit


def _is_subsequence(mine: list[Figure], theirs: list[Figure]) -> bool:
    rest = iter(theirs)
    return all(any(same_amount(one, other) for other in rest) for one in mine)


def _is_within(claimed: DateMention, given: DateMention) -> bool:
    """Whether the source gives this date, or one that it is a part of the words for."""
    for mine, theirs in (
        (claimed.year, given.year),
        (claimed.month, given.month),
        (claimed.day, given.day),
    ):
        if mine and mine != theirs:
            return False
    if claimed.relation != given.relation and not _may_drop(claimed, given):
        return False
    coarser = (claimed.month, claimed.day) != (given.month, given.day)
    if coarser and "till" in {claimed.relation, given.relation} and claimed.month != given.month:
        return False
    return claimed.part == given.part or (not claimed.part and not given.relation)


def _may_drop(claimed: DateMention, given: DateMention) -> bool:
    """A rule in force since a day came into force on it."""
    return not claimed.relation and given.relation == "from"


def is_money(figure: Figure) -> bool:
    """Whether a figure is an amount of money."""
    return figure.unit in CURRENCIES
