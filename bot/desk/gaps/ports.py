"""What the gap loop needs from outside, as protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.desk.conversation import Conversation
from bot.desk.faq_entry import FaqContent, FaqEntry, FaqFinding
from bot.desk.mail import Draft
from bot.desk.outcomes import Answered
from bot.desk.ticket import Ticket
from bot.desk.unanswered import OpenQuestion
from knowledge.alike_questions import NearQuestion
from knowledge.passage import Audience, QuestionVariant


class Likeness(Protocol):
    """Tells which questions ask the same, in whatever language."""

    def group(self, questions: Sequence[QuestionVariant]) -> list[list[int]]:
        """Put the numbers of questions that ask the same together, in their order."""

    def near(
        self, questions: Sequence[QuestionVariant], variants: Sequence[QuestionVariant]
    ) -> list[NearQuestion]:
        """The questions that may ask what one of the variants asks, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that staff named as the source of an answer."""

    title: str
    audience: Audience
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a published entry stands: the document, and its id there."""

    document: str
    entry: str


class Publisher(Protocol):
    """Puts entries on the shelf that the desk answers from. Every method may be repeated."""

    def source(self, named: str) -> Source | None:
        """The document of the shelf that has this id, title or number."""

    def check(self, entry: FaqEntry) -> Sequence[FaqFinding]:
        """What is wrong with an entry, or does not agree with what stands on the shelf."""

    def publish(self, entry: FaqEntry) -> Place:
        """Write it to the FAQ table and have the shelf hold it; from then on it may answer.

        Raises ``HelpdeskError`` when that cannot be done now, and then nothing has changed.
        """

    def withdraw(self, entry: FaqEntry) -> None:
        """Take it out of the table and off the shelf again."""

    def keep_questions(self, entry: FaqEntry, place: Place) -> None:
        """Write its questions to the file that ``helpdesk evaluate`` reads."""


class GapComposer(Protocol):
    """Writes what staff and customers read about FAQ entries."""

    @property
    def door(self) -> str:
        """The door that it writes for; customers of other doors it does not reach."""

    def drafted(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        """A new entry, shown to staff with what they can do."""

    def changed(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        """The same message as it must look now."""

    def returned(self, entry: FaqEntry, ticket: Ticket) -> list[Draft]:
        """An entry that was published is a draft again; its findings say why."""

    def told(
        self, conversation: Conversation, asked: OpenQuestion, outcome: Answered
    ) -> list[Draft]:
        """The answer to a question of some time ago, for the customer."""

    def told_text(self, asked: OpenQuestion, outcome: Answered) -> str:
        """The same as text, for the conversation's memory and the ticket's timeline."""

    def staff_told(self, ticket: Ticket, text: str) -> list[Draft]:
        """What the bot told the customer, shown to staff in their open ticket."""

    def not_told(self, entry: FaqEntry, ticket: Ticket, asked: OpenQuestion) -> list[Draft]:
        """An answer that the bot did not give because a person has the thread: a note to staff."""


class Editors(Protocol):
    """Says who may approve."""

    def may_approve(self, entry: FaqEntry, identity: str) -> str:
        """Why somebody may not approve an entry, as a text of the catalogs; "" if they may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a new entry says until somebody says otherwise."""

    owner: str
    review_days: int


__all__ = [
    "Defaults",
    "Editors",
    "FaqContent",
    "GapComposer",
    "Likeness",
    "Place",
    "Publisher",
    "Source",
]
