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


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The queues of the desk; ``alerts`` writes to staff, None where nobody is reminded."""

    queues: Queues
    clock: Clock
    alerts: AlertComposer | None = None

    def tell(
        self, unit: UnitOfWork, conversation: Conversation, message: Message, outcome: HandedOff
    ) -> HandedOff:
        """Say in the outcome by when somebody answers; the timers of the ticket keep to that."""
        conversation = self._locate(unit, conversation, message)
        ticket = unit.tickets.current(conversation.id)
        if ticket is None or (outcome.urgent and not ticket.urgent):
            facts = _facts(conversation, outcome.reason.value, outcome.urgent, message.spoken)
            queue = self.queues.assign(facts)
            expected = self._expect(queue, conversation)
            if ticket is not None:
                unit.schedule.set_queue(ticket.id, queue.name)
        else:
            expected = self.expected(conversation, ticket)
        return replace(outcome, expected=expected)

    def expected(self, conversation: Conversation, ticket: Ticket) -> Expectation | None:
        """By when the next reply in a ticket is due; None when none is owed."""
        return self._expect(self.queue_of(conversation, ticket), conversation, ticket)

    def queue_of(self, conversation: Conversation, ticket: Ticket) -> Queue:
        """The queue that a ticket is in, or that takes it."""
        if ticket.queue:
            return self.queues.named(ticket.queue)
        opened = next((e.at for e in ticket.entries if e.kind is EntryKind.OPENED), None)
        asked = (
            e.text
            for e in ticket.entries
            if e.kind is EntryKind.QUESTION and (opened is None or e.at >= opened)
        )
        facts = _facts(conversation, ticket.reason, ticket.urgent, next(asked, ""))
        return self.queues.assign(facts)

    def _expect(
        self, queue: Queue, conversation: Conversation, ticket: Ticket | None = None
    ) -> Expectation | None:
        now = self.clock()
        entries = ticket.entries if ticket else ()
        return expect(queue, now, entries=entries, place=place_of(conversation))

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


def _facts(conversation: Conversation, reason: str, urgent: bool, text: str) -> Facts:  # noqa: FBT001 - the flag of a ticket
    return Facts(
        reason=reason,
        urgent=urgent,
        language=conversation.language,
        audience=conversation.customer.audience.value,
        text=text,
    )
