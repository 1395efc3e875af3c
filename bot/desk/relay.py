"""What is passed on between customer and staff: who may let it out, and what is kept of it.

A message that staff write in a ticket's place is a note, a reply that goes out, or held until
somebody says which of the two it is. What it became is kept, because all that follows it (an
edit, a late part of its album, its recall) must have the same fate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.desk.conversation import Conversation
from bot.desk.mail import Draft, StaffMessage
from bot.desk.ticket import Ticket, TicketState
from knowledge.errors import N_

DECIDED_ALREADY = N_("This message was dealt with before.")

# Two strokes of the slash key, also as a Chinese keyboard gives them (full-width slashes, or the
# enumeration comma): what was meant as a note must never leave the house.
_NOTE_MARKS = ("//", "\uff0f\uff0f", "\u3001\u3001")

Place = tuple[str, str]
"""A chat and a message in it."""


class Standing(StrEnum):
    """What became of a message that staff wrote."""

    SENT = "sent"
    NOTE = "note"
    HELD = "held"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecord:
    """A message of staff as it is kept; ``rows`` are those of the outbox that carry it out."""

    topic: str
    ticket: int
    message: StaffMessage
    standing: Standing
    at: datetime
    rows: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumPart:
    """One message of an album, kept until its album seems complete.

    ``number`` orders parts as they were received, ``raw`` is the update in which it came.
    """

    queue: str
    chat: str
    album: str
    message: int
    number: int
    raw: str
    at: datetime


class RelayRecords(Protocol):
    """What must be remembered of messages to pass on what follows them."""

    def keep_digest(self, place: Place, digest: str) -> None:
        """Keep what a message says now, as a digest."""

    def digest_of(self, place: Place) -> str:
        """What was kept last of a message; "" for nothing."""

    def keep(self, record: StaffRecord) -> bool:
        """Keep a message of staff; False when it is there, and then left as it is."""

    def staff_message(self, topic: str, reference: str) -> StaffRecord | None:
        """A message of staff, if it is kept."""

    def last_sent(self, topic: str, author: str) -> StaffRecord | None:
        """What somebody sent last in a topic and has not taken back."""

    def update(self, record: StaffRecord) -> None:
        """Write a record that is there anew; ``DeskError`` when there is none."""

    def gather(self, part: AlbumPart) -> None:
        """Keep a part of an album, or its new version."""

    def gathered(self, queue: str = "") -> Sequence[AlbumPart]:
        """The parts that wait, of one queue or of all, in the order of their numbers."""

    def is_gathered(self, chat: str, message: int) -> bool:
        """Whether a message is among the parts that wait."""

    def hand_on(self, parts: Sequence[AlbumPart]) -> None:
        """These parts wait no more; what follows them is a late part of the same album."""

    def first_of(self, chat: str, album: str) -> int:
        """The message with which an album began that was handed on; 0 when none was."""

    def forget(self, before: datetime) -> None:
        """Let go of albums that were handed on before a moment."""


class RelayComposer(Protocol):
    """What a ``Composer`` writes about messages that do not, or shall no longer, reach somebody."""

    def kept_back(
        self, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> list[Draft]:
        """A note was kept, or a message is held: shown to staff."""

    def album_changed(self, album: StaffMessage, part: StaffMessage) -> StaffMessage:
        """An album that has not gone out, with the new version of one of its parts."""

    def withdrawn(
        self, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> list[Draft]:
        """Take a reply away from the customer, and show staff that it is gone."""


def is_note(text: str) -> bool:
    """Whether a text is marked as one for staff alone."""
    return text.lstrip().startswith(_NOTE_MARKS)


def note_text(text: str) -> str:
    """Return a note without its mark."""
    return text.lstrip()[len(_NOTE_MARKS[0]) :].strip() if is_note(text) else text


def decide(ticket: Ticket, message: StaffMessage) -> Standing:
    """Return what becomes of a new message in a ticket's place.

    Only what is plainly meant for the customer goes out at once: what the one who has the ticket
    writes, and in a ticket that nobody has, a reply to what the customer said.
    """
    if is_note(message.text):
        return Standing.NOTE
    if ticket.notes_only:
        return Standing.HELD if message.explicit else Standing.NOTE
    if ticket.claimed_by == message.author:
        return Standing.SENT
    if ticket.state is TicketState.WAITING and message.explicit:
        return Standing.SENT
    return Standing.HELD
