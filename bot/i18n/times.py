"""Moments as a reader writes them, on the clock of a place."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_timezone_location

from bot.i18n.formats import moment_in_words
from bot.i18n.translations import nearest_locale


def zoned_in_words(moment: datetime, *, zone: str, language: str) -> str:
    """Return a moment as Tue 24 Nov, 09:00."""
    return moment_in_words(moment.astimezone(ZoneInfo(zone)), language=language)


def window_in_words(begin: datetime, end: datetime, *, zone: str, language: str) -> str:
    """Return the time between two moments: Tue 24 Nov, 09:00–11:00."""
    first, last = (each.astimezone(ZoneInfo(zone)) for each in (begin, end))
    opening = moment_in_words(first, language=language)
    if first.date() == last.date():
        return f"{opening}–{last:%H:%M}"
    return f"{opening} – {moment_in_words(last, language=language)}"


def weekday_in_words(moment: datetime, *, zone: str, language: str) -> str:
    """Return the day of a moment as Tue 24 Nov."""
    local = moment.astimezone(ZoneInfo(zone))
    return str(format_skeleton("MMMEd", local, locale=_locale(language)))


def city_of_zone(zone: str, *, language: str) -> str:
    """Return the city that a time zone is named after: Moscow, Москва."""
    return str(get_timezone_location(ZoneInfo(zone), locale=_locale(language), return_city=True))


def _locale(language: str) -> str:
    tag = nearest_locale(language)
    # The day comes first for most of our English readers.
    return "en_GB" if tag == "en" else tag.replace("-", "_")
