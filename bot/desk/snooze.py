"""Until when a case can be put off: in an hour, tomorrow morning, on Monday."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MORNING: Final = time(9, 0)
_WEEK: Final = 7


def snooze_end(choice: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment that ``1h``, ``tomorrow`` or ``monday`` means; None for anything else.

    Mornings are those of the centre. On a Monday, Monday is the next one.
    """
    here = now.astimezone(zone)
    if choice == "1h":
        return now + timedelta(hours=1)
    days = {"tomorrow": 1, "monday": _WEEK - here.weekday()}.get(choice)
    if days is None:
        return None
    return datetime.combine(here.date() + timedelta(days=days), MORNING, tzinfo=zone)
