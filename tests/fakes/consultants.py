"""Consultants that say what a test wants to hear."""

from collections.abc import Callable

from bot.desk.outcomes import (
    Declined,
    DeclineReason,
    HandedOff,
    HandOffReason,
    Outcome,
    SmallTalk,
    SmallTalkKind,
)
from bot.desk.questions import Question
from knowledge.answer import Citation
from knowledge.errors import EmbeddingServiceAway


class ScriptedConsultant:
    """Answers by the first word, and with thanks to any other.

    The words are ``person``, ``conflict`` (between ``quotes``), ``danger``, ``illegal``, ``break``,
    ``away``. ``meanwhile`` runs while it thinks; every question is kept.
    """

    quotes: tuple[Citation, ...] = ()

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.meanwhile = meanwhile
        self.asked: list[Question] = []

    def consult(self, question: Question) -> Outcome:
        self.asked.append(question)
        self.meanwhile()
        language = question.language or "en"
        match question.text.partition(" ")[0]:
            case "person":
                return HandedOff(language=language, reason=HandOffReason.NOT_COVERED)
            case "conflict":
                reason = HandOffReason.CONFLICT
                return HandedOff(language=language, reason=reason, quotes=self.quotes)
            case "danger":
                return HandedOff(language=language, reason=HandOffReason.DANGER)
            case "illegal":
                return Declined(language=language, reason=DeclineReason.ILLEGAL)
            case "break":
                message = "the shelf fell over"
                raise RuntimeError(message)
            case "away":
                raise EmbeddingServiceAway(model="m", problem="It does not answer.")
            case _:
                return SmallTalk(language=language, reason=SmallTalkKind.THANKS)
