"""Chats that got a new number."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from bot.storage import models
from bot.storage.statements import Statement, table_of
from bot.storage.transaction import Transaction

_T = table_of(models.Move)
_ADD: Statement[models.Move] = Statement(insert(_T).on_conflict_do_nothing(), "old", "new")
_ALL: Statement[models.Move] = Statement(select(_T))


class SqlMoves:
    """``Moves`` in SQL."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, old: str, new: str) -> bool:
        """Remember it; False when it is known."""
        return bool(self._transaction.change(_ADD, old=old, new=new))

    def all(self) -> Mapping[str, str]:
        """The new number by the old one, each followed to its end."""
        known = {move.old: move.new for move in self._transaction.all(_ALL)}
        return {old: follow(known, old) for old in known}


def follow(moves: Mapping[str, str], chat: str) -> str:
    """Return where a chat has moved to in the end; chats that moved in a circle end somewhere."""
    seen = {chat}
    while chat in moves and moves[chat] not in seen:
        chat = moves[chat]
        seen.add(chat)
    return chat
