"""What happens to tickets inside a transaction that the desk has begun."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.desk.briefing import Briefing
from bot.desk.conversation import Conversation, Role, Turn
from bot.desk.interpreting import Interpreting
from bot.desk.outcomes import HandedOff
from bot.desk.policy import Policy
from bot.desk.ports import Clock, Composer, Draft, UnitOfWork
from bot.desk.questions import Message
from bot.desk.ticket import Entry, EntryAudience, EntryKind, Ticket

Also = Callable[[UnitOfWork], None] | None
"""What a door wants done in the same transaction: marking its inbox row as done."""

BOT = "bot"
"""The author of what the bot wrote."""

MEMORY = 8
"""How many turns the bot looks back, and staff are shown with a new ticket."""

_INWARD = frozenset(
    {
        EntryKind.NOTE,
        EntryKind.UNDELIVERED,
        EntryKind.TRANSFERRED,
        EntryKind.RELEASED,
        EntryKind.SNOOZED,
        EntryKind.WOKEN,
        EntryKind.HELD,
        EntryKind.WITHDRAWN,
        EntryKind.NOTES_ONLY,
        EntryKind.REPLIES_OUT,
        EntryKind.INVITED,
        EntryKind.DRAFTED,
        EntryKind.PUBLISHED,
        EntryKind.TRANSLATED,
    }
)
_KINDS = {
    Role.CUSTOMER: EntryKind.QUESTION,
    Role.BOT: EntryKind.ANSWER,
    Role.STAFF: EntryKind.REPLY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Casework:
    """Writes timelines, and the messages that go with their entries."""

    composer: Composer
    clock: Clock
    policy: Policy = field(default_factory=Policy)
    interpreting: Interpreting | None = None
    """What has messages translated; None where nobody can."""

    def hand_over(
        self, unit: UnitOfWork, conversation: Conversation, message: Message, outcome: HandedOff
    ) -> Ticket:
        """Bring the message before staff: in the open ticket, the last one again, or a new one."""
        ticket = unit.tickets.current(conversation.id)
        if ticket is not None:
            self._go_on(unit, conversation, ticket, outcome)
        elif (ticket := self.reopenable(unit, conversation)) is not None:
            self._reopen(unit, conversation, ticket, outcome)
        else:
            return self._open(unit, conversation, message, outcome)
        ticket = self.show_question(unit, conversation, ticket, message)
        note = self.composer.staff_note(outcome)
        if note:
            unit.tickets.add(ticket.id, self.entry(EntryKind.NOTE, author=BOT, text=note))
            drafts = self.composer.noted(conversation, ticket, note)
            unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        return unit.tickets.get(ticket.id)

    def reopenable(self, unit: UnitOfWork, conversation: Conversation) -> Ticket | None:
        """The conversation's last ticket, if it ended so lately that it goes on."""
        last = unit.tickets.latest(conversation.id)
        if last is None or last.ended_at is None:
            return None
        return last if self.clock() - last.ended_at <= self.policy.reopen_within else None

    def show_question(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, message: Message
    ) -> Ticket:
        """Add what the customer said, and show it to staff; a case that was put off is awake."""
        asleep = ticket.snoozed_until is not None
        kind = EntryKind.EDITED if message.edited else EntryKind.QUESTION
        if asleep and message.edited:
            # A question wakes a case by itself; changes are written by staff as well.
            unit.tickets.add(ticket.id, self.entry(EntryKind.WOKEN, author=BOT))
        unit.tickets.add(ticket.id, self._question(conversation, message, kind))
        ticket = unit.tickets.get(ticket.id)
        drafts = self.composer.customer_wrote(conversation, ticket, message)
        if asleep:
            drafts += self.composer.card_changed(conversation, ticket)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        self.interpret(unit, conversation, ticket, message)
        return ticket

    def show_answer(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, text: str
    ) -> Ticket:
        """Add what the bot said meanwhile, and show it to staff."""
        unit.tickets.add(ticket.id, self.entry(EntryKind.ANSWER, author=BOT, text=text))
        ticket = unit.tickets.get(ticket.id)
        drafts = self.composer.bot_answered(conversation, ticket, text)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        return ticket

    def entry(
        self,
        kind: EntryKind,
        *,
        author: str,
        name: str = "",
        text: str = "",
        at: datetime | None = None,
    ) -> Entry:
        """A line for the timeline; notes and how staff share the work are for staff alone."""
        inward = kind in _INWARD
        return Entry(
            kind=kind,
            author=author,
            name=name,
            text=text,
            audience=EntryAudience.STAFF if inward else EntryAudience.THREAD,
            at=at or self.clock(),
        )

    def interpret(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, message: Message
    ) -> None:
        """Have what a customer wrote translated for staff, where somebody can."""
        if self.interpreting is not None:
            self.interpreting.take_question(unit, conversation, ticket, message)

    def _go_on(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, outcome: HandedOff
    ) -> None:
        """Show what the next question of an open ticket brings with it."""
        if outcome.briefing is not None:
            self._brief(unit, conversation, ticket, outcome.briefing)
        if outcome.urgent and not ticket.urgent:
            unit.tickets.set_urgent(ticket.id, reason=outcome.reason.value)
            ticket = unit.tickets.get(ticket.id)
            drafts = self.composer.became_urgent(conversation, ticket)
            unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _reopen(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, outcome: HandedOff
    ) -> None:
        """Go on with an ended ticket: the same number, and the same place among staff."""
        reason, customer = outcome.reason.value, conversation.customer
        again = self.entry(
            EntryKind.REOPENED, author=customer.identity, name=customer.name, text=reason
        )
        ticket = unit.tickets.reopen(ticket.id, again, reason=reason, urgent=outcome.urgent)
        unit.tickets.brief(ticket.id, outcome.briefing or Briefing())
        ticket = unit.tickets.get(ticket.id)
        drafts = self.composer.case_reopened(conversation, ticket)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _brief(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, briefing: Briefing
    ) -> None:
        """Show what was found out about a new question, unless it says less than before."""
        known = ticket.briefing
        if briefing.draft is None and known is not None:
            return
        unit.tickets.brief(ticket.id, briefing)
        drafts = self.composer.card_changed(conversation, unit.tickets.get(ticket.id))
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _open(
        self, unit: UnitOfWork, conversation: Conversation, message: Message, outcome: HandedOff
    ) -> Ticket:
        ticket = unit.tickets.open(
            conversation.id, reason=outcome.reason.value, urgent=outcome.urgent, at=self.clock()
        )
        if outcome.briefing is not None:
            unit.tickets.brief(ticket.id, outcome.briefing)
        # Staff must not have to ask again what the customer has already told the bot.
        before = unit.conversations.recent(conversation.id, MEMORY, before=message.version)
        # A notice is remembered without words, only so that it is given once.
        for turn in (one for one in before if one.text):
            unit.tickets.add(ticket.id, self._earlier(conversation, turn))
        unit.tickets.add(ticket.id, self._question(conversation, message, EntryKind.QUESTION))
        note = self.composer.staff_note(outcome)
        if note:
            unit.tickets.add(ticket.id, self.entry(EntryKind.NOTE, author=BOT, text=note))
        ticket = unit.tickets.get(ticket.id)
        drafts: list[Draft] = [
            *self.composer.case_opened(conversation, ticket),
            *self.composer.customer_wrote(conversation, ticket, message),
        ]
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        self.interpret(unit, conversation, ticket, message)
        return ticket

    def _question(self, conversation: Conversation, message: Message, kind: EntryKind) -> Entry:
        customer = conversation.customer
        return self.entry(kind, author=customer.identity, name=customer.name, text=message.spoken)

    def _earlier(self, conversation: Conversation, turn: Turn) -> Entry:
        customer = conversation.customer
        asked = turn.role is Role.CUSTOMER
        author, name = (customer.identity, customer.name) if asked else (turn.role.value, "")
        return self.entry(_KINDS[turn.role], author=author, name=name, text=turn.text, at=turn.at)


def finish(unit: UnitOfWork, also: Also) -> None:
    """Do what the door wants done in the same transaction, and commit."""
    if also is not None:
        also(unit)
    unit.commit()


def finish_with(unit: UnitOfWork, ticket: int, also: Also) -> Ticket:
    """The same, and return a ticket as it is then."""
    found = unit.tickets.get(ticket)
    finish(unit, also)
    return found
