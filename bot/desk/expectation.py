"""By when a customer may expect somebody: told to them, and kept by the same timers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.clocks import read_clocks, target_of
from bot.desk.schedule.calendar import Holiday
from bot.desk.schedule.queues import Queue
from bot.desk.schedule.working_time import next_opening
from bot.desk.ticket import Entry
from bot.desk.timers import TimerKind

_ROUND: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """When an answer is due.

    ``opens`` is when somebody will be there, None while somebody is. ``zone`` is the time zone to
    tell it in; ``own`` says that it is the customer's by what they told us, ``centre`` that it is
    the centre's. ``late`` says that the moment has passed; nothing new is promised then.
    """

    by: datetime
    opens: datetime | None
    zone: str
    own: bool = False
    centre: bool = False
    holiday: Holiday | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a customer is, as far as is known: a time zone, and whether they told us."""

    zone: str
    told: bool


def expect(
    queue: Queue, now: datetime, entries: Sequence[Entry], place: Place | None = None
) -> Expectation | None:
    """Return by when a reply is due; None when none is owed, or the ticket is put off."""
    by = _due(queue, entries)
    if by is None:
        return None
    hours = queue.hours
    opens = next_opening(hours, now)
    zone = place.zone if place else hours.zone
    # Where the clocks show the same there is nothing to translate.
    same = by.astimezone(hours.local(by).tzinfo).utcoffset() == _offset(by, zone)
    centre = place is None or (same and not place.told)
    return Expectation(
        by=_round_up(by),
        opens=None if opens == now else opens,
        zone=hours.zone if centre else zone,
        own=place is not None and place.told,
        centre=centre,
        holiday=None if opens == now else hours.calendar.holiday(hours.local(now).date()),
        late=by < now,
    )


def _due(queue: Queue, entries: Sequence[Entry]) -> datetime | None:
    for clock in read_clocks(entries):
        target = target_of(clock.kind, queue)
        if clock.kind is not TimerKind.SOLUTION and target is not None:
            return clock.reaches(target, queue.hours)
    return None


def _offset(moment: datetime, zone: str) -> timedelta | None:
    return moment.astimezone(ZoneInfo(zone)).utcoffset()


def _round_up(moment: datetime) -> datetime:
    """To five minutes, and never earlier than it is due."""
    past = timedelta(
        minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment - past + _ROUND if past else moment
