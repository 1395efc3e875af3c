"""What somebody wants when they write: a question for the shelf, a person, help, a chat.

Wordings decide where they are unmistakable, then the nearest of the example sentences. In doubt
it is a question: the shelf then answers it, or a person does.
"""

import json
import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.desk import intent_rules

if TYPE_CHECKING:  # numpy comes with these; whoever only names an intent does without
    from knowledge.embedding import Embedder
    from knowledge.examples import Example, ExampleBook, Vector


class Intent(StrEnum):
    """What is wanted."""

    QUESTION = "question"
    DANGER = "danger"
    PERSON = "person"
    PERSONAL_CASE = "personal_case"
    COMPLAINT = "complaint"
    ILLEGAL = "illegal"
    OFF_TOPIC = "off_topic"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    ABOUT = "about"
    HOURS = "hours"
    """When staff are there; told by wordings alone."""


MARGINS = {
    Intent.DANGER: 0.08,
    Intent.PERSON: 0.10,
    Intent.PERSONAL_CASE: 0.13,
    Intent.COMPLAINT: 0.08,
    Intent.ILLEGAL: 0.14,
    Intent.OFF_TOPIC: 0.16,
    Intent.GREETING: 0.10,
    Intent.THANKS: 0.10,
    Intent.FAREWELL: 0.12,
    Intent.ABOUT: 0.10,
}
"""By how much an intent's examples must be nearer than those of questions.

Set on half of the 3,700 questions that the starter shelf answers and on the sentences of
``tests/unit/bot/intent_cases.json`` but the groups ``fresh`` and ``unseen``. That of danger is low,
because one that is missed is worse than one too many. Of all questions of the shelf five in a
thousand are taken for something else, one of them for danger, none for a crime or for another
subject, which would be declined. One set of margins does for all languages: the space is aligned,
and margins of their own for groups of languages changed nothing.
"""
_NEAR = 0.3
"""What is less like any example says nothing about the intent; near ones lie about .6."""
_SPREAD = 0.05  # the lead that makes a decision by examples three quarters certain is one of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a message was taken for; ``certainty`` from 0 to 1 and ``by`` say on what grounds."""

    intent: Intent
    certainty: float
    by: Literal["rule", "example", "default"]


class IntentReader:
    """Reads intents; safe to share by threads. Nothing is loaded before the first message."""

    def __init__(self, embedder: "Embedder", folder: Path | None = None) -> None:
        """Remember the model; ``folder`` keeps the vectors of the examples between runs."""
        self._embedder = embedder
        self._folder = folder

    def warm_up(self) -> None:
        """Read the rules and embed the examples now, instead of when the first message comes."""
        intent_rules.prepare()
        self._book.prepare()

    def is_warm(self) -> bool:
        """Whether the examples are embedded already, by this embedding model."""
        return self._book.is_prepared()

    def read(self, text: str, *, language: str, vector: "Vector | None" = None) -> Reading:
        """Return what ``text`` asks for.

        ``vector`` spares an embedding: that of ``fold(text)``, embedded as a question.
        """
        judged = intent_rules.judge(text, language)
        if judged:
            return Reading(intent=Intent(judged), certainty=1.0, by="rule")
        if not any(character.isalpha() for character in text):
            return Reading(intent=Intent.QUESTION, certainty=0.0, by="default")
        if vector is None:
            vector = self._book.embed(text)
        return _decide(self._book.compare(vector, language))

    @cached_property  # which locks, until Python 3.12
    def _book(self) -> "ExampleBook":
        from knowledge.examples import ExampleBook

        return ExampleBook(read_examples(), self._embedder, self._folder)


def _decide(nearness: dict[str, float]) -> Reading:
    """Take the intent that leads most over its margin; a question where none leads."""
    asked = nearness[Intent.QUESTION]
    leads = {
        intent: min(nearness[intent] - asked - margin, nearness[intent] - _NEAR)
        for intent, margin in MARGINS.items()
    }
    best = max(leads, key=leads.__getitem__)
    certainty = _certainty(abs(leads[best]))
    if leads[best] > 0:
        return Reading(intent=best, certainty=certainty, by="example")
    return Reading(intent=Intent.QUESTION, certainty=certainty, by="example")


def _certainty(lead: float) -> float:
    """One half without a lead, rising to 1."""
    return 1 - 0.5 * math.exp2(-lead / _SPREAD)


def read_examples() -> "list[Example]":
    """Return the example sentences of all intents and languages."""
    from knowledge.examples import Example

    folder = files("bot.desk") / "intents" / "examples"
    books = sorted(folder.iterdir(), key=lambda book: book.name)
    return [
        Example(label=Intent(label), language=book.name.removesuffix(".json"), text=text)
        for book in books
        for label, texts in json.loads(book.read_text("utf-8")).items()
        for text in texts
    ]
