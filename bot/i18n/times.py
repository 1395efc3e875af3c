"""Moments as a reader writes them, on the clock of a place."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time, get_timezone_location

from bot.i18n.formats import date_locale


def moment_in_words(moment: datetime, *, zone: str, language: str) -> str:
    """Return a moment as Tue 24 Nov, 09:00."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{_day(local, language)}, {_time(local, language)}"


def window_in_words(begin: datetime, end: datetime, *, zone: str, language: str) -> str:
    """Return the time between two moments: Tue 24 Nov, 09:00–11:00."""
    first, last = (each.astimezone(ZoneInfo(zone)) for each in (begin, end))
    opening = f"{_day(first, language)}, {_time(first, language)}"
    if first.date() == last.date():
        return f"{opening}–{_time(last, language)}"
    return f"{opening} – {_day(last, language)}, {_time(last, language)}"


def weekday_in_words(moment: datetime, *, zone: str, language: str) -> str:
    """Return the day of a moment as Tue 24 Nov."""
    return _day(moment.astimezone(ZoneInfo(zone)), language)


def city_of_zone(zone: str, *, language: str) -> str:
    """Return the city that a time zone is named after: Moscow, Москва."""
    named = get_timezone_location(ZoneInfo(zone), locale=date_locale(language), return_city=True)
    return str(named)


def _day(local: datetime, language: str) -> str:
    return str(format_skeleton("MMMEd", local, locale=date_locale(language)))


def _time(local: datetime, language: str) -> str:
    return str(format_time(local, "short", locale=date_locale(language)))
