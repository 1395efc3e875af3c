"""Arithmetic with time that counts only while it is open. Moments have a time zone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.desk.schedule.hours import OpeningHours


def add_working(hours: OpeningHours, moment: datetime, duration: timedelta) -> datetime:
    """Return when so much working time has passed since a moment; at least the next opening.

    The inverse of ``working_between``; it grows with both arguments.
    """
    left = duration
    for begin, end in _open_from(hours, moment):
        if left <= end - begin:
            return begin + left
        left -= end - begin
    raise AssertionError  # the days do not end


def working_between(hours: OpeningHours, begin: datetime, end: datetime) -> timedelta:
    """Return how much working time lies between two moments; none if the second is earlier."""
    total = timedelta(0)
    for opened, closed in _open_from(hours, begin):
        if opened >= end:
            return total
        total += min(closed, end.astimezone(UTC)) - opened
    raise AssertionError  # the days do not end


def next_opening(hours: OpeningHours, moment: datetime) -> datetime:
    """Return the moment itself while it is open, else when it opens next."""
    return next(_open_from(hours, moment))[0]


def last_closing(hours: OpeningHours, moment: datetime) -> datetime:
    """Return when it closed last, at a moment or before; lunch is a closing, too."""
    moment = moment.astimezone(UTC)
    day = hours.local(moment).date() + timedelta(days=1)
    while True:
        ends = [end for _, end in hours.moments(day) if end <= moment]
        if ends:
            return ends[-1]
        day -= timedelta(days=1)


def day_span(hours: OpeningHours, moment: datetime) -> tuple[datetime, datetime] | None:
    """Return when the day of a moment opens first and closes last; None where it stays closed."""
    moments = hours.moments(hours.local(moment).date())
    return (moments[0][0], moments[-1][1]) if moments else None


def is_open(hours: OpeningHours, moment: datetime) -> bool:
    """Whether somebody is there."""
    return next_opening(hours, moment) == moment


def _open_from(hours: OpeningHours, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield what is open from a moment on, the first cut off there."""
    moment = moment.astimezone(UTC)
    # The day before: where hours end at midnight, nothing of it is left, but it costs nothing.
    day = hours.local(moment).date()
    while True:
        for begin, end in hours.moments(day):
            if moment < end:
                yield max(begin, moment), end
        day += timedelta(days=1)
