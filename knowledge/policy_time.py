"""Which point in time a question is about, and whether a passage held then.

A year or month may be named (2025年3月, "in March 2025") or said from today ("last year"); words
such as "before" open it to one side. The words of each language stand in policy_time.json, the
months are those of CLDR (through Babel).
"""

import json
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.normalisation import fold
from knowledge.passage import Provenance
from knowledge.wordings import Wordings

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d|\s*(?:元|yuan|RMB|万|px))")
_RULE_NUMBER = re.compile(
    r"[〔\[(（]\s*20\d\d\s*[〕\])）]|\d/20\d\d|20\d\d年第\d+号|(?:no|№|nº)\.? ?20\d\d"
)
_BUDDHIST = re.compile(r"(?<!\d)(25[4-9]\d)(?!\d)(?=\s*$|[^\d.])")
_REIWA = re.compile(r"令和\s*(\d{1,2})年")
_BUDDHIST_YEARS, _REIWA_YEARS = 543, 2018
_DIGIT, _FOREIGN_DIGIT = re.compile(r"\d"), re.compile("[٠-٩๐-๙]")
_MAYBE_YEAR = re.compile("20[0-4]|25[4-9]|令和|[٠-٩๐-๙]")
"""What every year is written with, whatever the calendar and the digits."""
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩๐๑๒๓๔๕๖๗๘๙", "0123456789" * 2)
_LANGUAGES = ("en", "ru", "es", "pt", "id", "th", "ar", "fr", "vi", "de", "tr")
_FORMER = "former"
_TO = r"\s*(?:月|월)?\s*(?:[〜～~–—至到]|から|부터)"
"""What makes a month the first of several."""
_LINK = r"\s*(?:de\s|del\s|do\s|of\s|năm\s|,|ปี)?\s*"


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question is about, both included.

    ``past`` when they lie before today, ``future`` when they lie after it; ``former`` when it asks
    for a rule that holds no longer. ``years`` are those that it names, in figures or from today.
    """

    first: date
    last: date
    past: bool = False
    future: bool = False
    former: bool = False
    years: frozenset[int] = frozenset()

    @property
    def past_month(self) -> int | None:
        """The month, where the period is a single one that is over."""
        one = self.past and (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return self.first.month if one else None


def asked_period(question: str, today: date) -> Period:
    """Return the time that a question names, else today; several past years are one time.

    The number of a rule (〔2024〕35号) is not a year that is asked about.
    """
    text = _plain(question)
    told = _relative().found_in(text)
    years = frozenset(_years(text) | {today.year + int(step) for step in told - {_FORMER}})
    if len(years) != 1:
        return _other_period(years, today, former=_FORMER in told)
    [year] = years
    first, last = _days(text, year)
    if _opens("before", text, year):
        first, last = date.min, first - timedelta(days=1)
    elif _opens("after", text, year):
        # What began in the past goes on today.
        first, last = (today, today) if first <= today else (first, date.max)
    if first <= today <= last:
        return Period(today, today, years=years)
    return Period(first, last, past=last < today, future=first > today, years=years)


def _other_period(years: frozenset[int], today: date, *, former: bool) -> Period:
    """The time that a question means by several years, or by none."""
    if years and max(years) < today.year:
        return Period(date(min(years), 1, 1), date(max(years), 12, 31), past=True, years=years)
    if not years and former:
        return Period(date.min, today - timedelta(days=1), past=True, former=True)
    return Period(today, today, years=years)


def asked_years(text: str) -> frozenset[int]:
    """The years that a text names; numbers of rules and sums of money are none."""
    return frozenset(_years(_plain(text)) if _MAYBE_YEAR.search(text) else ())


def named_months(text: str, year: int) -> frozenset[int]:
    """The months of a year that a text names with it."""
    return frozenset(map(_month, _month_pattern(year).finditer(_plain(text))))


def held(source: Provenance, period: Period) -> bool:
    """Whether what a source says was, is or will be in force at some time of the period.

    A day to come is asked about with today's rules as well, because often nothing else is known.
    """
    begins, ends = source.effective_from, source.effective_to
    started = begins is None or begins.first_day <= period.last
    if period.former:
        return ends is not None and ends.last_day <= period.last
    return started and (ends is None or ends.last_day >= period.first)


def is_history(source: Provenance, today: date) -> bool:
    """Whether what a source says is no longer in force today."""
    return source.effective_to is not None and source.effective_to.last_day < today


def is_to_come(source: Provenance, today: date) -> bool:
    """Whether what a source says is not in force yet."""
    return source.effective_from is not None and source.effective_from.first_day > today


def _plain(text: str) -> str:
    """Lower case, western digits and western years, without the numbers of rules."""
    text = fold(text)
    text = (text.translate(_DIGITS) if _FOREIGN_DIGIT.search(text) else text).lower()
    if not _DIGIT.search(text):
        return text
    text = _BUDDHIST.sub(lambda found: str(int(found.group(1)) - _BUDDHIST_YEARS), text)
    text = _REIWA.sub(lambda found: f"{int(found.group(1)) + _REIWA_YEARS}年", text)
    return _RULE_NUMBER.sub(" ", text)


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text)}


@cache
def _relative() -> Wordings:
    """How far from this year the years lie that are said from today; and words for earlier."""
    return Wordings(_stored()["relative"] | {_FORMER: _stored()[_FORMER]})


def _days(text: str, year: int) -> tuple[date, date]:
    """The month of the year that a text names, else the whole year."""
    found = {_month(one) for one in _month_pattern(year).finditer(text)}
    if len(found) != 1:
        return date(year, 1, 1), date(year, 12, 31)
    [month] = found
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _month(found: re.Match[str]) -> int:
    written = found.group("number") or found.group("after") or ""
    name = found.group("name") or found.group("behind")
    return int(written) if written else months()[name]


@cache
def _month_pattern(year: int) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(months(), key=len, reverse=True))
    number = r"1[0-2]|0?[1-9]"
    return re.compile(
        rf"{year}\s*(?:年|년|-|/)\s*(?P<number>{number})(?!\d|{_TO})"
        rf"|(?<![\d])(?P<after>{number})[./-]{year}"
        rf"|(?<!\w)(?P<name>{names}){_LINK}{year}|{year}{_LINK}(?P<behind>{names})"
    )


@cache
def months() -> Mapping[str, int]:
    """The names of months in every language that we write, in their cases."""
    from babel import Locale

    named = {
        str(name).lower(): number
        for language in _LANGUAGES
        for form in ("format", "stand-alone")
        for number, name in Locale.parse(language).months[form]["wide"].items()
    }
    # CLDR has no case for "in": в марте, в июле, в мае.
    return named | {re.sub(r"[ьй]?$", "е", name, count=1): number for name, number in named.items()}


def _opens(side: str, text: str, year: int) -> bool:
    return bool(_opening(side, year).search(text))


@cache
def _opening(side: str, year: int) -> re.Pattern[str]:
    """The words that open a time to one side of a year."""
    return re.compile("|".join(_stored()[side]).replace("{}", rf"(?:\w+ )?{year}"))


@cache
def _stored() -> Mapping[str, Any]:
    stored = files("knowledge").joinpath("policy_time.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(stored)
    return loaded
