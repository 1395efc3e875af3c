"""Dates and names of languages, as a reader writes them."""

import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time

from bot.i18n.locales import KNOWN_LOCALES
from bot.i18n.translations import nearest_locale
from knowledge.dates import PartialDate

# Our English readers are everywhere but mostly not in the United States: the day comes first.
_DATE_LOCALES: Final = {"en": "en_GB"}
# The first day of a month is an ordinal there, which CLDR's patterns cannot say.
_FIRST_DAYS: Final = {"fr": "1er", "pt-BR": "1º"}
# CLDR calls the language like the country there, which in a list of languages looks odd.
_OWN_NAMES: Final = {"id": "Bahasa Indonesia"}
# The same few days stand under every answer, and CLDR is slow to read.
_DAYS_KEPT: Final = 1024
_LANGUAGES_KEPT: Final = 256


@lru_cache(maxsize=_DAYS_KEPT)
def day_in_words(day: date, *, language: str) -> str:
    """Return a day as it is written in full: 22 November 2026, 2026年11月22日."""
    written = format_date(day, "long", locale=_date_locale(language))
    first = _FIRST_DAYS.get(nearest_locale(language))
    return f"{first}{written[1:]}" if first and day.day == 1 else written


def moment_in_words(moment: datetime, *, language: str) -> str:
    """Return a day of the week, day and time as a clock there shows it: Tue, 24 Nov, 09:00."""
    locale = _date_locale(language)
    day = format_skeleton("MMMEd", moment, locale=locale)
    return f"{day}, {format_time(moment, 'HH:mm', locale=locale)}"


@lru_cache(maxsize=_DAYS_KEPT)
def partial_date_in_words(day: PartialDate, *, language: str) -> str:
    """Return as much of a date as is known: 2025, March 2025, 1 March 2025."""
    if day.day:
        return day_in_words(day.first_day, language=language)
    skeleton = "yMMMM" if day.month else "y"
    return format_skeleton(skeleton, day.first_day, locale=_date_locale(language))


def language_name(tag: str, *, language: str) -> str:
    """Return what a language is called in ``language``; an unknown tag is shown as it is."""
    return _name(tag, reader=nearest_locale(language))


def country_name(code: str, *, language: str) -> str:
    """Return what a country or region is called; an unknown ISO code is shown as it is."""
    territories = Locale.parse(nearest_locale(language), sep="-").territories
    return territories.get(code) or code


def own_name(tag: str) -> str:
    """Return what the speakers of a language call it, for a list to choose from."""
    name = _OWN_NAMES.get(tag) or _name(tag, reader=tag)
    return name[:1].upper() + name[1:]


def choosable_languages() -> tuple[str, ...]:
    """Return our languages as a list to choose from has them: Chinese, then by their own names."""
    return tuple(sorted(KNOWN_LOCALES, key=lambda tag: (not tag.startswith("zh"), _sort_key(tag))))


@lru_cache(maxsize=_LANGUAGES_KEPT)
def is_right_to_left(language: str) -> bool:
    """Whether the language in which a reader of ``language`` is written to runs to the left."""
    locale = Locale.parse(nearest_locale(language), sep="-")
    return bool(locale.character_order == "right-to-left")


def _sort_key(tag: str) -> str:
    """The own name without accents, so that no letter with one stands behind all others."""
    return unicodedata.normalize("NFD", own_name(tag)).casefold()


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
