"""The table of messages that are to be translated."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import Base


class Translation(Base):
    """A message, and what became of its translation. ``language`` is what it is written in."""

    __tablename__ = "translations"
    __table_args__ = (
        UniqueConstraint("ticket", "direction", "reference"),
        Index("ix_translations_waiting", "direction", "id", sqlite_where=text("state = 'waiting'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    direction: Mapped[str]
    reference: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    into: Mapped[str]
    epoch: Mapped[int]
    at: Mapped[datetime]
    author: Mapped[str]
    rows: Mapped[list[int]] = mapped_column(JSON)
    state: Mapped[str]
    result: Mapped[str]
    problems: Mapped[list[str]] = mapped_column(JSON)
    attempts: Mapped[int]
