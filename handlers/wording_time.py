"""Words what the desk knows of time: by when customers may expect somebody, when it is open."""

from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.desk.expectation import Expectation
from bot.desk.schedule.hours import CENTRE_ZONE
from bot.desk.schedule.opening import OpenDay, Opening
from bot.i18n.times import city_of_zone, weekday_in_words, window_in_words, zoned_in_words
from bot.i18n.translations import Translations
from handlers import wording_time_texts as texts
from handlers.wording_direction import fill


class _Phrase(Protocol):
    def __call__(self, message: str, /, **fields: object) -> str:
        """Look a text up, and fill its fields in."""


def expectation_in_words(
    expected: Expectation, *, translations: Translations, language: str
) -> str:
    """Say to a customer by when they may expect an answer, on the clock where they are."""
    phrase = _phraser(translations, language)
    zone = expected.zone
    place = _place(zone, own=expected.own, centre=expected.centre, phrase=phrase, language=language)
    if expected.late:
        late = phrase(texts.EXPECT_LATE)
        if expected.opens is None:
            return late
        when = zoned_in_words(expected.opens, zone=zone, language=language)
        return f"{late} {phrase(texts.OPENS, when=when, place=place)}"
    if expected.opens is None:
        when = zoned_in_words(expected.by, zone=zone, language=language)
        return phrase(texts.EXPECT, when=when, place=place)
    when = window_in_words(expected.opens, expected.by, zone=zone, language=language)
    if expected.holiday is None:
        return phrase(texts.EXPECT_CLOSED, when=when, place=place)
    holiday = phrase(texts.HOLIDAYS[expected.holiday])
    return phrase(texts.EXPECT_HOLIDAY, when=when, place=place, holiday=holiday)


def opening_in_words(opening: Opening, *, translations: Translations, language: str) -> str:
    """Say when staff are there, day by day, on the clock of the centre."""
    phrase = _phraser(translations, language)
    zone = opening.zone
    place = _place(zone, own=False, centre=True, phrase=phrase, language=language)
    if opening.opens is None:
        state = phrase(texts.OPEN_NOW)
    else:
        when = zoned_in_words(opening.opens, zone=zone, language=language)
        holiday = opening.days[0].holiday
        text = texts.OPENS if holiday is None else texts.OPENS_AFTER_HOLIDAY
        named = {} if holiday is None else {"holiday": phrase(texts.HOLIDAYS[holiday])}
        state = phrase(text, when=when, place=place, **named)
    marks = [texts.TODAY, texts.TOMORROW, *[""] * len(opening.days)]
    lines = [
        _day_in_words(day, mark, zone=zone, phrase=phrase, language=language)
        for day, mark in zip(opening.days, marks, strict=False)
    ]
    return "\n".join([f"{state}\n", phrase(texts.OPENING_TITLE, place=place), *lines])


def _day_in_words(day: OpenDay, mark: str, *, zone: str, phrase: _Phrase, language: str) -> str:
    noon = datetime.combine(day.day, time(12), tzinfo=ZoneInfo(zone))
    name = weekday_in_words(noon, zone=zone, language=language)
    name = phrase(mark, day=name) if mark else name
    if day.moments:
        clock = ZoneInfo(zone)
        spans = ((begin.astimezone(clock), end.astimezone(clock)) for begin, end in day.moments)
        return f"{name}: {', '.join(f'{begin:%H:%M}–{end:%H:%M}' for begin, end in spans)}"
    if day.holiday is None:
        return f"{name}: {phrase(texts.CLOSED)}"
    return f"{name}: {phrase(texts.CLOSED_HOLIDAY, holiday=phrase(texts.HOLIDAYS[day.holiday]))}"


def _place(zone: str, *, own: bool, centre: bool, phrase: _Phrase, language: str) -> str:
    """Say by which clock a time is told."""
    if centre and zone == CENTRE_ZONE:
        return phrase(texts.CENTRE_TIME)
    text = texts.OWN_TIME if own else texts.CITY_TIME
    return phrase(text, city=city_of_zone(zone, language=language))


def _phraser(translations: Translations, language: str) -> _Phrase:
    def phrase(message: str, /, **fields: object) -> str:
        return fill(translations.gettext(message, language=language), fields, language=language)

    return phrase
