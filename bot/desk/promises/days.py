"""Days and times that are named from where somebody stands: tomorrow, Friday, in two hours."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.desk.schedule.hours import OpeningHours

_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A day by which something will be done, with the time where one was said."""

    date: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Standpoint:
    """The moment at which something was written, by the clock of the centre."""

    now: datetime
    hours: OpeningHours

    @property
    def today(self) -> date:
        """The day of it."""
        return self.now.date()

    def after(self, *, days: int) -> Day:
        """So many days from today."""
        return Day(self.today + timedelta(days=days))

    def after_time(self, duration: timedelta) -> Day:
        """So much time from now; where that is a day or more, the day alone counts."""
        moment = self.now + duration
        return Day(moment.date(), moment.time() if duration < timedelta(hours=12) else None)

    def after_working_days(self, count: int) -> Day:
        """So many days on which the centre is open."""
        day = self.today
        while count > 0:
            day += timedelta(days=1)
            count -= bool(self.hours.spans(day))
        return Day(day)

    def weekday(self, number: int, week: int | None = None) -> Day:
        """A day of the week (Monday is 0): the next to come, or that of so many weeks from now.

        Nobody calls today by the name of its weekday.
        """
        if week is None:
            return Day(self.today + timedelta(days=(number - self.today.weekday() - 1) % 7 + 1))
        monday = self.today - timedelta(days=self.today.weekday())
        return Day(monday + timedelta(days=number + 7 * week))

    def end_of_week(self, week: int = 0) -> Day:
        """The last day of a working week."""
        friday = self.weekday(_FRIDAY, week)
        return friday if friday.date >= self.today else Day(friday.date + timedelta(days=7))

    def end_of_month(self, month: int = 0) -> Day:
        """The last day of this month, or of so many months later."""
        index = self.today.month - 1 + month
        year, number = self.today.year + index // 12, index % 12 + 1
        return Day(date(year, number, calendar.monthrange(year, number)[1]))

    def on(self, *, month: int, day: int, year: int | None = None) -> Day | None:
        """A day of the calendar, the next to come without a year; None where there is none."""
        for each in (year,) if year else (self.today.year, self.today.year + 1):
            try:
                found = date(each, month, day)
            except ValueError:
                continue
            if year or found >= self.today - timedelta(days=_LONG_PAST):
                return Day(found)
        return None

    def on_day(self, day: int) -> Day | None:
        """A day of this month or, when that has passed, of the next."""
        for month in (self.today.month, self.today.month % 12 + 1):
            found = self.on(month=month, day=day)
            if found and found.date >= self.today:
                return found
        return None


_LONG_PAST: Final = 30
"""A date without a year that has passed by no more than this is no date of next year."""

_HAN: Final[Mapping[str, int]] = {
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_WORDS: Final[Mapping[str, int]] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "couple of": 2,
    "a couple of": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


def number_of(text: str) -> int:
    """Read a number from 1 to 99 in figures, English or Chinese; 0 when it is none."""
    text = text.strip().casefold()
    if text.isdecimal():
        return int(text)
    if text in _WORDS:
        return _WORDS[text]
    tens, ten, ones = text.partition("十")
    if ten:
        return _HAN.get(tens, 1) * 10 + (_HAN.get(ones, 0) if ones else 0)
    return _HAN.get(text, 0)
