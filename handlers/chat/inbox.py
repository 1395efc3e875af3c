"""Takes updates in: each is stored as it came before Telegram may forget it."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Final

from bot.desk.conversation import Address
from bot.desk.ports import UnitOfWork
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door, Line
from handlers.chat.letters import DOOR
from handlers.chat.topics import adopt_topic

_LOG = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What we ask Telegram for; it remembers the last list it was given."""


def queue_of(update: Mapping[str, object], *, staff_group: int | None) -> str:
    """Return which updates this one must wait for.

    That is all from its chat, or from its topic in the staff group. Telegram orders presses of
    buttons by who pressed, and a message by its chat; here both stand in the same queue.
    """
    pressed = as_object(as_object(update.get("callback_query")).get("message"))
    for kind in ("message", "edited_message", "my_chat_member"):
        pressed = pressed or as_object(update.get(kind))
    chat = as_number(as_object(pressed.get("chat")).get("id"))
    if not chat:
        return f"{DOOR}::other"
    thread = as_number(pressed.get("message_thread_id")) if pressed.get("is_topic_message") else 0
    topic = str(thread) if thread and chat == staff_group else ""
    return Address(door=DOOR, chat=str(chat), topic=topic).key


class Receiver:
    """Stores updates, whichever way they come."""

    def __init__(self, door: Door, line: Line) -> None:
        """Store them under the bot's id: two bots count their updates apart."""
        self._door = door
        self._line = line
        self._source = f"{DOOR}:{line.bot_id}"

    async def store(self, updates: Sequence[Mapping[str, object]]) -> None:
        """Make updates durable, all or none; those already stored are left as they are."""
        for update in updates:
            self._line.boxes.observe(update)
        if updates:
            await self._door.transact(lambda unit: self._put_all(unit, updates))
            self._line.news.set()

    def _put_all(self, unit: UnitOfWork, updates: Sequence[Mapping[str, object]]) -> None:
        for update in updates:
            if not isinstance(update.get("update_id"), int):
                _LOG.error("an update without a number was left out")
                continue
            is_new = unit.inbox.put(
                source=self._source,
                number=as_number(update["update_id"]),
                queue=queue_of(update, staff_group=self._door.settings.staff_group),
                raw=json.dumps(update, ensure_ascii=True),
                at=self._door.clock(),
            )
            if is_new:
                adopt_topic(unit, update, bot_id=self._line.bot_id)
