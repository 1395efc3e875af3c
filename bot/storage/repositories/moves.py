"""Chats that got a new number."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from bot.storage import models


class SqlMoves:
    """``Moves`` in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, old: str, new: str) -> bool:
        """Remember it; False when it is known."""
        move = insert(models.Move).values(old=old, new=new).on_conflict_do_nothing()
        return self._session.scalar(move.returning(models.Move.old)) is not None

    def all(self) -> Mapping[str, str]:
        """The new number by the old one, each followed to its end."""
        known = {move.old: move.new for move in self._session.scalars(select(models.Move))}
        return {old: follow(known, old) for old in known}


def follow(moves: Mapping[str, str], chat: str) -> str:
    """Return where a chat has moved to in the end; chats that moved in a circle end somewhere."""
    seen = {chat}
    while chat in moves and moves[chat] not in seen:
        chat = moves[chat]
        seen.add(chat)
    return chat
