"""What a case is owed: its queue, and by when its customer was told to expect somebody."""

from dataclasses import dataclass, replace

from bot.desk.alerts import AlertComposer
from bot.desk.conversation import Conversation, Role
from bot.desk.expectation import Expectation, expect
from bot.desk.outcomes import HandedOff
from bot.desk.places import place_of, zone_told
from bot.desk.ports import Clock, UnitOfWork
from bot.desk.questions import Message
from bot.desk.schedule.queues import Facts, Queue, Queues
from bot.desk.ticket import EntryKind, Ticket

_LOOK_BACK = 20
"""How many turns are read for where a customer is."""

_OPENINGS = frozenset({EntryKind.OPENED, EntryKind.REOPENED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The queues of the desk; ``alerts`` writes to staff, None where nobody is reminded."""

    queues: Queues
    clock: Clock
    alerts: AlertComposer | None = None

    def tell(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        message: Message,
        ticket: Ticket,
        outcome: HandedOff,
    ) -> HandedOff:
        """Say in the outcome by when somebody answers; the timers of the ticket keep to that."""
        conversation = self._locate(unit, conversation, message)
        queue = self.queues.assign(_facts(conversation, ticket))
        unit.schedule.set_queue(ticket.id, queue.name)
        expected = self.expected(conversation, unit.tickets.get(ticket.id))
        # Whoever may be in danger is not to read excuses.
        silent = expected is not None and expected.late and outcome.urgent
        return replace(outcome, expected=None if silent else expected)

    def expected(self, conversation: Conversation, ticket: Ticket) -> Expectation | None:
        """By when the next reply in a ticket is due; None when none is owed."""
        queue = self.queue_of(conversation, ticket)
        return expect(queue, self.clock(), ticket.entries, place_of(conversation))

    def queue_of(self, conversation: Conversation, ticket: Ticket) -> Queue:
        """The queue that a ticket is in, or that takes it."""
        if ticket.queue:
            return self.queues.named(ticket.queue)
        return self.queues.assign(_facts(conversation, ticket))

    def _locate(
        self, unit: UnitOfWork, conversation: Conversation, message: Message
    ) -> Conversation:
        """Remember where the customer said that they are."""
        turns = unit.conversations.recent(conversation.id, _LOOK_BACK, before=message.version)
        said = [turn.text for turn in turns if turn.role is Role.CUSTOMER]
        found = (zone_told(text, conversation.language) for text in (message.text, *reversed(said)))
        zone = next(filter(None, found), "")
        if not zone or zone == conversation.customer.zone:
            return conversation
        unit.schedule.set_zone(conversation.customer.id, zone)
        return unit.conversations.get(conversation.id)


def _facts(conversation: Conversation, ticket: Ticket) -> Facts:
    """What decides about the queue; the words are those with which it was (last) opened."""
    opened = [n for n, e in enumerate(ticket.entries) if e.kind in _OPENINGS]
    entries = ticket.entries[opened[-1] :] if opened else ticket.entries
    since = entries[0].at if entries else None
    asked = (e for e in entries if e.kind is EntryKind.QUESTION)
    return Facts(
        reason=ticket.reason,
        urgent=ticket.urgent,
        language=conversation.language,
        audience=conversation.customer.audience.value,
        # What was said before it was opened stands there, too.
        text=next((e.text for e in asked if since is None or e.at >= since), ""),
    )
