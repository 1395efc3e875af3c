"""A message that is to be translated, as it is stored, and what is needed to do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft, OutboxRow
from bot.desk.ticket import Ticket
from knowledge.translation.interpreter import Outcome

CHANGE = "change"
"""How the name of a version begins that changes what the customer has already."""


class Direction(StrEnum):
    """Who is to read the translation."""

    TO_CUSTOMER = "to-customer"
    TO_STAFF = "to-staff"


class TaskState(StrEnum):
    """Where a translation stands."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    """There is none that may be shown; a reply of staff is with them again."""
    SENT_ANYWAY = "sent-anyway"
    """Staff have let a refused reply go out."""
    OBSOLETE = "obsolete"
    """Nobody needs it any more: what was to be translated was taken back or changed."""


class Obstacle(StrEnum):
    """Why a checked translation does not go out."""

    CHANGED_HANDS = "changed hands"
    DOES_NOT_FIT = "does not fit"


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationTask:
    """A message to be translated. ``reference`` names it, and each of its versions, in its ticket.

    ``rows`` are those of the outbox that wait for it. ``problems`` are values of ``Loss``,
    ``Silence`` and ``Obstacle``. ``attempts`` counts how often it was begun.
    """

    id: int = 0
    conversation: int
    ticket: int
    direction: Direction
    reference: str
    text: str
    language: str
    into: str
    epoch: int
    at: datetime
    author: str = ""
    rows: tuple[int, ...] = ()
    state: TaskState = TaskState.WAITING
    result: str = ""
    problems: tuple[str, ...] = ()
    attempts: int = 0

    @property
    def message(self) -> str:
        """The message itself, whatever its version."""
        return self.reference.partition("/")[0]

    @property
    def changes(self) -> bool:
        """Whether it changes what the customer has already."""
        return self.reference.partition("/")[2].startswith(CHANGE)


class TranslationTasks(Protocol):
    """Translations to be made, and what became of them."""

    def add(self, task: TranslationTask) -> bool:
        """Store one; False where its ticket, direction and reference are there already."""

    def get(self, task: int) -> TranslationTask:
        """Read one; raises ``DeskError`` when there is none."""

    def waiting(self, *, limit: int) -> Sequence[TranslationTask]:
        """What is next: the oldest for a customer, or else those of one ticket for staff."""

    def latest(self, ticket: int, message: str) -> TranslationTask | None:
        """The last translation of a message of staff, in any of its versions."""

    def update(self, task: TranslationTask) -> None:
        """Write one that is there anew; raises ``DeskError`` when there is none."""


class Interprets(Protocol):
    """Makes a translation and checks it; opens no transaction."""

    def translate(
        self, text: str, language: str, *, into: str, fixed: Sequence[str] = ()
    ) -> Outcome:
        """Translate a message but for its ``fixed`` parts; a refusal says why there is none."""


class InterpreterComposer(Protocol):
    """Writes what people read of translations at one door."""

    def question_translated(
        self, conversation: Conversation, ticket: Ticket, tasks: Sequence[TranslationTask]
    ) -> list[Draft]:
        """What the customer wrote, in the staff's language, shown to staff in one message."""

    def reply_translated(self, row: OutboxRow, task: TranslationTask) -> Draft | None:
        """The call of an outbox row with the translation in it; None where it does not fit."""

    def fixed_parts(self, row: OutboxRow) -> Sequence[str]:
        """What of the text in an outbox row stays letter by letter, in its order."""

    def reply_refused(
        self, conversation: Conversation, ticket: Ticket, task: TranslationTask
    ) -> list[Draft]:
        """A reply was not translated and has not gone out, shown to staff; with what to do."""
