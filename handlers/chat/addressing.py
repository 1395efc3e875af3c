"""Where an outbox row goes, now that it is to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.desk.mail import OutboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door
from handlers.chat.errors import Fate
from handlers.chat.folding import is_folded
from handlers.chat.letters import CREATE_TOPIC, read_tie
from handlers.chat.topics import Topics, group_in

# These name a message; the others of a ticket's calls name its topic.
_BY_MESSAGE: Final = frozenset({"setMessageReaction"})
_DELETE: Final = "deleteMessage"
_CONTENT_EDITS: Final = frozenset({"editMessageText", "editMessageCaption", "editMessageMedia"})
_QUOTE: Final = ("quote", "quote_position", "quote_entities")


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
        """Know the staff groups and their topics."""
        self._door = door
        self._topics = topics

    def place(self, unit: UnitOfWork, row: OutboxRow) -> int:
        """Return the chat that a row goes to; 0 for a ticket that stands in no group yet."""
        ticket = row.payload.get("ticket")
        if ticket is None:
            return as_number(as_object(row.payload["parameters"]).get("chat_id"))
        group = group_in(unit.tickets.get(as_number(ticket)).topic)
        return group if self._door.settings.is_staff(group) else 0

    def unaddressed(self, row: OutboxRow, chat: int = 0) -> Letter:
        """Return the row with the chat it goes to, and nothing more."""
        parameters = as_object(row.payload["parameters"])
        in_group = row.payload.get("ticket") is not None
        if not chat:
            group = self._door.settings.staff_group or 0
            chat = group if in_group else as_number(parameters.get("chat_id"))
        return Letter(row, chat, row.method, parameters)

    async def address(self, letter: Letter) -> Letter | None:
        """Return a letter with all of its address; None when the place does not exist.

        The topic of a ticket that has none is made; what Telegram says to that is passed on.
        """
        row, group = letter.row, letter.chat
        if read_tie(row.payload, "edits"):
            return await self._door.transact(lambda unit: _about_mirror(unit, letter))
        if row.payload.get("replies"):
            letter = await self._door.transact(lambda unit: _in_reply(unit, letter))
        if not letter.ticket or row.method == CREATE_TOPIC:
            return letter
        if row.method in _BY_MESSAGE:
            return replace(letter, parameters={"chat_id": group, **letter.parameters})
        if row.silent:
            place = {"message_thread_id": await self._topics.find(letter.ticket, group=group)}
        else:
            place = {"message_thread_id": await self._topics.ensure(letter.ticket, group=group)}
        if not all(place.values()):
            return None
        return replace(letter, parameters={"chat_id": group, **letter.parameters, **place})


def _about_mirror(unit: UnitOfWork, letter: Letter) -> Letter | None:
    """Fill in which message a call is about; None when the other side has no such message."""
    tie = read_tie(letter.row.payload, "edits")
    found = tie and unit.links.find(tie)
    if tie is None or not found or found[0] != str(letter.chat):
        return None
    if letter.method in _CONTENT_EDITS and is_folded(unit, found):
        return None
    numbers = [int(found[1])]
    if letter.method == _DELETE:
        # A long text went out in several parts.
        chat = str(letter.chat)
        numbers = sorted(int(n) for where, n in unit.links.mirrors(tie) if where == chat)
    parameters = {"chat_id": letter.chat, **letter.parameters}
    if len(numbers) > 1:
        parameters["message_ids"] = numbers
        return replace(letter, method="deleteMessages", parameters=parameters)
    return replace(letter, parameters={**parameters, "message_id": numbers[0]})


def _in_reply(unit: UnitOfWork, letter: Letter) -> Letter:
    """Fill in what a message replies to, if the other side has it."""
    reply = as_object(letter.row.payload["replies"])
    found = unit.links.find((str(reply.get("chat")), str(reply.get("message"))))
    if not found or found[0] != str(letter.chat):
        return letter
    quote = {key: reply[key] for key in _QUOTE if reply.get(key)}
    place = {"message_id": int(found[1]), **quote}
    return replace(letter, parameters={**letter.parameters, "reply_parameters": place})
