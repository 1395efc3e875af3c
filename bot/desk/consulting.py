"""Thinking about a question: language, intent, the shelf, and what to do about it."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, assert_never

from bot.desk.conversation import Role
from bot.desk.followup import resolve
from bot.desk.intent import Intent, Reading
from bot.desk.outcomes import (
    Answered,
    Clarifying,
    Declined,
    DeclineReason,
    HandedOff,
    HandOffReason,
    Outcome,
    SmallTalk,
    SmallTalkKind,
)
from bot.desk.questions import Question
from knowledge.answer import Finding, Found, Inquiry, NotFound, Unclear
from knowledge.language import identify, identify_message

LONGEST = 4000
"""Characters that a question may have; nobody asks one thing in more."""

_TO_PERSON = {
    Intent.DANGER: HandOffReason.DANGER,
    Intent.PERSON: HandOffReason.ASKED_FOR_PERSON,
    Intent.PERSONAL_CASE: HandOffReason.PERSONAL_CASE,
    Intent.COMPLAINT: HandOffReason.COMPLAINT,
}
_DECLINED = {
    Intent.ILLEGAL: DeclineReason.ILLEGAL,
    Intent.OFF_TOPIC: DeclineReason.OFF_TOPIC,
}
_POLITE = {
    Intent.GREETING: SmallTalkKind.GREETING,
    Intent.THANKS: SmallTalkKind.THANKS,
    Intent.FAREWELL: SmallTalkKind.FAREWELL,
    Intent.ABOUT: SmallTalkKind.ABOUT,
}


class Shelf(Protocol):
    """Answers questions from sources."""

    def consult(self, inquiry: Inquiry) -> Finding:
        """Answer, or say why not."""


class IntentSource(Protocol):
    """Tells what a message is after."""

    def read(self, text: str, *, language: str) -> Reading:
        """Read a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfConsultant:
    """The consultant of the desk; ``readable`` gives the languages that an asker reads."""

    shelf: Shelf
    intents: IntentSource
    readable: Callable[[str], tuple[str, ...]]
    today: Callable[[], date]

    def consult(self, question: Question) -> Outcome:
        """Decide what to do with a question. It opens no transaction and sends nothing."""
        text = clean(question.text)
        language = self._language(question, text)
        if not any(character.isalnum() for character in text):
            return Declined(language=language, reason=DeclineReason.NO_TEXT)
        if len(text) > LONGEST:
            return Declined(language=language, reason=DeclineReason.TOO_LONG)
        readings = resolve(text, question.history)
        reading = self.intents.read(readings[-1], language=_spoken(readings[-1], language))
        # "And how is that done?" is much like "How are you?", but it goes on from a question.
        goes_on = len(readings) > 1 and reading.intent in _POLITE and reading.by != "rule"
        if goes_on or reading.intent in {Intent.QUESTION, Intent.ABOUT}:
            return self._answer(question, readings, language, about=reading)
        return _outcome_of(reading, language)

    def _language(self, question: Question, text: str) -> str:
        said = next((t.text for t in reversed(question.history) if t.role is Role.CUSTOMER), "")
        return identify_message(
            text,
            chosen=question.language,
            conversation=question.conversation_language or (identify(said) if said else ""),
            client=question.client_language,
        )

    def _answer(
        self, question: Question, readings: Sequence[str], language: str, *, about: Reading
    ) -> Outcome:
        findings = [self._consult(reading, question, language) for reading in readings]
        best = max(findings, key=lambda finding: (isinstance(finding, Found), finding.confidence))
        if about.intent is Intent.ABOUT and not isinstance(best, Found):
            return _outcome_of(about, language)
        return _outcome(best, language)

    def _consult(self, text: str, question: Question, language: str) -> Finding:
        return self.shelf.consult(
            Inquiry(
                text=text,
                readable=self.readable(language),
                audience=question.audience,
                today=self.today(),
                spoken=_spoken(text, language),
            )
        )


def _spoken(text: str, language: str) -> str:
    """The language that a text is in, which the asker's own choice does not change."""
    return identify_message(text, conversation=language)


def clean(text: str) -> str:
    """Return the text without control and invisible characters, spaces folded."""
    kept = "".join(
        " " if character.isspace() or unicodedata.category(character) == "Cc" else character
        for character in text
        if unicodedata.category(character) not in {"Cf", "Cs", "Co"}
    )
    return " ".join(kept.split())


def _outcome(finding: Finding, language: str) -> Outcome:
    match finding:
        case Found():
            return Answered(language=language, found=finding)
        case Unclear(choices=choices, confidence=confidence):
            return Clarifying(language=language, choices=choices, confidence=confidence)
        case NotFound(reason=reason, confidence=confidence):
            return HandedOff(language=language, reason=HandOffReason(reason), confidence=confidence)
        case _:
            assert_never(finding)


def _outcome_of(reading: Reading, language: str) -> Outcome:
    intent = reading.intent
    if intent in _TO_PERSON:
        return HandedOff(language=language, reason=_TO_PERSON[intent], confidence=reading.certainty)
    if intent in _DECLINED:
        return Declined(language=language, reason=_DECLINED[intent], confidence=reading.certainty)
    return SmallTalk(language=language, reason=_POLITE[intent], confidence=reading.certainty)
