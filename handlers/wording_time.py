"""Words what the desk knows of time: by when customers may expect somebody, what staff owe."""

from bot.desk.expectation import Expectation
from bot.desk.schedule.hours import CENTRE_ZONE
from bot.i18n.times import city_of_zone, window_in_words, zoned_in_words
from bot.i18n.translations import Translations
from handlers import wording_time_texts as texts
from handlers.wording_direction import fill


def expectation_in_words(
    expected: Expectation, *, translations: Translations, language: str
) -> str:
    """Say to a customer by when they may expect an answer, on the clock where they are."""

    def phrase(message: str, **fields: object) -> str:
        return fill(translations.gettext(message, language=language), fields, language=language)

    if expected.late:
        return phrase(texts.EXPECT_LATE)
    zone = expected.zone
    if expected.centre and zone == CENTRE_ZONE:
        place = phrase(texts.CENTRE_TIME)
    else:
        text = texts.OWN_TIME if expected.own else texts.CITY_TIME
        place = phrase(text, city=city_of_zone(zone, language=language))
    if expected.opens is None:
        when = zoned_in_words(expected.by, zone=zone, language=language)
        return phrase(texts.EXPECT, when=when, place=place)
    when = window_in_words(expected.opens, expected.by, zone=zone, language=language)
    if expected.holiday is None:
        return phrase(texts.EXPECT_CLOSED, when=when, place=place)
    holiday = phrase(texts.HOLIDAYS[expected.holiday])
    return phrase(texts.EXPECT_HOLIDAY, when=when, place=place, holiday=holiday)
