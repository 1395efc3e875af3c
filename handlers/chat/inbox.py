"""Takes updates in: each is stored as it came before Telegram may forget it."""

import json
import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bot.desk.conversation import Address
from bot.desk.ports import UnitOfWork
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door, Line
from handlers.chat.letters import DOOR
from handlers.chat.moving import follow_moves, note_move
from handlers.chat.topics import adopt_topic, topic_of

_LOG = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = [
    "message",
    "edited_message",
    "callback_query",
    "message_reaction",
    "my_chat_member",
    "chat_member",
]
"""What we ask Telegram for; it remembers the last list it was given."""


_HIGHEST: Final = 2**63 - 1

# Whatever an update looks like, it is stored: else it would hold up all that follow.
_STRANGE: Final = (ArithmeticError, LookupError, TypeError, ValueError)

# Where an update says which chat it belongs to. The first one is a press of a button.
_PLACES: Final = (
    "message",
    "edited_message",
    "my_chat_member",
    "message_reaction",
    "chat_member",
)


def queue_of(update: Mapping[str, object], *, staff_groups: Collection[int]) -> str:
    """Return which updates this one must wait for.

    That is all from its chat, or from its topic in a staff group. Telegram orders presses of
    buttons by who pressed, reactions apart, and a message by its chat; here they stand together.
    """
    place = as_object(as_object(update.get("callback_query")).get("message"))
    for kind in _PLACES:
        place = place or as_object(update.get(kind))
    chat = as_number(as_object(place.get("chat")).get("id"))
    if not chat:
        return f"{DOOR}::other"
    thread = as_number(place.get("message_thread_id")) if place.get("is_topic_message") else 0
    topic = str(thread) if thread and chat in staff_groups else ""
    return Address(door=DOOR, chat=str(chat), topic=topic).key


def queue_of_reaction(unit: UnitOfWork, update: Mapping[str, object]) -> str:
    """Return the queue of the topic that a reaction belongs to, which it does not name; or ""."""
    reaction = as_object(update.get("message_reaction"))
    chat = as_number(as_object(reaction.get("chat")).get("id"))
    topic = topic_of(unit, (str(chat), str(as_number(reaction.get("message_id")))))
    group, _, thread = topic.partition("/")
    return Address(door=DOOR, chat=group, topic=thread).key if thread else ""


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
        follow_moves(unit, self._door.settings)
        for update in updates:
            number = update.get("update_id")
            if not isinstance(number, int) or not 0 <= number <= _HIGHEST:
                _LOG.error("an update without a number was left out")
            elif self._put(unit, number, update):
                self._look_at(unit, update)

    def _put(self, unit: UnitOfWork, number: int, update: Mapping[str, object]) -> bool:
        return unit.inbox.put(
            source=self._source,
            number=number,
            queue=self._queue_of(unit, update),
            raw=json.dumps(update, ensure_ascii=True),
            at=self._door.clock(),
        )

    def _look_at(self, unit: UnitOfWork, update: Mapping[str, object]) -> None:
        """Take what must be known at once."""
        try:
            adopt_topic(unit, update, bot_id=self._line.bot_id)
            note_move(unit, self._door.settings, update)
        except _STRANGE:
            _LOG.exception("an update has an unexpected form; it is stored all the same")

    def _queue_of(self, unit: UnitOfWork, update: Mapping[str, object]) -> str:
        groups = self._door.settings.staff_groups
        try:
            chat = as_object(as_object(update.get("message_reaction")).get("chat")).get("id")
            in_topic = queue_of_reaction(unit, update) if as_number(chat) in groups else ""
            return in_topic or queue_of(update, staff_groups=groups)
        except _STRANGE:
            _LOG.exception("an update has an unexpected form; it waits for no other")
            return f"{DOOR}::other"
