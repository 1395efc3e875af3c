"""The tables of what comes in and goes out, and of what keeps it in its bounds."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import Base


class Inbox(Base):
    """A raw update; ``state`` is waiting, done, parked or dismissed."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("source", "number"),
        Index("ix_inbox_waiting", "queue", "number", sqlite_where=text("state = 'waiting'")),
        Index("ix_inbox_swept", "at", sqlite_where=text("state IN ('done', 'dismissed')")),
        Index("ix_inbox_parked", "id", sqlite_where=text("state = 'parked'")),
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
    __table_args__ = (Index("ix_links_mirror", "mirror_chat", "mirror_message"),)

    chat: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    mirror_chat: Mapped[str]
    mirror_message: Mapped[str]


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
