"""Presses and reactions that come before what they are about.

Telegram delivers them beside the messages of their chat, so by webhook one can arrive first. And
somebody may press a button of a message of which we do not know yet that it was sent. Both are
cured by a short wait; what has not come by then is handled as things stand.
"""

from collections.abc import Mapping
from typing import Final

from bot.desk.mail import InboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.api import as_number, as_object
from handlers.chat.context import Door, Line
from handlers.chat.letters import CUSTOMERS, OUTBOX, Tie, customer_queue

_PAUSE: Final = 0.25
_CHECKS: Final = 8


class Overtaking:
    """Lets an update wait for what belongs before it."""

    def __init__(self, door: Door, line: Line) -> None:
        """Look into the boxes of this door."""
        self._door = door
        self._line = line

    async def wait_for_earlier(self, row: InboxRow, update: Mapping[str, object]) -> None:
        """Wait until what was sent before it is known, or for two seconds."""
        about = _message_of(update)
        if about is None:
            return
        for _ in range(_CHECKS):
            if await self._door.transact(lambda unit: self._in_order(unit, row, about)):
                return
            await self._line.sleep(_PAUSE)

    def _in_order(self, unit: UnitOfWork, row: InboxRow, about: Tie) -> bool:
        # Polling hands updates over in their order; only a webhook can leave a gap that fills.
        by_webhook = self._door.settings.webhook is not None
        if by_webhook and not unit.inbox.has(source=row.source, number=row.number - 1):
            return False
        return unit.links.find(about) is not None or not self._being_sent(unit, about[0])

    def _being_sent(self, unit: UnitOfWork, chat: str) -> bool:
        sending = (each.queue for each in unit.outbox.interrupted(within=OUTBOX))
        if self._door.settings.is_staff(int(chat)):
            return any(not queue.startswith(CUSTOMERS) for queue in sending)
        return customer_queue(chat) in sending


def _message_of(update: Mapping[str, object]) -> Tie | None:
    """Return the message that a press or a reaction is about."""
    pressed = as_object(as_object(update.get("callback_query")).get("message"))
    about = pressed or as_object(update.get("message_reaction"))
    chat = as_number(as_object(about.get("chat")).get("id"))
    number = as_number(about.get("message_id"))
    return (str(chat), str(number)) if chat and number else None
