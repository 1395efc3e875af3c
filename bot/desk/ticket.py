"""A ticket is a timeline: entries are only ever added, and its state is a fold of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What a line of the timeline records."""

    OPENED = "opened"
    QUESTION = "question"
    ANSWER = "answer"
    CLAIMED = "claimed"
    REPLY = "reply"
    NOTE = "note"
    RETURNED = "returned"
    CLOSED = "closed"
    UNDELIVERED = "undelivered"


class EntryAudience(StrEnum):
    """Who may read an entry: both sides of the thread, or staff alone."""

    THREAD = "thread"
    STAFF = "staff"


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    RETURNED = "returned"
    CLOSED = "closed"

    @property
    def open(self) -> bool:
        """Whether a person still owes something."""
        return self in {TicketState.WAITING, TicketState.CLAIMED}


_LIFECYCLE = {
    EntryKind.OPENED: TicketState.WAITING,
    EntryKind.CLAIMED: TicketState.CLAIMED,
    EntryKind.RETURNED: TicketState.RETURNED,
    EntryKind.CLOSED: TicketState.CLOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a ticket's timeline.

    ``author`` is an id as the door knows it, ``name`` how to show them ("" as ``author``).
    """

    kind: EntryKind
    author: str
    text: str
    audience: EntryAudience
    at: datetime
    name: str = ""

    @property
    def shown(self) -> str:
        """How to call the author."""
        return self.name or self.author


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A member of staff, as the door knows them."""

    identity: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A thread that a person looks after; ``topic`` is its place among staff ("" if none)."""

    id: int
    conversation: int
    reason: str
    urgent: bool
    topic: str
    entries: tuple[Entry, ...]

    @property
    def state(self) -> TicketState:
        """The state that the timeline adds up to."""
        return fold(self.entries)

    @property
    def claimed_by(self) -> str:
        """The id of who claimed it last, "" when nobody has it."""
        claim = self._claim
        return claim.author if claim else ""

    @property
    def claimed_by_name(self) -> str:
        """How to call whoever has it, "" when nobody has."""
        claim = self._claim
        return claim.shown if claim else ""

    @property
    def _claim(self) -> Entry | None:
        if self.state is not TicketState.CLAIMED:
            return None
        return next(e for e in reversed(self.entries) if e.kind is EntryKind.CLAIMED)


def fold(entries: Iterable[Entry]) -> TicketState:
    """Return the state after the last lifecycle entry; a ticket without one is waiting."""
    state = TicketState.WAITING
    for entry in entries:
        state = _LIFECYCLE.get(entry.kind, state)
    return state
