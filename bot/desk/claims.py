"""Who has a thread, and who may: every change of hands goes through here."""

from dataclasses import dataclass, replace

from bot.desk.casework import Casework
from bot.desk.conversation import Conversation, Owner
from bot.desk.ports import UnitOfWork
from bot.desk.roster import Right
from bot.desk.ticket import Entry, EntryKind, Staff, Ticket, TicketState
from knowledge.errors import AlreadyClaimed, NotAllowed, NotStaff, ThreadNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Changes of hands inside a transaction that the desk has begun."""

    casework: Casework

    def open_thread(
        self, unit: UnitOfWork, ticket: int, staff: Staff, right: Right
    ) -> tuple[Conversation, Ticket]:
        """Return an open ticket with its conversation, if this member of staff has the right."""
        conversation, found = open_thread(unit, ticket)
        authorise(unit, conversation, staff, right)
        return conversation, found

    def take(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, staff: Staff
    ) -> Conversation:
        """Claim it for somebody, unless another has it; theirs it may be already."""
        if ticket.state is TicketState.CLAIMED:
            if ticket.claimed_by == staff.identity:
                return conversation
            raise AlreadyClaimed(staff=ticket.claimed_by_name)
        conversation = change_owner(unit, conversation, Owner.PERSON)
        self.record(unit, ticket.id, self.entry(EntryKind.CLAIMED, staff))
        return conversation

    def entry(self, kind: EntryKind, staff: Staff, *, text: str = "", target: str = "") -> Entry:
        """A line of the timeline about what staff did."""
        entry = self.casework.entry(kind, author=staff.identity, name=staff.name, text=text)
        return replace(entry, target=target)

    def record(self, unit: UnitOfWork, ticket: int, entry: Entry) -> None:
        """Add a change of hands, and tell both sides of it."""
        unit.tickets.add(ticket, entry)
        changed = unit.tickets.get(ticket)
        conversation = unit.conversations.get(changed.conversation)
        drafts = self.casework.composer.state_changed(conversation, changed)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket)

    def redraw(self, unit: UnitOfWork, ticket: int) -> None:
        """Show the case card as things stand now."""
        found = unit.tickets.get(ticket)
        conversation = unit.conversations.get(found.conversation)
        drafts = self.casework.composer.card_changed(conversation, found)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket)


def authorise(unit: UnitOfWork, conversation: Conversation, staff: Staff, right: Right) -> None:
    """Raise ``NotStaff`` or ``NotAllowed``; whom nobody has written down may do everything."""
    member = unit.roster.find(conversation.address.door, staff.identity)
    if member is None:
        return
    if not member.present:
        raise NotStaff(staff=staff.name)
    if not member.may(right, conversation.customer.audience):
        raise NotAllowed(staff=staff.name)


def open_thread(unit: UnitOfWork, ticket: int) -> tuple[Conversation, Ticket]:
    """Return an open ticket with its conversation; raises ``ThreadNotFound``."""
    found = unit.tickets.get(ticket)
    if not found.state.open:
        raise ThreadNotFound(ticket=ticket)
    return unit.conversations.get(found.conversation), found


def change_owner(unit: UnitOfWork, conversation: Conversation, owner: Owner) -> Conversation:
    """Raise the epoch, so that nothing goes out any more that the bot wrote before."""
    epoch = conversation.epoch
    if not unit.conversations.set_owner(conversation.id, owner, expected_epoch=epoch):
        # Only a store whose transactions do not exclude each other can get here.
        current = unit.tickets.current(conversation.id)
        raise AlreadyClaimed(staff=current.claimed_by_name if current else "")
    return unit.conversations.get(conversation.id)
