"""Promises in what staff write. It is Monday, 23 November 2026, three in the afternoon."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.desk.promises.finding import MOST, find_promises
from bot.desk.schedule.hours import DEFAULT_HOURS, OpeningHours, parse_week
from bot.i18n.translations import Translations
from handlers import wording_staff_texts, wording_texts, wording_time_texts
from tests.unit.bot.promise_cases import NO_PROMISES, PROMISES

HOURS = OpeningHours(week=parse_week(DEFAULT_HOURS))
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def found(text: str) -> list[str]:
    promises = find_promises(text, NOW, HOURS)
    return [f"{each.day:%m-%d}" + (f" {each.at:%H:%M}" if each.at else "") for each in promises]


@pytest.mark.parametrize(("day", "text"), PROMISES)
def test_a_promise_is_found_with_its_day(day: str, text: str) -> None:
    assert found(text) == [day]


@pytest.mark.parametrize("text", NO_PROMISES)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "We will call you on Friday at 15:30.",
        "Dear Anna: we will call you on Friday at 15:30.",
        "我们周五15:30前给您答复。",
        "我们周五15：30前给您答复。",
        "Мы ответим вам в пятницу в 15:30.",
        "Wir rufen Sie am Freitag um 15:30 an.",
    ],
)
def test_a_colon_in_a_time_ends_no_clause(text: str) -> None:
    assert found(text) == ["11-27 15:30"]


def test_the_words_of_the_promise_are_kept() -> None:
    text = "Dear Anna,\nthank you. We will call you on Friday. Best wishes, Li"
    (promise,) = find_promises(text, NOW, HOURS)
    assert promise.quote == "We will call you on Friday."


def test_several_days_are_several_promises() -> None:
    assert found("我们明天把清单发给您。周五前会答复您其余的问题。") == ["11-24", "11-27"]


def test_a_list_of_dates_does_not_flood_anybody() -> None:
    text = "\n".join(f"We will call you on {day} December." for day in range(1, 29))
    assert len(found(text)) == MOST


def test_a_long_text_is_read_in_a_moment() -> None:
    assert found("我们会" * 3000 + "we will " * 3000) == []


def _bot_texts() -> list[str]:
    """Everything that the bot says by itself, in English."""
    texts = []
    for module in (wording_texts, wording_staff_texts, wording_time_texts):
        for value in vars(module).values():
            if isinstance(value, str):
                texts.append(value)
            elif isinstance(value, dict):
                texts += [each for each in value.values() if isinstance(each, str)]
    return texts


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "ru", "de", "es", "ja", "ko"])
def test_the_bot_promises_no_day_of_its_own_accord(language: str) -> None:
    translations = Translations()
    texts = _bot_texts()
    assert len(texts) > 80
    said = [translations.gettext(text, language=language) for text in texts]
    assert [text for text in said if found(text)] == []
