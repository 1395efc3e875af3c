"""Where an outbox row goes, now that it is to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.desk.mail import OutboxRow
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door
from handlers.chat.errors import Fate
from handlers.chat.letters import CREATE_TOPIC, read_tie
from handlers.chat.topics import Topics

# These name a message; the others of a ticket's calls name its topic.
_BY_MESSAGE: Final = frozenset({"editMessageReplyMarkup"})


@dataclass(frozen=True, slots=True)
class Letter:
    """A row with its address filled in; ``remedied`` holds what was already tried to mend."""

    row: OutboxRow
    chat: int
    method: str
    parameters: Mapping[str, object]
    remedied: frozenset[Fate] = frozenset()

    @property
    def ticket(self) -> int:
        """The ticket in whose topic it belongs; 0 for what goes elsewhere."""
        return as_number(self.row.payload.get("ticket"))

    @property
    def plain(self) -> str:
        """What to send when the markup is refused; "" for what has no text."""
        return str(self.row.payload.get("plain") or "")


class Addressing:
    """Fills in addresses."""

    def __init__(self, door: Door, topics: Topics) -> None:
        """Know the staff group and its topics."""
        self._door = door
        self._group = door.settings.staff_group or 0
        self._topics = topics

    def unaddressed(self, row: OutboxRow) -> Letter:
        """Return the row with the chat it goes to, and nothing more."""
        parameters = as_object(row.payload["parameters"])
        in_group = row.payload.get("ticket") is not None
        chat = self._group if in_group else as_number(parameters.get("chat_id"))
        return Letter(row, chat, row.method, parameters)

    async def address(self, row: OutboxRow) -> Letter | None:
        """Return the row with all of its address; None when the place does not exist.

        The topic of a ticket that has none is made; what Telegram says to that is passed on.
        """
        letter = self.unaddressed(row)
        if not letter.ticket or row.method == CREATE_TOPIC:
            return letter
        if row.method in _BY_MESSAGE:
            place = {"message_id": await self._find_edited(row)}
        elif row.silent:
            place = {"message_thread_id": await self._topics.find(letter.ticket)}
        else:
            place = {"message_thread_id": await self._topics.ensure(letter.ticket)}
        if not all(place.values()):
            return None
        return replace(letter, parameters={"chat_id": self._group, **letter.parameters, **place})

    async def _find_edited(self, row: OutboxRow) -> int:
        tie = read_tie(row.payload, "edits")
        found = tie and await self._door.transact(lambda unit: unit.links.find(tie))
        return int(found[1]) if found and found[0] == str(self._group) else 0
