"""The tables as SQLAlchemy sees them. Only this package reads or writes them.

Kinds and states are plain strings: a new one needs no migration. Moments are stored as UTC.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; naive ones are refused, because nobody knows what they mean."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Turn an aware moment into UTC without a zone, as SQLite keeps it."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone cannot be stored"
            raise ValueError(message)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class WrittenText(TypeDecorator[str]):
    """What people wrote. Half a surrogate pair, which UTF-8 cannot hold, becomes “?”."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Make it fit for UTF-8; a strange character must not lose a message."""
        return None if value is None else value.encode("utf-8", "replace").decode("utf-8")


class Base(DeclarativeBase):
    """The one registry; constraints have names so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {datetime: UtcDateTime, str: WrittenText}


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


class Inbox(Base):
    """A raw update; ``state`` is waiting, done, parked or dismissed."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("source", "number"),
        Index("ix_inbox_waiting", "queue", "number", sqlite_where=text("state = 'waiting'")),
        Index("ix_inbox_swept", "at", sqlite_where=text("state IN ('done', 'dismissed')")),
        # Numbers are never given twice, not even after old rows were swept out.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    number: Mapped[int]
    queue: Mapped[str]
    raw: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")


class Outbox(Base):
    """A message to send; ``epoch`` is empty when it is not fenced."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_unfinished",
            "queue",
            "id",
            "priority",
            sqlite_where=text("state IN ('pending', 'sending')"),
        ),
        Index(
            "ix_outbox_troubled",
            "id",
            sqlite_where=text("state IN ('failed', 'unknown') AND NOT dismissed"),
        ),
        Index(
            "ix_outbox_swept",
            "finished",
            sqlite_where=text("state IN ('sent', 'dropped') OR dismissed"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    queue: Mapped[str]
    method: Mapped[str]
    payload: Mapped[dict[str, object]] = mapped_column(JSON)
    conversation: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    ticket: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    epoch: Mapped[int | None]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    mark: Mapped[str] = mapped_column(default="")
    result: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    silent: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=1, server_default="1")
    finished: Mapped[datetime | None]
    dismissed: Mapped[bool] = mapped_column(default=False, server_default=text("0"))


class Link(Base):
    """The mirror of a message. Each tie is two rows, one for each direction."""

    __tablename__ = "links"

    chat: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    mirror_chat: Mapped[str]
    mirror_message: Mapped[str]


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


class Meter(Base):
    """How much of a limit is used up; the door knows what ``state`` means."""

    __tablename__ = "meters"

    name: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    until: Mapped[datetime] = mapped_column(index=True)


class Move(Base):
    """A chat that got a new number."""

    __tablename__ = "moves"

    old: Mapped[str] = mapped_column(primary_key=True)
    new: Mapped[str]


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
