"""Which days are worked in mainland China.

The State Council announces each year's holidays in the November before, with the weekends that are
worked in exchange (调休). The package chinesecalendar has them a few days later. For a year that it
does not have yet only the statutory days are known, which the law fixes
(全国年节及纪念日放假办法, as amended for 2025): no bridges, no weekends that are worked. ``covers``
says so, and the doors tell the operator.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol

_FRIDAY: Final = 4
_AHEAD: Final = timedelta(days=45)


class Holiday(StrEnum):
    """Which holiday a day is off for."""

    NEW_YEAR = "new-year"
    SPRING_FESTIVAL = "spring-festival"
    TOMB_SWEEPING = "tomb-sweeping"
    LABOUR_DAY = "labour-day"
    DRAGON_BOAT = "dragon-boat"
    MID_AUTUMN = "mid-autumn"
    NATIONAL_DAY = "national-day"
    OTHER = "other"


class DayKind(StrEnum):
    """What sort of day it is; a make-up day is a weekend day that is worked."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make-up"


class Calendar(Protocol):
    """Tells working days from others."""

    def kind(self, day: date) -> DayKind:
        """What sort of day it is."""

    def holiday(self, day: date) -> Holiday | None:
        """The holiday that a day is off for; None for any other day."""

    def covers(self, year: int) -> bool:
        """Whether all that was announced for a year is known."""


def missing_years(calendar: Calendar, today: date) -> list[int]:
    """Return the years, of this day and of those soon to come, that a calendar lacks."""
    years = sorted({today.year, (today + _AHEAD).year})
    return [year for year in years if not calendar.covers(year)]


class ChineseCalendar:
    """``Calendar`` of mainland China; any day has an answer."""

    def kind(self, day: date) -> DayKind:
        """What sort of day it is."""
        return _known(day)[0] if self.covers(day.year) else _expected(day)[0]

    def holiday(self, day: date) -> Holiday | None:
        """The holiday that a day is off for; the weekend in the middle of one counts as well."""
        return _known(day)[1] if self.covers(day.year) else _expected(day)[1]

    def covers(self, year: int) -> bool:
        """Whether the package has the year."""
        return year in _years()


# What the package calls them.
_NAMES: Final[Mapping[str, Holiday]] = {
    "New Year's Day": Holiday.NEW_YEAR,
    "Spring Festival": Holiday.SPRING_FESTIVAL,
    "Tomb-sweeping Day": Holiday.TOMB_SWEEPING,
    "Labour Day": Holiday.LABOUR_DAY,
    "Dragon Boat Festival": Holiday.DRAGON_BOAT,
    "Mid-autumn Festival": Holiday.MID_AUTUMN,
    "National Day": Holiday.NATIONAL_DAY,
}
# Month and day of Spring Festival, Tomb-sweeping, Dragon Boat and Mid-autumn: computed from the
# lunar calendar and the solar terms, so they hold before anybody announces them.
_MOVING: Final[Mapping[int, tuple[tuple[int, int], ...]]] = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
    2036: ((1, 28), (4, 4), (5, 30), (10, 4)),
}
_SPRING: Final = range(-1, 3)
"""The days off around the first of the lunar year, from its eve on."""


@lru_cache(maxsize=4096)
def _known(day: date) -> tuple[DayKind, Holiday | None]:
    import chinese_calendar

    off, name = chinese_calendar.get_holiday_detail(day)
    weekend = day.weekday() > _FRIDAY
    if not off:
        return (DayKind.MAKE_UP if weekend else DayKind.WORKDAY), None
    if name is None:
        return DayKind.WEEKEND, None
    return DayKind.HOLIDAY, _NAMES.get(name, Holiday.OTHER)


@lru_cache(maxsize=1)
def _years() -> frozenset[int]:
    import chinese_calendar

    return frozenset(day.year for day in chinese_calendar.holidays)


def _expected(day: date) -> tuple[DayKind, Holiday | None]:
    holiday = _statutory(day.year).get(day)
    if holiday is not None:
        return DayKind.HOLIDAY, holiday
    return (DayKind.WEEKEND if day.weekday() > _FRIDAY else DayKind.WORKDAY), None


@lru_cache(maxsize=64)
def _statutory(year: int) -> Mapping[date, Holiday]:
    """The days that are off by law, whatever is announced around them."""
    found = {
        date(year, 1, 1): Holiday.NEW_YEAR,
        date(year, 5, 1): Holiday.LABOUR_DAY,
        date(year, 5, 2): Holiday.LABOUR_DAY,
    }
    if year in _MOVING:
        spring, tombs, boats, moon = (date(year, *each) for each in _MOVING[year])
        found |= {spring + timedelta(days=each): Holiday.SPRING_FESTIVAL for each in _SPRING}
        found |= {tombs: Holiday.TOMB_SWEEPING, boats: Holiday.DRAGON_BOAT}
        found[moon] = Holiday.MID_AUTUMN
    return found | {date(year, 10, day): Holiday.NATIONAL_DAY for day in (1, 2, 3)}
