"""The tables as SQLAlchemy sees them. Only this package reads or writes them.

Kinds and states are plain strings: a new one needs no migration. Moments are stored as UTC.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import Base
from bot.storage.mail_models import Inbox, Link, Meter, Move, Outbox
from bot.storage.relay_models import AlbumPart, RelayDigest, StaffMessage
from bot.storage.translation_models import Translation

__all__ = [
    "AlbumPart",
    "Base",
    "Conversation",
    "Customer",
    "Entry",
    "FaqEntry",
    "Feedback",
    "Inbox",
    "Link",
    "Member",
    "Meter",
    "Move",
    "Outbox",
    "RelayDigest",
    "StaffMessage",
    "Ticket",
    "Timer",
    "Translation",
    "Turn",
]


class Customer(Base):
    """Somebody who asks; one row for each door they use."""

    __tablename__ = "customers"
    __table_args__ = (UniqueConstraint("door", "identity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str]
    identity: Mapped[str]
    name: Mapped[str]
    audience: Mapped[str]
    language: Mapped[str] = mapped_column(default="")
    client_language: Mapped[str]
    reachable: Mapped[bool] = mapped_column(default=True)
    zone: Mapped[str] = mapped_column(default="")


class Conversation(Base):
    """A thread; ``key`` is the address as one string."""

    __tablename__ = "conversations"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    door: Mapped[str]
    chat: Mapped[str]
    topic: Mapped[str]
    owner: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(default="")


class Turn(Base):
    """One message of a conversation. ``settled`` says how a customer's message was dealt with."""

    __tablename__ = "turns"
    __table_args__ = (
        Index("ix_turns_conversation", "conversation", "id"),
        Index(
            "uq_turns_reference",
            "conversation",
            "reference",
            unique=True,
            sqlite_where=text("reference <> ''"),
        ),
        Index(
            "ix_turns_lacking",
            "at",
            sqlite_where=text(
                "substr(detail, 1, 11) = 'handed_off/' OR substr(detail, 1, 9) = 'declined/'"
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    role: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime | None]
    reference: Mapped[str]
    detail: Mapped[str]
    settled: Mapped[str] = mapped_column(default="")


class Ticket(Base):
    """A thread that a person looks after.

    ``is_open`` and ``snoozed_until`` repeat what the entries add up to. ``queue`` is the one it was
    assigned to; ``news`` says that its timers have not taken every entry into account.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index(
            "uq_tickets_open",
            "conversation",
            unique=True,
            sqlite_where=text("is_open"),
        ),
        Index("ix_tickets_news", "id", sqlite_where=text("news")),
        Index("ix_tickets_asleep", "snoozed_until", sqlite_where=text("snoozed_until IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    reason: Mapped[str]
    urgent: Mapped[bool]
    topic: Mapped[str] = mapped_column(default="", index=True)
    is_open: Mapped[bool] = mapped_column(default=True)
    snoozed_until: Mapped[datetime | None]
    briefing: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    queue: Mapped[str] = mapped_column(default="")
    news: Mapped[bool] = mapped_column(default=True)


class Entry(Base):
    """A line of a ticket's timeline; never changed and never taken out."""

    __tablename__ = "entries"
    __table_args__ = (Index("ix_entries_ticket", "ticket", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    kind: Mapped[str]
    author: Mapped[str]
    name: Mapped[str]
    text: Mapped[str]
    audience: Mapped[str]
    at: Mapped[datetime]
    target: Mapped[str] = mapped_column(default="")


class Feedback(Base):
    """A verdict on one answer; ``reference`` is the question's."""

    __tablename__ = "feedback"

    conversation: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    helpful: Mapped[bool]
    at: Mapped[datetime]


class Member(Base):
    """A member of staff; ``rights`` and ``audiences`` are words with commas, empty for all."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("door", "identity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str]
    identity: Mapped[str]
    name: Mapped[str]
    present: Mapped[bool]
    anonymous: Mapped[bool]
    checked: Mapped[datetime | None]
    seen: Mapped[datetime | None]
    rights: Mapped[str]
    audiences: Mapped[str]


class Timer(Base):
    """What a ticket owes by when; ``wakes`` is empty when there is no further step."""

    __tablename__ = "timers"
    __table_args__ = (
        UniqueConstraint("ticket", "kind", "reference"),
        Index("ix_timers_running", "wakes", sqlite_where=text("state = 'running'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    kind: Mapped[str]
    reference: Mapped[str]
    started: Mapped[datetime]
    due: Mapped[datetime]
    wakes: Mapped[datetime | None]
    state: Mapped[str]
    stage: Mapped[int]
    text: Mapped[str]


class FaqEntry(Base):
    """A FAQ entry that staff make of an answer; ``content`` and ``history`` are the desk's JSON."""

    __tablename__ = "faq_entries"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    widest: Mapped[str]
    author: Mapped[str]
    author_name: Mapped[str]
    made_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(default="")
    findings: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    told: Mapped[int] = mapped_column(default=0)
    history: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
