"""Dates and lengths of time as Chinese rules write them: 二〇二五年三月一日, 三年, 30日."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from ingest.numbering import read_numeral
from knowledge.dates import PartialDate

NUMERAL: Final = "零〇○О一二三四五六七八九十"
_COUNT = r"[一二两三四五六七八九十\d]{1,3}"
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Duration:
    """So many years, months and days; working days are not counted, and are none."""

    years: int = 0
    months: int = 0
    days: int = 0


def day_pattern(prefix: str = "") -> str:
    """The pattern of a day, for :func:`read_day`; ``prefix`` tells two of them apart."""
    return (
        rf"(?P<{prefix}year>(?:19|20)\d{{2}}|[二一][{NUMERAL}]{{3}})\s*年"
        rf"\s*(?P<{prefix}month>[\d{NUMERAL}]{{1,3}})\s*月"
        rf"\s*(?P<{prefix}day>[\d{NUMERAL}]{{1,3}})\s*日"
    )


def duration_pattern(prefix: str = "") -> str:
    """The pattern of a length of time, for :func:`read_duration`."""
    return (
        rf"(?:(?P<{prefix}years>{_COUNT})\s*年(?!零|又|半)|(?P<{prefix}months>{_COUNT})\s*个?月"
        rf"|(?P<{prefix}days>{_COUNT})\s*[日天])"
    )


def read_day(match: re.Match[str], prefix: str = "") -> PartialDate | None:
    """The day that was found; ``None`` for one that is on no calendar, or was not written."""
    if match[f"{prefix}year"] is None:
        return None
    names = (f"{prefix}year", f"{prefix}month", f"{prefix}day")
    year, month, day = (_read_figures(match[name]) for name in names)
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def read_duration(match: re.Match[str], prefix: str = "") -> Duration:
    """The length of time that was found."""
    counts = {
        name: read_numeral(match[f"{prefix}{name}"])
        for name in ("years", "months", "days")
        if match[f"{prefix}{name}"]
    }
    return Duration(**counts)


def last_day(first: PartialDate, duration: Duration) -> PartialDate:
    """The day before the one on which a time that begins on ``first`` is over.

    In a month that has no such day it is the last of the month: a year from 29 February.
    """
    end = later(first, duration)
    return end if not duration.days and end.day < first.day else _day_before(end)


def later(first: PartialDate, duration: Duration) -> PartialDate:
    """The day so long after ``first``; the last of a month that is too short for it."""
    start = first.first_day
    months = start.year * _MONTHS_A_YEAR + start.month - 1
    months += duration.years * _MONTHS_A_YEAR + duration.months
    year, month = divmod(months, _MONTHS_A_YEAR)
    day = min(start.day, monthrange(year, month + 1)[1])
    end = start.replace(year=year, month=month + 1, day=day) + timedelta(days=duration.days)
    return PartialDate(end.year, end.month, end.day)


def _day_before(day: PartialDate) -> PartialDate:
    last = day.first_day - timedelta(days=1)
    return PartialDate(last.year, last.month, last.day)


def _read_figures(text: str) -> int:
    """2025, 二〇二五 or 十二; a year is written figure by figure."""
    text = re.sub("[○О]", "〇", text)
    if text.isdecimal() or len(text) < len("二〇二五"):
        return read_numeral(text)
    return int("".join(str(read_numeral(sign)) for sign in text))
