"""Thinking about a question: language, intent, the shelf, and what to do about it."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, Self, assert_never

from bot.desk.conversation import Role, Turn
from bot.desk.followup import resolve, stands_alone
from bot.desk.followup_scope import speaks_of
from bot.desk.intent import Intent, Reading
from bot.desk.intent_rules import SIGNS
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
from bot.desk.schedule.opening import Opening
from knowledge.answer import Conflicting, Finding, Found, Inquiry, NotFound, Unclear
from knowledge.language import identify, identify_message
from knowledge.letter_pairs import is_nonsense

LONGEST = 4000
"""Characters that a question may have; nobody asks one thing in more."""
_DEFAULT_LANGUAGE = "en"
_NOT_COVERED = HandOffReason.NOT_COVERED.value

_TAG = re.compile(
    r"""</?[a-z][\w:.-]*(?:\s+[a-z][\w:.-]*\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?>""",
    re.IGNORECASE | re.ASCII,
)

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


class AnswerWording(Protocol):
    """Words an answer in the asker's language; see ``knowledge.generation.rewording``."""

    def reword(
        self,
        found: Found,
        *,
        question: str,
        language: str,
        on_sentence: Callable[[str], None] | None = None,
    ) -> Found:
        """Return the answer, worded or as it was quoted."""


class QuestionRewriting(Protocol):
    """Puts follow-up questions in full; see ``bot.desk.rewriting``."""

    def rewrite(self, text: str, history: Sequence[Turn], *, language: str) -> str:
        """Return the question as it can be understood by itself, "" when that fails."""


class IntentSource(Protocol):
    """Tells what a message is after."""

    def read(self, text: str, *, language: str) -> Reading:
        """Read a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfConsultant:
    """The consultant of the desk; ``readable`` gives the languages that an asker reads.

    ``wording`` and ``rewriting`` ask a language model, where there is one. ``on_sentence`` is told
    the sentences of a worded answer as they come, by doors that can show them. ``opening`` says
    when staff are there; without it, whoever asks that is answered like any other.
    """

    shelf: Shelf
    intents: IntentSource
    readable: Callable[[str], tuple[str, ...]]
    today: Callable[[], date]
    wording: AnswerWording | None = None
    rewriting: QuestionRewriting | None = None
    on_sentence: Callable[[str], None] | None = None
    opening: Callable[[], Opening] | None = None

    def telling(self, on_sentence: Callable[[str], None]) -> Self:
        """The same consultant, which tells ``on_sentence`` what may be shown already."""
        return replace(self, on_sentence=on_sentence)

    def consult(self, question: Question) -> Outcome:
        """Decide what to do with a question. It opens no transaction and sends nothing."""
        text = clean(question.text)
        language = self._language(question, text)
        if not any(character.isalnum() or character in SIGNS for character in text):
            return Declined(language=language, reason=DeclineReason.NO_TEXT)
        if len(text) > LONGEST:
            return Declined(language=language, reason=DeclineReason.TOO_LONG)
        readings = resolve(text, question.history, language=language)
        reading = self.intents.read(readings[-1], language=_spoken(readings[-1], language))
        # "And how is that done?" is much like "How are you?", but it goes on from a question.
        goes_on = len(readings) > 1 and reading.intent in _POLITE and reading.by != "rule"
        if reading.intent is Intent.HOURS and self.opening is not None:
            kind = SmallTalkKind.HOURS
            return SmallTalk(language=language, reason=kind, opening=self.opening())
        if goes_on or reading.intent in {Intent.QUESTION, Intent.ABOUT, Intent.HOURS}:
            return self._answer(question, readings, language, about=reading)
        return _outcome_of(reading, language)

    def _language(self, question: Question, text: str) -> str:
        said = next((t.text for t in reversed(question.history) if t.role is Role.CUSTOMER), "")
        before = question.conversation_language or (identify(said) if said else "")
        if is_nonsense(text):
            return question.language or before or question.client_language or _DEFAULT_LANGUAGE
        return identify_message(
            text,
            chosen=question.language,
            conversation=before,
            client=question.client_language,
        )

    def _answer(
        self, question: Question, readings: Sequence[str], language: str, *, about: Reading
    ) -> Outcome:
        goes_on = len(readings) > 1
        texts = (*(self._rewrite(question, readings[-1], language) if goes_on else ()), *readings)
        findings = [(text, self._consult(text, question, language)) for text in texts]
        if goes_on:
            findings = [(text, _in_scope(one, text, readings, language)) for text, one in findings]
        if not goes_on and not isinstance(findings[0][1], Found):
            # It may go on in a way that no list of words tells.
            again = self._rewrite(question, readings[-1], language)
            findings += [(text, self._consult(text, question, language)) for text in again]
        text, best = max(findings, key=lambda one: (isinstance(one[1], Found), one[1].confidence))
        told = about.by == "rule" or not goes_on
        if about.intent is Intent.ABOUT and told and not isinstance(best, Found):
            return _outcome_of(about, language)
        if isinstance(best, Found) and self.wording is not None:
            best = self.wording.reword(
                best, question=text, language=language, on_sentence=self.on_sentence
            )
        return _outcome(best, language)

    def _rewrite(self, question: Question, text: str, language: str) -> tuple[str, ...]:
        """One more reading of a message, by a model; none where there is no model or no need."""
        if self.rewriting is None or not question.history:
            return ()
        rewritten = self.rewriting.rewrite(text, question.history, language=language)
        return (rewritten,) if rewritten and rewritten != text else ()

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


def _in_scope(finding: Finding, text: str, readings: Sequence[str], language: str) -> Finding:
    """What was found for a reading of a message that goes on, if it is about both.

    It may be about the question before alone, or about a word that says little by itself.
    """
    message = readings[-1]
    if not isinstance(finding, Found):
        return finding
    if text == message:
        alone = stands_alone(message, language)
        return finding if alone else NotFound(reason=_NOT_COVERED, confidence=0.0)
    before = readings[0].removesuffix(message)
    if speaks_of(finding, message, before, _spoken(message, language)):
        return finding
    return NotFound(reason=_NOT_COVERED, confidence=0.0)


def _spoken(text: str, language: str) -> str:
    """The language that a text is in, which the asker's own choice does not change."""
    return identify_message(text, conversation=language)


def clean(text: str) -> str:
    """Return the text without markup, control and invisible characters, spaces folded.

    A tag is no word that somebody asks with: next to a question it would only hide its language.
    """
    text = _TAG.sub(" ", text)
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
        case Conflicting(citations=quotes, confidence=confidence):
            reason = HandOffReason.CONFLICT
            return HandedOff(language=language, reason=reason, confidence=confidence, quotes=quotes)
        case NotFound(reason=code, confidence=confidence):
            return HandedOff(language=language, reason=HandOffReason(code), confidence=confidence)
        case _:
            assert_never(finding)


def _outcome_of(reading: Reading, language: str) -> Outcome:
    intent = reading.intent
    if intent in _TO_PERSON:
        return HandedOff(language=language, reason=_TO_PERSON[intent], confidence=reading.certainty)
    if intent in _DECLINED:
        return Declined(language=language, reason=_DECLINED[intent], confidence=reading.certainty)
    return SmallTalk(language=language, reason=_POLITE[intent], confidence=reading.certainty)
