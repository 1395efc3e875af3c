"""Messages on their way in and out, as they are stored; the door knows what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum


class Priority(IntEnum):
    """Which of several queues goes first where there is not room for all; the lowest does."""

    URGENT = 0
    NORMAL = 1
    LOW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to send, as the door wrote it: one call of the door's service.

    ``method`` and ``payload`` are the door's own; the desk only keeps them. A ``payload`` may hold
    the placeholder key ``ticket`` (an id) where the place is only known once its topic exists.
    ``queue`` begins with the door's name and a colon, as ``Address.key`` does, so that the senders
    of several doors can share one outbox.
    ``fenced`` drafts are the bot's own words to a customer: they are dropped when the conversation
    has moved to a newer epoch by the time they would go out.
    """

    queue: str
    method: str
    payload: Mapping[str, object]
    fenced: bool = False
    silent: bool = False
    """Nobody waits for it (a reaction, a title): dropped, not queued, when there is no room."""
    priority: Priority = Priority.NORMAL

    @property
    def rank(self) -> Priority:
        """Its priority; what nobody waits for comes last."""
        return Priority.LOW if self.silent else self.priority


class Delivery(StrEnum):
    """Where an outbox row stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"

    @property
    def unfinished(self) -> bool:
        """Whether it still holds up what comes after it in its queue."""
        return self in {Delivery.PENDING, Delivery.SENDING}

    def may_become(self, fate: "Delivery") -> bool:
        """Whether this fate can be recorded for a row that stands here."""
        if self is Delivery.PENDING:
            return fate is Delivery.DROPPED
        return self in {Delivery.SENDING, Delivery.UNKNOWN} and not fate.unfinished


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A draft with its fate. Rows of one ``queue`` go out strictly in the order of their ids."""

    id: int
    queue: str
    method: str
    payload: Mapping[str, object]
    conversation: int | None
    ticket: int | None
    epoch: int | None
    state: Delivery
    attempts: int
    not_before: datetime | None
    mark: str
    """What the door wrote down before it began to send (the last message id it knew)."""
    result: Mapping[str, object] = field(default_factory=dict)
    silent: bool = False
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A raw update, stored before it was acknowledged. ``queue`` orders it; see Address.key."""

    id: int
    source: str
    number: int
    queue: str
    raw: str
    attempts: int
    error: str = ""
    """What went wrong the last time; "" when nothing has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMessage:
    """What staff wrote in a ticket's place; ``source`` lets the door copy it ("" for text only).

    ``explicit`` is a reply to what the customer said. Of an album, ``parts`` are the references of
    all its messages; ``continues`` is that of the first where a part comes late.
    """

    author: str
    name: str
    reference: str
    text: str
    source: Mapping[str, object] = field(default_factory=dict)
    explicit: bool = False
    edited: bool = False
    parts: tuple[str, ...] = ()
    continues: str = ""

    @property
    def wordless(self) -> bool:
        """Whether ``text`` only names what was sent without a word, such as ``[photo]``."""
        return bool(self.source) and self.text == f"[{self.source.get('kind')}]"
