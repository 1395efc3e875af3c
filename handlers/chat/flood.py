"""Customers who write faster than the bot can think: their backlog goes to staff as a whole.

Conversations take turns, so nobody has to wait for somebody else's backlog; and one that has grown
beyond a limit is taken out of the inbox at once, unanswered but kept.
"""

from collections.abc import Callable, Sequence
from typing import Final

from telegram import Update

from bot.desk.mail import InboxRow
from bot.desk.ports import UnitOfWork
from bot.desk.questions import Message
from handlers.chat.context import Door
from handlers.chat.letters import DOOR
from handlers.chat.reading import question_of
from handlers.chat.workers import in_thread

MOST_WAITING: Final = 20
"""So many messages of one customer wait for the bot; when there are more, staff get them all."""
_MOST_TAKEN: Final = 100


class Flood:
    """Takes backlogs out of the inbox."""

    def __init__(self, door: Door, parse: Callable[[InboxRow], Update]) -> None:
        """Use the parser of the dispatcher."""
        self._door = door
        self._parse = parse

    def backlog(self, unit: UnitOfWork, row: InboxRow) -> Sequence[InboxRow]:
        """Return what waits in the queue of a row, if that is a customer's and too much; or ()."""
        if not row.queue.startswith(DOOR) or row.queue.split(":")[1].startswith("-"):
            return ()
        waiting = unit.inbox.waiting(row.queue, limit=_MOST_TAKEN)
        return waiting if len(waiting) > MOST_WAITING else ()

    async def take(self, rows: Sequence[InboxRow]) -> bool:
        """Show the plain messages that come first to staff; False when the very first is none."""
        taken: list[tuple[InboxRow, Message]] = []
        for row in rows:
            message = self._plain_message(row)
            if message is None:
                break
            taken.append((row, message))

        def finish(unit: UnitOfWork) -> None:
            for row, _ in taken:
                unit.inbox.done(row.id)

        if taken:
            messages = [message for _, message in taken]
            await in_thread(self._door.desk.receive_backlog, messages, also=finish)
        return bool(taken)

    def _plain_message(self, row: InboxRow) -> Message | None:
        """Return a text that is no command; everything else is handled one by one."""
        try:
            message = self._parse(row).message
        except (AttributeError, LookupError, TypeError, ValueError):
            return None  # Handled one by one, it is put aside.
        if message is None or not message.text or message.text.startswith("/"):
            return None
        return question_of(message) if message.chat.type == message.chat.PRIVATE else None
