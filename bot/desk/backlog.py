"""A customer who writes faster than anybody can answer: all of it is kept and shown to staff."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.desk.casework import BOT, Also, Casework, finish
from bot.desk.conversation import Conversation, Owner, Role, Turn
from bot.desk.outcomes import HandedOff, HandOffReason
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.questions import Message
from bot.desk.ticket import EntryKind, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Takes in many messages of one customer at once; the bot thinks about none of them."""

    units: UnitOfWorkFactory
    casework: Casework

    def take_in(self, messages: Sequence[Message], *, also: Also = None) -> None:
        """Show them to staff in their order; the customer is told so, once for each ticket."""
        with self.units() as unit:
            ticket: Ticket | None = None
            for message in messages:
                ticket = self._relay(unit, message, ticket)
            if messages:
                self._tell(unit, messages[-1])
            finish(unit, also)

    def _relay(self, unit: UnitOfWork, message: Message, ticket: Ticket | None) -> Ticket | None:
        """Show one; the ticket as it was before the first, or as it was opened for that."""
        conversation = _conversation(unit, message)
        if unit.conversations.settled(conversation.id, message.version):
            return ticket
        turn = Turn(role=Role.CUSTOMER, text=message.spoken, at=self.casework.clock())
        unit.conversations.remember(conversation.id, turn, reference=message.version)
        ticket = ticket or unit.tickets.current(conversation.id)
        if ticket is None:
            outcome = _handed_off(conversation, message)
            ticket = self.casework.hand_over(unit, conversation, message, outcome)
        else:
            self._add(unit, conversation, ticket, message)
        unit.conversations.settle(conversation.id, message.version, how="relayed")
        return ticket

    def _add(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, message: Message
    ) -> None:
        """Show one more without reading the whole timeline again, which may be very long by now."""
        customer = conversation.customer
        question = self.casework.entry(
            EntryKind.QUESTION,
            author=customer.identity,
            name=customer.name,
            text=message.spoken,
        )
        unit.tickets.add(ticket.id, question)
        drafts = self.casework.composer.customer_wrote(conversation, ticket, message)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        self.casework.interpret(unit, conversation, ticket, message)

    def _tell(self, unit: UnitOfWork, message: Message) -> None:
        conversation = _conversation(unit, message)
        ticket = unit.tickets.current(conversation.id)
        if ticket is None or conversation.owner is Owner.PERSON:
            return
        composer = self.casework.composer
        outcome = _handed_off(conversation, message)
        said = Turn(
            role=Role.BOT,
            text=composer.plain_text(conversation, outcome),
            at=self.casework.clock(),
        )
        told = f"{BOT}/backlog/{ticket.id}"
        if unit.conversations.remember(conversation.id, said, reference=told):
            drafts = composer.outcome(conversation, message, outcome)
            fenced = [replace(draft, fenced=True) for draft in drafts]
            unit.outbox.put(fenced, conversation=conversation)


def _conversation(unit: UnitOfWork, message: Message) -> Conversation:
    customer = unit.customers.meet(message.sender, message.address.door)
    return unit.conversations.open(customer, message.address)


def _handed_off(conversation: Conversation, message: Message) -> HandedOff:
    customer = conversation.customer
    language = customer.language or conversation.language or message.sender.client_language
    return HandedOff(language=language or "en", reason=HandOffReason.MANY_MESSAGES)
