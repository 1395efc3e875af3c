"""What staff do with a case besides answering: give it away, put it off, choose its mode."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.casework import BOT, Also, finish_with
from bot.desk.claims import Claims, authorise, change_owner
from bot.desk.conversation import Conversation, Owner
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.roster import Right
from bot.desk.ticket import QUEUE, Entry, EntryKind, Staff, Ticket
from knowledge.errors import NotStaff, ThreadNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Triage:
    """Every method is one transaction; repeated, it changes nothing more."""

    units: UnitOfWorkFactory
    claims: Claims

    def transfer(self, ticket: int, staff: Staff, to: str, *, also: Also = None) -> Ticket:
        """Give a case to a colleague by id; raises ``NotStaff`` where nobody knows them."""
        with self.units() as unit:
            conversation, found = self.claims.open_thread(unit, ticket, staff, Right.TRANSFER)
            member = unit.roster.find(conversation.address.door, to)
            if member is None:
                raise NotStaff(staff=to)
            colleague = Staff(identity=to, name=member.name)
            authorise(unit, conversation, colleague, Right.CLAIM)
            if found.claimed_by != to:
                change_owner(unit, conversation, Owner.PERSON)
                given = self.claims.entry(EntryKind.TRANSFERRED, staff, text=member.name, target=to)
                self.claims.record(unit, ticket, given)
            return finish_with(unit, ticket, also)

    def put_in_queue(
        self, ticket: int, staff: Staff, queue: str, *, name: str, also: Also = None
    ) -> Ticket:
        """Have a case wait for anybody of a queue.

        Once a person has had the thread it stays with people, also while nobody has it: the bot
        does not begin to answer in between.
        """
        with self.units() as unit:
            _, found = self.claims.open_thread(unit, ticket, staff, Right.TRANSFER)
            if found.claimed_by or found.queue != queue:
                target = f"{QUEUE}{queue}"
                given = self.claims.entry(EntryKind.TRANSFERRED, staff, text=name, target=target)
                self.claims.record(unit, ticket, given)
            return finish_with(unit, ticket, also)

    def snooze(self, ticket: int, staff: Staff, until: datetime, *, also: Also = None) -> Ticket:
        """Put a case off; what the customer writes ends that at once."""
        with self.units() as unit:
            _, found = self.claims.open_thread(unit, ticket, staff, Right.CLAIM)
            if found.snoozed_until != until:
                entry = self.claims.entry(EntryKind.SNOOZED, staff, text=until.isoformat())
                self._add(unit, ticket, entry)
            return finish_with(unit, ticket, also)

    def wake(self, now: datetime) -> Sequence[Ticket]:
        """Bring back the cases whose time has come; each of them is a transaction of its own."""
        with self.units() as unit:
            due = [one.id for one in unit.tickets.asleep(now)]
        return [woken for one in due if (woken := self._wake(one, now)) is not None]

    def set_mode(self, ticket: int, staff: Staff, *, notes_only: bool, also: Also = None) -> Ticket:
        """Keep all that staff write in a case as notes, or let replies out again."""
        with self.units() as unit:
            _, found = self.claims.open_thread(unit, ticket, staff, Right.CLAIM)
            if found.notes_only is not notes_only:
                kind = EntryKind.NOTES_ONLY if notes_only else EntryKind.REPLIES_OUT
                self._add(unit, ticket, self.claims.entry(kind, staff))
            return finish_with(unit, ticket, also)

    def reopen(self, ticket: int, staff: Staff, *, also: Also = None) -> Ticket:
        """Have staff go on with an ended case, however long ago it ended."""
        with self.units() as unit:
            found = unit.tickets.get(ticket)
            conversation = unit.conversations.get(found.conversation)
            authorise(unit, conversation, staff, Right.CLAIM)
            if not found.state.open:
                self._reopen(unit, conversation, found, staff)
            return finish_with(unit, ticket, also)

    def _reopen(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, staff: Staff
    ) -> None:
        newer = unit.tickets.current(conversation.id)
        if newer is not None:
            raise ThreadNotFound(ticket=ticket.id)
        entry = self.claims.entry(EntryKind.REOPENED, staff, text=ticket.reason)
        unit.tickets.reopen(ticket.id, entry, reason=ticket.reason, urgent=ticket.urgent)
        drafts = self.claims.casework.composer.state_changed(
            conversation, unit.tickets.get(ticket.id)
        )
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _wake(self, ticket: int, now: datetime) -> Ticket | None:
        with self.units() as unit:
            found = unit.tickets.get(ticket)
            until = found.snoozed_until
            if until is None or until > now:
                return None
            casework = self.claims.casework
            unit.tickets.add(ticket, casework.entry(EntryKind.WOKEN, author=BOT, at=now))
            found = unit.tickets.get(ticket)
            conversation = unit.conversations.get(found.conversation)
            drafts = casework.composer.woken(conversation, found)
            unit.outbox.put(drafts, conversation=conversation, ticket=ticket)
            unit.commit()
            return found

    def _add(self, unit: UnitOfWork, ticket: int, entry: Entry) -> None:
        unit.tickets.add(ticket, entry)
        self.claims.redraw(unit, ticket)
