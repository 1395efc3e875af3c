"""Amounts, durations, shares and counts as a text states them, comparable across languages."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.grounding.measures import (
    CURRENCIES,
    bound_patterns,
    pair_pattern,
    prefix_patterns,
    rate_patterns,
    scale_pattern,
    scale_values,
    unit_patterns,
)
from knowledge.grounding.numerals import Numeral
from knowledge.grounding.vocabulary import function_words
from knowledge.grounding.wording import Wording

_RANGE = re.compile(
    r" ?(?:-|—|to|or|and|up to|under|至|到|或者?|和|до|или|и|a|o|hasta|y|ou|até|à|et|から|ないし|または|에서|또는"
    r"|내지|sampai|hingga|atau|dan|ถึง|หรือ|و|او|الي|حتي|đến|hoặc|và|bis|oder|und|ile|veya|ila|、) ?"
    r"(?:[^\w\d]|rmb|usd|cny|us\$|人民币)* ?"
)
_TO = re.compile(
    r" ?(?:-|—|to|up to|至|到|до|hasta|a|até|à|から|ないし|에서|내지|sampai|hingga|ถึง|الي|حتي|đến|bis|ila|ile) ?"
    r"(?:rmb|usd|cny|us\$|人民币)? ?"
)
_STOP = re.compile(
    r"(?<!\d)[,;:。!?]|[,;:。!?](?!\d)|\.(?=\s|$)|、(?=年间|月间|最大|周|毎|每)|·(?=[월주일연매])"
)
_INCLUSIVE = re.compile(
    r" ?\((?:含|включительно|incluido|incluído|inclusive|included|inklusive|termasuk|含む|포함|inclus|dahil|bao gồm|รวม)\)"
)
_EXCLUSIVE = re.compile(
    r" ?\((?:不含|не включая|no incluido|não incluído|exclusive|excluded|not included|tidak termasuk|含まない|미포함"
    r"|non inclus|nicht eingeschlossen|hariç|không bao gồm|ไม่รวม|غير شامل)\)"
)
_NOT = re.compile(
    r"(?:(?:\b(?:not|never|no|não|nunca|ne|tidak|bukan|không|chưa|nicht|не|لا|لم|لن)|n't) (?:\w{1,3} )?"
    r"|\bn'|ไม่|[不未没])$"
)
_DENIED = {"gt": "le", "ge": "lt", "lt": "ge"}
"""What a bound says that is denied: "does not exceed the 90 days"."""
_DAY_AND_NIGHT = ("second", Decimal(24 * 3600))
_PAIR = "pair"
_LOOSE = frozenset({"about", "exact", "limit"})
_RATE_FIRST = frozenset({"zh", "ja", "ko"})
_AND = re.compile(r"(?<!\w)(?:and|и|y|e|et|und|dan|và|ve)(?!\w)")
_PART = 40
_LOOK = 48
"""Characters on either side of a number where its bound may stand."""
_SCALED = {
    "week": ("day", 7),
    "year": ("month", 12),
    "hour": ("second", 3600),
    "minute": ("second", 60),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit ("" for a count), its bounds (le, lt, ge, gt, about) and its rate."""

    value: Decimal
    unit: str
    bounds: frozenset[str]
    per: frozenset[str]
    start: int
    end: int
    article: bool = False

    @property
    def plain(self) -> tuple[str, Decimal]:
        """Unit and value in one unit of each kind, so that two weeks are fourteen days."""
        if self.unit in {"", "age", "times"}:
            return "count", self.value
        unit, factor = _SCALED.get(self.unit, (self.unit, 1))
        return unit, self.value * factor


def read_figures(wording: Wording, numerals: Sequence[Numeral]) -> tuple[Figure, ...]:
    """Return the figures of a text in order; ``numerals`` are those that are no part of a date."""
    pairs = _one_or_two(wording)
    alone = [
        one
        for one in numerals
        if not any(p.start <= one.start < p.end for p in pairs)
        and not (wording.language == "ko" and wording.lower[one.end : one.end + 1] == "차")
    ]
    found = [_measure(wording, one) for one in alone if not _in_rate(wording, one)]
    found = sorted([*found, *pairs], key=lambda one: one.start)
    found = _share_units(wording, found)
    bounded = [_bound(wording, found, index) for index in range(len(found))]
    for index, (one, other) in enumerate(itertools.pairwise(bounded), start=1):
        if one.unit and one.per and other.per and not other.unit:
            bounded[index] = replace(other, unit=one.unit)  # 8 hours a week and 40 a month
    return tuple(bounded)


def _one_or_two(wording: Wording) -> list[Figure]:
    """Read “a day or two”, 一两天, as one figure, the same in every language."""
    return [
        Figure(Decimal(2), "day", frozenset({_PAIR}), frozenset(), match.start(), match.end())
        for match in pair_pattern(wording.language).finditer(wording.lower)
    ]


def _in_rate(wording: Wording, numeral: Numeral) -> bool:
    """Whether a number is part of words such as 1人につき, for each person."""
    return numeral.value == 1 and any(
        match.start() <= numeral.start < match.end()
        for _, pattern in rate_patterns(wording.language)
        for match in pattern.finditer(wording.lower)
    )


def _measure(wording: Wording, numeral: Numeral) -> Figure:
    text, value, end = wording.lower, numeral.value, numeral.end
    scale = scale_pattern(wording.language).match(text, end)
    while scale:
        word = scale.groupdict().get("scale") or scale.groupdict().get("brief") or ""
        value, end = value * scale_values(wording.language)[word], scale.end()
        scale = scale_pattern(wording.language).match(text, end)
    leading, start = (
        ("", numeral.start) if numeral.article else _unit_before(wording, numeral.start)
    )
    unit, last = _unit_after(wording, end)
    if leading and unit not in {"", leading}:
        unit, last = leading, end  # RMB 3 million a year
    return Figure(value, unit or leading, frozenset(), frozenset(), start, last, numeral.article)


def _unit_before(wording: Wording, start: int) -> tuple[str, int]:
    """The currency that stands before a number, and where it begins."""
    before = wording.lower[max(0, start - 12) : start]
    for unit, pattern in prefix_patterns(wording.language):
        match = pattern.search(before)
        if match:
            return unit, start - (len(before) - match.start())
    return "", start


def _unit_after(wording: Wording, end: int) -> tuple[str, int]:
    """The unit that stands after a number; the longest where several begin there."""
    best = ("", end)
    for unit, pattern in unit_patterns(wording.language):
        match = pattern.match(wording.lower, end)
        between = match.groupdict().get("word") if match else None
        if between and between in function_words(wording.language):
            continue
        if match and (match.end() > best[1] or (unit == "wday" and match.end() == best[1])):
            best = (unit, match.end())
    return best


def _share_units(wording: Wording, figures: list[Figure]) -> list[Figure]:
    """In "5 to 15 days" the five are days too, and in "2 to 3 million" the two are millions."""
    shared = list(figures)
    for index in range(len(figures) - 2, -1, -1):
        one, other = shared[index], shared[index + 1]
        between = wording.lower[one.end : other.start]
        if not one.unit and other.unit and _RANGE.fullmatch(between):
            shared[index] = replace(one, unit=other.unit)
        elif not other.unit and one.unit in CURRENCIES and _TO.fullmatch(between):
            shared[index + 1] = replace(other, unit=one.unit)
    return shared


def _bound(wording: Wording, figures: Sequence[Figure], index: int) -> Figure:
    figure, text = figures[index], wording.lower
    if _PAIR in figure.bounds:
        return figure
    first = max((one.end for one in figures[:index] if not one.article), default=0)
    last = figures[index + 1].start if index + 1 < len(figures) else len(text)
    before = _until_stop(text[max(first, figure.start - _LOOK) : figure.start], backwards=True)
    after = _until_stop(text[figure.end : min(last, figure.end + _LOOK)], backwards=False)
    if after == text[figure.end : last]:
        after = _without_next(wording.language, after)
    bounds = _said_before(wording.language, before) | _said_after(wording.language, after)
    bounds |= _range_ends(text, figures, index)
    return replace(figure, bounds=frozenset(bounds), per=_rates(wording, figures, index))


def _without_next(language: str, text: str) -> str:
    """What stands between two figures without the bound of the second: 90 days and at most 5."""
    ends = (
        match.start()
        for _, side, pattern in bound_patterns(language)
        if side == "before" and (match := pattern.search(text))
    )
    return text[: min(ends, default=len(text))]


def _said_before(language: str, text: str) -> set[str]:
    return _widest(
        (_DENIED.get(code, code) if _NOT.search(text[: match.start()]) else code, match)
        for code, side, pattern in bound_patterns(language)
        if side == "before" and (match := pattern.search(text))
    )


def _said_after(language: str, text: str) -> set[str]:
    return _widest(
        (code, match)
        for code, side, pattern in bound_patterns(language)
        if side == "after" and (match := pattern.search(text))
    )


def _widest(found: Iterable[tuple[str, re.Match[str]]]) -> set[str]:
    """The bound of the longest words, "not more than" before "more than"; and whether it is about."""
    listed = list(found)
    loose = {code for code, _ in listed if code in _LOOSE}
    strict = [(match.end() - match.start(), code) for code, match in listed if code not in _LOOSE]
    return loose | ({max(strict)[1]} if strict else set())


def _range_ends(text: str, figures: Sequence[Figure], index: int) -> set[str]:
    figure = figures[index]
    ends = set[str]()
    if _EXCLUSIVE.match(text, figure.end):
        ends.add("lt")
    if index + 1 < len(figures) and _TO.fullmatch(_between(text, figure, figures[index + 1])):
        ends.add("low")
    if index and _TO.fullmatch(_between(text, figures[index - 1], figure)):
        ends.add("high")
    return ends


def _between(text: str, one: Figure, other: Figure) -> str:
    return _INCLUSIVE.sub("", text[one.end : other.start])


def _until_stop(text: str, *, backwards: bool) -> str:
    parts = re.split(r"[,;:。!?()\[\]→\n]", text)
    return parts[-1] if backwards else parts[0]


def _rates(wording: Wording, figures: Sequence[Figure], index: int) -> frozenset[str]:
    """What this figure is per: the words for it in its clause that stand nearest to it."""
    figure, text = figures[index], wording.lower
    start, end = clause_around(text, figure.start, figure.end)
    found = set[str]()
    for unit, pattern in rate_patterns(wording.language):
        for match in pattern.finditer(text, start, end):
            inside = match.start() < figure.end and figure.start < match.end()
            if not inside and _nearest(wording, figures, match.span(), (start, end)) is figure:
                found.add(unit)
    if figure.plain == _DAY_AND_NIGHT:
        found.discard("day")
    return frozenset(found)


def _nearest(
    wording: Wording, figures: Sequence[Figure], span: tuple[int, int], clause: tuple[int, int]
) -> Figure | None:
    """The figure of a clause to which some words belong: in Chinese, the one that follows."""
    here = [one for one in figures if clause[0] <= one.start < clause[1]]
    if wording.language in _RATE_FIRST:
        after = [one for one in here if one.start >= span[1]]
        here = after or here
    return min(here, key=lambda one: _distance(wording.lower, one, span), default=None)


def _distance(text: str, figure: Figure, span: tuple[int, int]) -> int:
    """Characters between a figure and some words; an "and" between them parts them."""
    start, end = (figure.end, span[0]) if figure.end <= span[0] else (span[1], figure.start)
    return max(0, end - start) + _PART * len(_AND.findall(text[start:end]))


def clause_around(text: str, first: int, last: int) -> tuple[int, int]:
    """Where the clause begins and ends in which a span stands; 1,000 holds no comma."""
    stops = [match.start() for match in _STOP.finditer(text)]
    start = max((stop + 1 for stop in stops if stop < first), default=0)
    return start, min((stop for stop in stops if stop >= last), default=len(text))
