"""Groups that got a new number: remembered in the database, and followed by all processes.

Telegram says so in the answer to a call, and in a message in either of the two chats.
"""

import logging
from collections.abc import Mapping

from bot.desk.ports import UnitOfWork
from handlers.chat.api import as_number, as_object
from handlers.chat.context import ChatSettings

_LOG = logging.getLogger(__name__)


def remember_move(unit: UnitOfWork, old: int, new: int) -> None:
    """Write down that a chat has a new number."""
    if old and new and unit.moves.add(str(old), str(new)):
        _LOG.warning("the chat %d is now %d; please change the settings", old, new)


def note_move(unit: UnitOfWork, settings: ChatSettings, update: Mapping[str, object]) -> None:
    """Write down what an update says of a staff group that moved."""
    message = as_object(update.get("message"))
    chat = as_number(as_object(message.get("chat")).get("id"))
    new, old = (as_number(message.get(f"migrate_{way}_chat_id")) for way in ("to", "from"))
    if new and settings.is_staff(chat):
        remember_move(unit, chat, new)
    elif old and settings.is_staff(old):
        remember_move(unit, old, chat)


def follow_moves(unit: UnitOfWork, settings: ChatSettings) -> None:
    """Take the new numbers of staff groups, whichever process has heard of them."""
    settings.follow(unit.moves.all())
