"""When staff are there in the days to come, for whoever asks about opening hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.desk.schedule.calendar import Holiday
from bot.desk.schedule.hours import Moments, OpeningHours
from bot.desk.schedule.working_time import next_opening

_DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay:
    """One day: the moments between which somebody is there, and the holiday it is off for."""

    day: date
    moments: Moments
    holiday: Holiday | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Today and the days after it. ``opens`` is None while somebody is there."""

    days: tuple[OpenDay, ...]
    opens: datetime | None
    zone: str


def look_ahead(hours: OpeningHours, now: datetime) -> Opening:
    """Return the hours of a week from today on, as the schedule has them."""
    today = hours.local(now).date()
    days = [today + timedelta(days=each) for each in range(_DAYS)]
    opens = next_opening(hours, now)
    return Opening(
        days=tuple(
            OpenDay(day=day, moments=hours.moments(day), holiday=hours.calendar.holiday(day))
            for day in days
        ),
        opens=None if opens == now else opens,
        zone=hours.zone,
    )
