"""What customers do with a case that has ended: rate it, say a word about it, open it again."""

from dataclasses import dataclass

from bot.desk.casework import Also, Casework, finish
from bot.desk.conversation import Address, Conversation, Role, Turn
from bot.desk.outcomes import HandOffReason
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.questions import Message
from bot.desk.ticket import EntryKind, Ticket
from knowledge.errors import ThreadNotFound

BEST = 5
"""Stars of the best rating; the worst is 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """Every method is one transaction. A ticket of somebody else's is ``ThreadNotFound``."""

    units: UnitOfWorkFactory
    casework: Casework

    def rate(self, address: Address, ticket: int, stars: int, *, also: Also = None) -> Ticket:
        """Keep how satisfied the customer is; the last rating counts."""
        with self.units() as unit:
            conversation, found = self._own(unit, address, ticket)
            if 1 <= stars <= BEST and stars != found.stars and not found.state.open:
                self._add(unit, conversation, found, EntryKind.RATED, str(stars))
                self._redraw(unit, conversation, ticket)
            finish(unit, also)
            return found

    def invite(self, address: Address, ticket: int, *, also: Also = None) -> Ticket:
        """Ask the customer for a word: the next message within a day is taken as it."""
        with self.units() as unit:
            conversation, found = self._own(unit, address, ticket)
            if not found.state.open:
                self._add(unit, conversation, found, EntryKind.INVITED, "")
                drafts = self.casework.composer.comment_wanted(conversation, found)
                unit.outbox.put(drafts, conversation=conversation, ticket=ticket)
            finish(unit, also)
            return found

    def comment(self, message: Message, ticket: int, *, also: Also = None) -> bool:
        """Keep what the customer replied to the request for a rating; False where it is no word.

        What comes with a picture or a file, and what is said in a case that is open again, is for
        staff to see and to answer.
        """
        with self.units() as unit:
            conversation, found = self._own(unit, message.address, ticket)
            if message.attachment or found.state.open:
                return False
            self.keep_comment(unit, conversation, found, message)
            finish(unit, also)
            return True

    def awaiting(self, unit: UnitOfWork, conversation: Conversation) -> Ticket | None:
        """The ended ticket about which the customer has said that they will say a word."""
        last = unit.tickets.latest(conversation.id)
        if last is None or last.invited_at is None:
            return None
        waited = self.casework.clock() - last.invited_at
        return last if waited <= self.casework.policy.comment_within else None

    def keep_comment(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, message: Message
    ) -> None:
        """Keep a comment, show it to staff, and thank for it."""
        if unit.conversations.settled(conversation.id, message.version):
            return
        self._remember(unit, conversation, message)
        self._add(unit, conversation, ticket, EntryKind.COMMENTED, message.spoken)
        drafts = self.casework.composer.commented(conversation, unit.tickets.get(ticket.id))
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        unit.conversations.settle(conversation.id, message.version, how="comment")

    def reopen(self, address: Address, ticket: int, *, also: Also = None) -> Ticket:
        """Open it again, if it ended lately; otherwise, or where another is open, it stays."""
        with self.units() as unit:
            conversation, found = self._own(unit, address, ticket)
            if self._may_go_on(unit, conversation, found):
                self._reopen(unit, conversation, found)
            found = unit.tickets.get(ticket)
            finish(unit, also)
            return found

    def write_again(self, message: Message, ticket: int, *, also: Also = None) -> bool:
        """Go on with an ended ticket with a message; False when that is too late for it."""
        with self.units() as unit:
            conversation, found = self._own(unit, message.address, ticket)
            if unit.conversations.settled(conversation.id, message.version):
                finish(unit, also)
                return True
            if not self._may_go_on(unit, conversation, found):
                return False
            self._remember(unit, conversation, message)
            self._reopen(unit, conversation, found)
            self.casework.show_question(unit, conversation, found, message)
            unit.conversations.settle(conversation.id, message.version, how="relayed")
            finish(unit, also)
            return True

    def _may_go_on(self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket) -> bool:
        last = self.casework.reopenable(unit, conversation)
        return last is not None and last.id == ticket.id

    def _reopen(self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket) -> None:
        customer, reason = conversation.customer, HandOffReason.REOPENED.value
        entry = self.casework.entry(
            EntryKind.REOPENED, author=customer.identity, name=customer.name, text=reason
        )
        unit.tickets.reopen(ticket.id, entry, reason=reason, urgent=ticket.urgent)
        drafts = self.casework.composer.state_changed(conversation, unit.tickets.get(ticket.id))
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _own(self, unit: UnitOfWork, address: Address, ticket: int) -> tuple[Conversation, Ticket]:
        found = unit.tickets.get(ticket)
        conversation = unit.conversations.get(found.conversation)
        if conversation.address != address:
            raise ThreadNotFound(ticket=ticket)
        return conversation, found

    def _remember(self, unit: UnitOfWork, conversation: Conversation, message: Message) -> None:
        turn = Turn(role=Role.CUSTOMER, text=message.spoken, at=self.casework.clock())
        unit.conversations.remember(conversation.id, turn, reference=message.version)

    def _add(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        ticket: Ticket,
        kind: EntryKind,
        text: str,
    ) -> None:
        customer = conversation.customer
        entry = self.casework.entry(kind, author=customer.identity, name=customer.name, text=text)
        unit.tickets.add(ticket.id, entry)

    def _redraw(self, unit: UnitOfWork, conversation: Conversation, ticket: int) -> None:
        drafts = self.casework.composer.card_changed(conversation, unit.tickets.get(ticket))
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket)
