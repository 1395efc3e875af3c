"""Opening hours, as they are written in settings and as moments on a day.

``mon-fri 09:00-12:00 13:30-18:00; sat 10:00-12:00; holidays 10:00-12:00``: parts are divided by
``;``, each names days (``mon``, ``mon-fri``, ``mon,wed``, ``daily``, ``holidays``) and then the
times at which it is open. What lies between two times is lunch. Who says nothing of ``holidays``
is closed then.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.schedule.calendar import Calendar, ChineseCalendar, DayKind

DEFAULT_HOURS: Final = "mon-fri 09:00-12:00 13:30-18:00"
CENTRE_ZONE: Final = "Asia/Shanghai"

Spans = tuple[tuple[int, int], ...]
"""Times at which it is open, as minutes since midnight; in order, and apart from each other."""

Moments = tuple[tuple[datetime, datetime], ...]
"""The same on one day, as moments in UTC."""

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIMES: Final = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})")
_SATURDAY, _SUNDAY = 5, 6
_MIDNIGHT: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of an ordinary week, from Monday on, and those of public holidays."""

    days: tuple[Spans, ...]
    holidays: Spans = ()

    @property
    def longest(self) -> timedelta:
        """How long the longest day is: what a “working day” is in a target."""
        return max(timedelta(minutes=sum(e - b for b, e in spans)) for spans in self.days)

    def worked(self, weekday: int) -> Spans:
        """The hours of a weekend day that is worked: its own, or else those of the next workday."""
        if self.days[weekday]:
            return self.days[weekday]
        near = {_SATURDAY: range(4, -1, -1), _SUNDAY: range(5)}.get(weekday, range(0))
        return next((self.days[each] for each in near if self.days[each]), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """When somebody is there. ``closed`` and ``opened`` are days that differ from the calendar."""

    week: Week
    zone: str = CENTRE_ZONE
    calendar: Calendar = field(default_factory=ChineseCalendar, compare=False)
    closed: frozenset[date] = frozenset()
    opened: tuple[tuple[date, Spans], ...] = ()

    def local(self, moment: datetime) -> datetime:
        """A moment as the clock on the centre's wall shows it."""
        return moment.astimezone(ZoneInfo(self.zone))

    def spans(self, day: date) -> Spans:
        """The hours of one day."""
        written = dict(self.opened).get(day)
        if written is not None:
            return written or self.week.worked(day.weekday()) or max(self.week.days, key=len)
        if day in self.closed:
            return ()
        match self.calendar.kind(day):
            case DayKind.HOLIDAY:
                return self.week.holidays
            case DayKind.MAKE_UP:
                return self.week.worked(day.weekday())
            case DayKind.WORKDAY | DayKind.WEEKEND:
                return self.week.days[day.weekday()]

    def moments(self, day: date) -> Moments:
        """The hours of one day as moments."""
        return _moments(self.spans(day), day, self.zone)


@lru_cache(maxsize=4096)
def _moments(spans: Spans, day: date, zone: str) -> Moments:
    found = ((_moment(day, begin, zone), _moment(day, end, zone)) for begin, end in spans)
    # An hour that a change of the clocks leaves out has no length.
    return tuple((begin, end) for begin, end in found if begin < end)


def _moment(day: date, minutes: int, zone: str) -> datetime:
    midnight = datetime.combine(day + timedelta(days=minutes // _MIDNIGHT), time())
    local = midnight + timedelta(minutes=minutes % _MIDNIGHT)
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def parse_week(text: str) -> Week:
    """Read opening hours; raises ``ValueError``, which says what is wrong."""
    days: list[Spans] = [()] * len(_DAYS)
    holidays: Spans = ()
    for part in filter(None, (each.strip() for each in text.casefold().split(";"))):
        named, _, times = part.partition(" ")
        spans = parse_spans(times)
        for name in named.split(","):
            if name == "holidays":
                holidays = spans
                continue
            for number in parse_days(name):
                days[number] = spans
    if not any(days):
        message = f"they never open; write them like “{DEFAULT_HOURS}”"
        raise ValueError(message)
    return Week(tuple(days), holidays)


def parse_days(name: str) -> tuple[int, ...]:
    """Read ``mon``, ``mon-fri``, ``sat-mon`` or ``daily``; Monday is 0."""
    if name == "daily":
        return tuple(range(len(_DAYS)))
    first, _, last = name.partition("-")
    if first not in _DAYS or (last or first) not in _DAYS:
        message = f"“{name}” is no day; the days are {', '.join(_DAYS)}, daily and holidays"
        raise ValueError(message)
    begin, end = _DAYS.index(first), _DAYS.index(last or first)
    return tuple(each % len(_DAYS) for each in range(begin, end + 1 + 7 * (end < begin)))


def parse_spans(text: str) -> Spans:
    """Read ``09:00-12:00 13:30-18:00``; raises ``ValueError``."""
    left = _TIMES.sub(" ", text).strip(" ,")
    found = [tuple(map(int, each)) for each in _TIMES.findall(text)]
    if left or not found:
        message = f"“{text.strip()}” are no times; write them like 09:00-12:00 13:30-18:00"
        raise ValueError(message)
    spans = sorted((hour * 60 + minute, to * 60 + last) for hour, minute, to, last in found)
    if any(minute > 59 for each in found for minute in each[1::2]):  # noqa: PLR2004 - minutes
        message = f"“{text.strip()}”: an hour has 60 minutes"
        raise ValueError(message)
    ends = [0, *(end for _, end in spans)]
    if any(not begin < end <= _MIDNIGHT for begin, end in spans):
        message = f"“{text.strip()}” must go forward within a day; write a night as two parts"
        raise ValueError(message)
    if any(begin < end for (begin, _), end in zip(spans, ends, strict=False)):
        message = f"“{text.strip()}”: the times overlap"
        raise ValueError(message)
    return tuple(spans)


def parse_dates(text: str) -> frozenset[date]:
    """Read days such as ``2027-02-05..2027-02-12, 2027-12-31``; raises ``ValueError``."""
    found: set[date] = set()
    for part in filter(None, re.split(r"[,\s]+", text)):
        first, _, last = part.partition("..")
        try:
            begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError as error:
            message = f"“{part}” is neither a day like 2027-02-05 nor 2027-02-05..2027-02-12"
            raise ValueError(message) from error
        found |= {begin + timedelta(days=each) for each in range((end - begin).days + 1)}
    return frozenset(found)


def parse_open_days(text: str) -> tuple[tuple[date, Spans], ...]:
    """Read extra days, each with its hours or, without, those of a workday.

    ``2027-02-20; 2026-12-26 09:00-12:00``. Raises ``ValueError``.
    """
    found: dict[date, Spans] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        days, _, times = part.partition(" ")
        spans = parse_spans(times) if times.strip() else ()
        found |= dict.fromkeys(sorted(parse_dates(days)), spans)
    return tuple(sorted(found.items()))
