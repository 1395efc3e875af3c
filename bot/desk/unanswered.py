"""Questions that were asked and not helped, read from the conversations themselves.

A question counts when the bot brought a person for it because of what the shelf lacks, declined it
as off its subject, or answered in a way that the customer called unhelpful. It is helped as soon as
a person has written to the customer after it, without taking it back, or the desk has told them an
answer since.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.desk.conversation import Conversation, Role, Turn
from bot.desk.outcomes import (
    Answered,
    Clarifying,
    Declined,
    DeclineReason,
    HandedOff,
    HandOffReason,
)
from knowledge.passage import QuestionVariant

UNHELPFUL: Final = "unhelpful"
ANSWER: Final = "answer/"
"""How the reference of the bot's answer begins; that of the question follows."""
TOLD: Final = "faq/"
"""How the reference of an answer begins that came later, from a new FAQ entry."""

_LACKING: Final = frozenset(
    {
        f"{HandedOff.outcome}/{reason}"
        for reason in (
            HandOffReason.NOT_COVERED,
            HandOffReason.UNSURE,
            HandOffReason.CONFLICT,
            HandOffReason.FAILURE,
        )
    }
    | {f"{Declined.outcome}/{DeclineReason.OFF_TOPIC}"}
)
_WANTED_PERSON: Final = f"{HandedOff.outcome}/{HandOffReason.ASKED_FOR_PERSON}"
_REPLIED: Final = (f"{Answered.outcome}/", f"{Clarifying.outcome}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One turn as it is stored, with the customer's verdict on it where there is one.

    ``withdrawn``: staff took it back.
    """

    conversation: int
    turn: Turn
    reference: str
    detail: str
    helpful: bool | None = None
    rated_at: datetime | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question that was not helped when it was asked.

    ``why`` is the outcome and its reason, or "unhelpful"; ``helped``: somebody has helped since.
    """

    conversation: int
    reference: str
    text: str
    at: datetime | None
    why: str
    helped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """The same with whose it is; ``language`` is the one it is written in."""

    conversation: Conversation
    question: Unanswered
    language: str

    @property
    def variant(self) -> QuestionVariant:
        """The question as a way to ask."""
        return QuestionVariant(self.question.text, self.language)


def find_unanswered(said: Iterable[Said]) -> list[Unanswered]:
    """What was not helped, oldest first; ``said`` are whole conversations in their order."""
    threads: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        threads[one.conversation].append(one)
    found = [each for thread in threads.values() for each in _find_in(thread)]
    return sorted(found, key=lambda one: (one.at is None, one.at.timestamp() if one.at else 0.0))


def _find_in(thread: Sequence[Said]) -> Iterator[Unanswered]:
    places = {one.reference: place for place, one in enumerate(thread) if one.reference}
    seen: set[int] = set()
    for place, answer in enumerate(thread):
        if answer.turn.role is not Role.BOT or not answer.reference.startswith(ANSWER):
            continue
        asked = places.get(answer.reference.removeprefix(ANSWER))
        why = _reason(thread, asked, answer)
        if answer.detail == _WANTED_PERSON:
            asked, why = _before(thread, place if asked is None else asked), answer.detail
        if asked is None or not why or asked in seen:
            continue
        seen.add(asked)
        yield _describe(thread, asked, why)


def _reason(thread: Sequence[Said], asked: int | None, answer: Said) -> str:
    if answer.detail in _LACKING:
        return answer.detail
    return UNHELPFUL if asked is not None and thread[asked].helpful is False else ""


def _before(thread: Sequence[Said], place: int) -> int | None:
    """The question that was answered last before somebody asked for a person."""
    answered = {
        one.reference.removeprefix(ANSWER)
        for one in thread[:place]
        if one.turn.role is Role.BOT and one.detail.startswith(_REPLIED)
    }
    earlier = range(place - 1, -1, -1)
    return next((one for one in earlier if thread[one].reference in answered), None)


def _describe(thread: Sequence[Said], place: int, why: str) -> Unanswered:
    one = thread[place]
    return Unanswered(
        conversation=one.conversation,
        reference=one.reference,
        text=one.turn.text,
        at=one.turn.at,
        why=why,
        helped=any(_helps(later, one) for later in thread[place + 1 :]),
    )


def _helps(later: Said, question: Said) -> bool:
    """Whether a later turn helped; a verdict that came after it says that it did not."""
    told = later.turn.role is Role.BOT and later.reference.startswith(TOLD)
    if later.withdrawn or (not told and later.turn.role is not Role.STAFF):
        return False
    rated, at = question.rated_at, later.turn.at
    return not (question.helpful is False and rated and at and rated > at)
