"""Draft replies: a person sends them as they are, in other words, or not at all."""

from dataclasses import dataclass, replace

from bot.desk.briefing import DraftState
from bot.desk.casework import Also, finish_with
from bot.desk.claims import Claims
from bot.desk.conversation import Conversation, Role, Turn
from bot.desk.ports import StaffMessage, UnitOfWork, UnitOfWorkFactory
from bot.desk.relay import StaffRecord, Standing
from bot.desk.roster import Right
from bot.desk.ticket import MESSAGE, EntryKind, Staff, Ticket, TicketState
from knowledge.errors import N_, DeskError

DRAFT_CHANGED = N_("There is another draft by now. Write /card to read it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReplies:
    """Every method is one transaction; what is decided already is left as it is."""

    units: UnitOfWorkFactory
    claims: Claims

    def send(self, ticket: int, staff: Staff, *, shown: str = "", also: Also = None) -> Ticket:
        """Send the draft as a reply; it claims what nobody has, or raises ``AlreadyClaimed``.

        ``shown`` is the digest of the draft that they have read; raises ``DeskError`` where there
        is another one by now.
        """
        with self.units() as unit:
            conversation, found = self.claims.open_thread(unit, ticket, staff, Right.CLAIM)
            draft = found.briefing.offered if found.briefing else None
            if draft is not None and shown not in {"", draft.digest}:
                raise DeskError(problem=DRAFT_CHANGED)
            if draft is not None:
                # Unlike a message, a draft has no number of its own: one is sent for each question.
                number = len(found.entries)
                message = StaffMessage(
                    author=staff.identity,
                    name=staff.name,
                    reference=f"draft{number}",
                    text=draft.text,
                )
                self._reply(unit, conversation, found, message, DraftState.SENT)
            return finish_with(unit, ticket, also)

    def replace(self, ticket: int, message: StaffMessage, *, also: Also = None) -> Ticket:
        """Send what staff made of the draft, whether or not it still waits for a decision."""
        staff = Staff(identity=message.author, name=message.name)
        with self.units() as unit:
            conversation, found = self.claims.open_thread(unit, ticket, staff, Right.CLAIM)
            self._reply(unit, conversation, found, message, DraftState.EDITED)
            return finish_with(unit, ticket, also)

    def discard(self, ticket: int, staff: Staff, *, also: Also = None) -> Ticket:
        """Take the draft off the card."""
        with self.units() as unit:
            _, found = self.claims.open_thread(unit, ticket, staff, Right.CLAIM)
            if found.briefing is not None and found.briefing.offered is not None:
                unit.tickets.brief(ticket, found.briefing.decided(DraftState.DISCARDED))
                self.claims.redraw(unit, ticket)
            return finish_with(unit, ticket, also)

    def show(self, ticket: int, staff: Staff, *, also: Also = None) -> Ticket:
        """Put the draft before a member of staff, to be changed and sent back."""
        with self.units() as unit:
            conversation, found = self.claims.open_thread(unit, ticket, staff, Right.CLAIM)
            drafts = self.claims.casework.composer.draft_to_edit(conversation, found, staff)
            unit.outbox.put(drafts, conversation=conversation, ticket=ticket)
            return finish_with(unit, ticket, also)

    def _reply(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        ticket: Ticket,
        message: StaffMessage,
        state: DraftState,
    ) -> None:
        casework = self.claims.casework
        turn = Turn(role=Role.STAFF, text=message.text, at=casework.clock())
        reference = f"staff/{ticket.topic}/{message.reference}"
        if not unit.conversations.remember(conversation.id, turn, reference=reference):
            return
        staff = Staff(identity=message.author, name=message.name)
        decided = ticket.briefing is not None and ticket.briefing.offered is not None
        if ticket.briefing is not None and decided:
            unit.tickets.brief(ticket.id, ticket.briefing.decided(state))
        conversation = self.claims.take(unit, conversation, ticket, staff)
        if decided and ticket.state is TicketState.CLAIMED:
            self.claims.redraw(unit, ticket.id)
        target = f"{MESSAGE}{message.reference}"
        reply = self.claims.entry(EntryKind.REPLY, staff, text=message.text, target=target)
        unit.tickets.add(ticket.id, reply)
        ticket = unit.tickets.get(ticket.id)
        drafts = casework.composer.staff_replied(conversation, ticket, message)
        rows = unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        if casework.interpreting is not None:
            casework.interpreting.take_reply(unit, ticket, message, rows)
        # Kept like any reply, so that it can be changed and taken back.
        record = StaffRecord(
            topic=ticket.topic,
            ticket=ticket.id,
            message=message,
            standing=Standing.SENT,
            at=casework.clock(),
            rows=tuple(rows),
        )
        for reference in message.parts or (message.reference,):
            unit.relay.keep(replace(record, message=replace(message, reference=reference)))
