"""Tells a customer whose case a person has that nobody is there: once while it is closed."""

from typing import Final

from bot.desk.casework import Casework
from bot.desk.conversation import Conversation, Role, Turn
from bot.desk.ports import UnitOfWork
from bot.desk.schedule.working_time import day_span, last_closing
from bot.desk.ticket import EntryKind, Ticket
from bot.desk.timing import Timing

_KNOWN: Final = frozenset({EntryKind.OPENED, EntryKind.REOPENED, EntryKind.REPLY})
"""After these the customer knows when to expect somebody, or somebody is there after all."""


def tell_closed(
    unit: UnitOfWork, casework: Casework, timing: Timing, conversation: Conversation, ticket: Ticket
) -> None:
    """Say by when somebody answers what was just written, where the desk is closed.

    Nothing is said over lunch, to whoever was told at the hand-off since it closed, and while staff
    write after hours.
    """
    expected = timing.expected(conversation, ticket)
    if expected is None or expected.opens is None:
        return
    hours, now = timing.queue_of(conversation, ticket).hours, casework.clock()
    span = day_span(hours, now)
    if span is not None and span[0] <= now < span[1]:
        return
    closed = last_closing(hours, now)
    if any(entry.kind in _KNOWN and entry.at >= closed for entry in ticket.entries):
        return
    drafts = casework.composer.closed(conversation, expected)
    said = Turn(role=Role.BOT, text="", at=now)
    once = f"closed/{ticket.id}/{expected.opens.isoformat()}"
    if unit.conversations.remember(conversation.id, said, reference=once):
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
