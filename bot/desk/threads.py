"""The staff's side of a thread: claim it, hand it back, close it; for replies see there."""

import logging
from dataclasses import dataclass

from bot.desk.casework import Also, Casework, finish, finish_with
from bot.desk.claims import Claims, change_owner
from bot.desk.conversation import Conversation, Owner
from bot.desk.ports import OutboxRow, UnitOfWork, UnitOfWorkFactory
from bot.desk.roster import Right
from bot.desk.ticket import EntryKind, Staff, Ticket

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threads:
    """What staff do; every method is one transaction."""

    units: UnitOfWorkFactory
    casework: Casework

    @property
    def claims(self) -> Claims:
        """What changes hands."""
        return Claims(casework=self.casework)

    def claim(self, ticket: int, staff: Staff, *, also: Also = None) -> Ticket:
        """Take the thread from the bot; ``AlreadyClaimed`` names the other who has it."""
        with self.units() as unit:
            conversation, present = self.claims.open_thread(unit, ticket, staff, Right.CLAIM)
            self.claims.take(unit, conversation, present, staff)
            return finish_with(unit, ticket, also)

    def release(self, ticket: int, staff: Staff, kind: EntryKind, *, also: Also = None) -> Ticket:
        """Give the thread back to the bot: returned, or closed for good."""
        with self.units() as unit:
            conversation, _ = self.claims.open_thread(unit, ticket, staff, Right.CLOSE)
            # Nobody had claimed it? Then the bot's answers under way are still good.
            if conversation.owner is Owner.PERSON:
                change_owner(unit, conversation, Owner.BOT)
            self.claims.record(unit, ticket, self.claims.entry(kind, staff))
            return finish_with(unit, ticket, also)

    def undelivered(
        self, row: OutboxRow, *, problem: str, blocked: bool, also: Also = None
    ) -> Ticket | None:
        """Show staff that a message did not reach the customer; its ticket, if there is one."""
        if row.conversation is None:
            _LOG.warning("message %d was not delivered: %s", row.id, problem)
            return None
        with self.units() as unit:
            conversation = unit.conversations.get(row.conversation)
            if blocked:
                unit.customers.set_reachable(conversation.customer.id, reachable=False)
                conversation = unit.conversations.get(row.conversation)
            ticket = (
                unit.tickets.current(conversation.id)
                if row.ticket is None
                else unit.tickets.get(row.ticket)
            )
            _LOG.warning("message %d did not reach the customer: %s", row.id, problem)
            if ticket is not None:
                ticket = self._show_undelivered(unit, conversation, ticket, problem)
            finish(unit, also)
            return ticket

    def _show_undelivered(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, problem: str
    ) -> Ticket:
        entry = self.casework.entry(EntryKind.UNDELIVERED, author="", text=problem)
        unit.tickets.add(ticket.id, entry)
        ticket = unit.tickets.get(ticket.id)
        drafts = self.casework.composer.undelivered(conversation, ticket, problem)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        return ticket
