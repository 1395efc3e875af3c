"""A consultant for journeys: it answers by the first word of the question."""

import time
from collections.abc import Mapping
from threading import Event
from typing import Final

from bot.desk.outcomes import (
    Answered,
    Clarifying,
    Declined,
    DeclineReason,
    HandedOff,
    HandOffReason,
    Outcome,
)
from bot.desk.questions import Question
from knowledge.answer import Citation, Found
from knowledge.dates import PartialDate
from knowledge.passage import Passage, PassageKind, Provenance

_LONGEST: Final = 60.0
_QUOTE: Final = "The employer applies for the work permit before any work starts."


class Advisor:
    """Hands off on ``person``, asks back on ``which``, declines what is empty or very long.

    Everything else is answered with a source, after ``seconds`` of thinking; ``slow`` not before
    ``released`` is set.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        """Think for so long about each question."""
        self.asked: list[str] = []
        self.released = Event()
        self._seconds = seconds

    def consult(self, question: Question) -> Outcome:
        """Decide."""
        self.asked.append(question.text)
        if self._seconds:
            time.sleep(self._seconds)
        if question.text.startswith("slow"):
            self.released.wait(_LONGEST)
        language = question.language or question.client_language or "en"
        short = _special(language)
        if len(question.text) > 4000:
            return Declined(language=language, reason=DeclineReason.TOO_LONG)
        if not any(char.isalnum() for char in question.text):
            return Declined(language=language, reason=DeclineReason.NO_TEXT)
        return short.get(question.text.split()[0], answer(question.text, language))


def _special(language: str) -> Mapping[str, Outcome]:
    return {
        "person": HandedOff(language=language, reason=HandOffReason.NOT_COVERED),
        "danger": HandedOff(language=language, reason=HandOffReason.DANGER),
        "which": Clarifying(language=language, choices=("visa <first>", "visa second")),
    }


def answer(text: str, language: str) -> Answered:
    """Answer anything, with a source."""
    passage = Passage(
        id="permit-1",
        document="permit",
        ordinal=1,
        kind=PassageKind.TEXT,
        language="en",
        locator="art. 5",
        text=_QUOTE,
        provenance=Provenance(
            title="Rules & permits",
            url="https://example.org/?a=1&b=2",
            issued=PartialDate.parse("2025-03"),
        ),
    )
    return Answered(
        language=language,
        found=Found(
            text=f"About “{text}”: apply first [1].",
            language=language,
            citations=(Citation(number=1, quote=_QUOTE, passage=passage),),
            confidence=0.9,
            in_asked_language=True,
        ),
    )
