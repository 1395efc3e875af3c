"""What the desk decided. The union is closed: match it with ``assert_never``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.desk.briefing import Briefing
from bot.desk.expectation import Expectation
from bot.desk.schedule.opening import Opening
from knowledge.answer import Citation, Found


class HandOffReason(StrEnum):
    """Why a person is needed."""

    NOT_COVERED = "not-covered"
    UNSURE = "unsure"
    CONFLICT = "conflict"
    ASKED_FOR_PERSON = "asked-for-person"
    PERSONAL_CASE = "personal-case"
    DANGER = "danger"
    COMPLAINT = "complaint"
    ATTACHMENT = "attachment"
    FAILURE = "failure"
    MANY_MESSAGES = "many-messages"
    REOPENED = "reopened"


class DeclineReason(StrEnum):
    """Why the desk will not answer."""

    ILLEGAL = "illegal"
    OFF_TOPIC = "off-topic"
    NO_TEXT = "no-text"
    TOO_LONG = "too-long"
    ANSWERED_BEFORE = "answered-before"


class SmallTalkKind(StrEnum):
    """What was said to be polite, or asked about the desk itself."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    ABOUT = "about"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The shelf answers; every citation's quote stands in its stored passage."""

    outcome: ClassVar[str] = "answered"
    language: str
    found: Found
    reason: str = "found"

    @property
    def confidence(self) -> float:
        """How sure the library is, 0 to 1."""
        return self.found.confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarifying:
    """One short question back, with up to three choices to pick from."""

    outcome: ClassVar[str] = "clarify"
    language: str
    choices: tuple[str, ...]
    confidence: float = 0.0
    reason: str = "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOff:
    """A person answers. ``urgent`` puts the ticket first and shows the emergency numbers.

    ``quotes`` are for staff alone: what the sources say that do not agree. ``again``: the customer
    waits already, and was told who will answer them. ``briefing``: what was found out for staff.
    ``expected`` says by when somebody answers, None where nobody has said so.
    """

    outcome: ClassVar[str] = "handed_off"
    language: str
    reason: HandOffReason
    confidence: float = 0.0
    quotes: tuple[Citation, ...] = ()
    again: bool = False
    briefing: Briefing | None = None
    expected: Expectation | None = None

    @property
    def urgent(self) -> bool:
        """Whether somebody may be in danger."""
        return self.reason is HandOffReason.DANGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """The desk does not answer this, and says what it does instead."""

    outcome: ClassVar[str] = "declined"
    language: str
    reason: DeclineReason
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTalk:
    """A greeting is greeted, thanks are taken.

    ``opening`` tells when staff are there, where that is asked: from the schedule, not the shelf.
    """

    outcome: ClassVar[str] = "smalltalk"
    language: str
    reason: SmallTalkKind
    confidence: float = 1.0
    opening: Opening | None = None


Outcome = Answered | Clarifying | HandedOff | Declined | SmallTalk
