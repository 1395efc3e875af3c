"""The tables of what is passed on; see ``bot.storage.models``."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import Base


class RelayDigest(Base):
    """What a message said last, as a digest: changes that nobody sees are told by it."""

    __tablename__ = "relay_digests"

    chat: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]


class StaffMessage(Base):
    """What staff wrote in a ticket's place, and what became of it."""

    __tablename__ = "staff_messages"
    __table_args__ = (UniqueConstraint("topic", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    reference: Mapped[str]
    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    author: Mapped[str]
    standing: Mapped[str]
    message: Mapped[dict[str, object]] = mapped_column(JSON)
    rows: Mapped[list[int]] = mapped_column(JSON)
    at: Mapped[datetime]


class AlbumPart(Base):
    """A message of an album; ``raw`` is emptied when the album is handed on."""

    __tablename__ = "album_parts"
    __table_args__ = (
        Index("ix_album_parts_waiting", "queue", "number", sqlite_where=text("waits")),
    )

    chat: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[int] = mapped_column(primary_key=True)
    album: Mapped[str]
    queue: Mapped[str]
    number: Mapped[int]
    raw: Mapped[str]
    at: Mapped[datetime]
    waits: Mapped[bool]
