"""Dates and names of languages, as a reader writes them."""

from datetime import date
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from bot.i18n.translations import nearest_locale
from knowledge.dates import PartialDate

# Our English readers are everywhere but mostly not in the United States: the day comes first.
_DATE_LOCALES: Final = {"en": "en_GB"}


def day_in_words(day: date, *, language: str) -> str:
    """Return a day as it is written in full: 22 November 2026, 2026年11月22日."""
    return format_date(day, "long", locale=_date_locale(language))


def partial_date_in_words(day: PartialDate, *, language: str) -> str:
    """Return as much of a date as is known: 2025, March 2025, 1 March 2025."""
    if day.day:
        return day_in_words(day.first_day, language=language)
    skeleton = "yMMMM" if day.month else "y"
    return format_skeleton(skeleton, day.first_day, locale=_date_locale(language))


def language_name(tag: str, *, language: str) -> str:
    """Return what a language is called in ``language``; an unknown tag is shown as it is."""
    return _name(tag, reader=nearest_locale(language))


def own_name(tag: str) -> str:
    """Return what the speakers of a language call it, for a list to choose from."""
    name = _name(tag, reader=tag)
    return name[:1].upper() + name[1:]


def _name(tag: str, *, reader: str) -> str:
    try:
        named, naming = Locale.parse(tag, sep="-"), Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag
    # "Simplified Chinese" rather than "Chinese (Simplified)" where the language has that.
    return naming.languages.get(str(named)) or named.get_display_name(naming) or tag


def _date_locale(language: str) -> str:
    tag = nearest_locale(language)
    return _DATE_LOCALES.get(tag, tag.replace("-", "_"))
