"""By when somebody answers, in the words and on the clock of the reader."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.desk.expectation import Expectation
from bot.desk.outcomes import HandedOff, HandOffReason
from bot.desk.schedule.calendar import Holiday
from bot.i18n.locales import KNOWN_LOCALES
from bot.i18n.translations import Translations
from handlers.wording import Wording

WORDING = Wording(Translations())
BY = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
OPENS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
OPEN = Expectation(by=BY, opens=None, zone="Asia/Shanghai", centre=True)
CLOSED = replace(OPEN, opens=OPENS)
MOSCOW = replace(CLOSED, zone="Europe/Moscow", own=True, centre=False)


def said(expected: Expectation, language: str = "en") -> str:
    return WORDING.expectation(expected, language=language)


def test_while_it_is_open_there_is_a_moment() -> None:
    assert said(OPEN) == "You can expect an answer by: Tue 24 Nov, 11:00 (Shenzhen time)."


def test_while_it_is_closed_there_is_a_time_between_two() -> None:
    assert "Tue 24 Nov, 09:00–11:00 (Shenzhen time)." in said(CLOSED)
    assert "closed at the moment" in said(CLOSED)


def test_whoever_said_where_they_are_reads_their_own_time() -> None:
    assert "Tue 24 Nov, 04:00–06:00 (your time, Moscow)." in said(MOSCOW)


def test_a_zone_that_was_guessed_is_named_by_its_city() -> None:
    assert "(Bangkok time)" in said(replace(MOSCOW, zone="Asia/Bangkok", own=False))


def test_a_time_over_midnight_names_both_days() -> None:
    late = replace(MOSCOW, zone="America/New_York", by=datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    assert "Mon 23 Nov, 20:00 – Tue 24 Nov, 01:00 (your time, New York)" in said(late)


def test_a_holiday_is_named() -> None:
    assert "public holiday in China (National Day)" in said(
        replace(CLOSED, holiday=Holiday.NATIONAL_DAY)
    )


def test_where_it_is_late_no_new_moment_is_named() -> None:
    assert said(replace(OPEN, late=True)) == "I am sorry that this takes longer than planned."


@pytest.mark.parametrize("language", KNOWN_LOCALES)
def test_every_language_names_the_moment(language: str) -> None:
    shown = said(replace(MOSCOW, holiday=Holiday.SPRING_FESTIVAL), language)
    assert "04:00" in shown
    assert "{" not in shown


def test_it_stands_below_a_hand_off() -> None:
    outcome = HandedOff(language="en", reason=HandOffReason.UNSURE, expected=OPEN)
    text = WORDING.outcome(outcome, language="en", today=BY.date()).text
    assert text.endswith(said(OPEN))


def test_whoever_asks_again_is_told_again_and_others_are_not() -> None:
    asked = HandedOff(
        language="en", reason=HandOffReason.ASKED_FOR_PERSON, expected=OPEN, again=True
    )
    assert said(OPEN) in WORDING.outcome(asked, language="en", today=BY.date()).text
    other = replace(asked, reason=HandOffReason.UNSURE)
    assert said(OPEN) not in WORDING.outcome(other, language="en", today=BY.date()).text
