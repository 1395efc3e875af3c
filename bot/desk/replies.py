"""What staff write in a ticket's place: replies, notes, what is held, changes and recalls."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.desk.casework import Also, Casework, finish, finish_with
from bot.desk.claims import Claims, authorise
from bot.desk.conversation import WITHDRAWN, Conversation, Role, Turn
from bot.desk.mail import Delivery, StaffMessage
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.relay import StaffRecord, Standing, is_note, note_text
from bot.desk.roster import Right
from bot.desk.standing import find_held, record_of, standing_of
from bot.desk.ticket import MESSAGE, EntryKind, Staff, Ticket, TicketState
from knowledge.errors import N_, DeskError, ThreadNotFound

NOTHING_TO_UNDO = N_("There is no message of yours here that could be taken back.")
EDITED_TO_NOTE = N_(
    "What the customer has does not become a note by a change: they still see the old text. "
    "Write /undo as a reply to it to take it back."
)
EDITED_IN_NOTES_MODE = N_(
    "This ticket is set to notes only, so the change was not passed on. The customer still sees "
    "the old text."
)
EDITED_ELSEWHERE = N_(
    "This message did not go to the customer from here, so its change was not passed on either."
)
EDITED_AFTER_UNDO = N_("This message was taken back, so the change was not passed on.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """Takes in what staff write; every method is one transaction."""

    units: UnitOfWorkFactory
    casework: Casework
    claims: Claims

    def wrote(self, topic: str, message: StaffMessage, *, also: Also = None) -> Ticket:
        """Pass a message on, keep it as a note, or hold it; see ``decide``."""
        with self.units() as unit:
            conversation, ticket = _open_at(unit, topic, _author(message))
            if not unit.relay.staff_message(topic, message.reference):
                self._settle(unit, conversation, record_of(ticket, message, self.casework.clock()))
            return finish_with(unit, ticket.id, also)

    def edited(self, topic: str, message: StaffMessage, *, also: Also = None) -> Ticket:
        """Let a change have the fate of what was changed; raises ``DeskError`` if it cannot."""
        with self.units() as unit:
            conversation, ticket = _open_at(unit, topic, _author(message))
            record = unit.relay.staff_message(topic, message.reference)
            if record is None:
                raise DeskError(problem=EDITED_ELSEWHERE)
            # The change is of one message; what has not gone out yet goes out with all its parts.
            whole = record.message.parts and record.standing is not Standing.SENT
            source = record.message.source if whole else message.source
            changed = replace(record.message, text=message.text, source=source)
            changes = replace(record, message=changed)
            self._change(unit, conversation, ticket, changes, before=record.message)
            return finish_with(unit, ticket.id, also)

    def send_held(
        self, topic: str, reference: str, staff: Staff, *, also: Also = None
    ) -> StaffRecord:
        """Pass on what was held; whoever lets it go claims a ticket that nobody has."""
        with self.units() as unit:
            conversation, ticket = _open_at(unit, topic, staff)
            record = find_held(unit, topic, reference)
            record = self._send(unit, conversation, ticket, record, staff)
            finish(unit, also)
            return record

    def keep_held(
        self, topic: str, reference: str, staff: Staff, *, also: Also = None
    ) -> StaffRecord:
        """Make a note of what was held."""
        with self.units() as unit:
            conversation, ticket = _open_at(unit, topic, staff)
            record = replace(find_held(unit, topic, reference), standing=Standing.NOTE)
            self._keep_back(unit, conversation, ticket, record)
            finish(unit, also)
            return record

    def withdraw(
        self, topic: str, staff: Staff, reference: str = "", *, also: Also = None
    ) -> StaffRecord:
        """Take back one's own message, or the last one; raises ``DeskError``.

        Whoever has the ticket may take back what a colleague wrote.
        """
        with self.units() as unit:
            ticket = unit.tickets.at_topic(topic)
            record = (
                unit.relay.staff_message(topic, reference)
                if reference
                else unit.relay.last_sent(topic, staff.identity)
            )
            if ticket is not None:
                conversation = unit.conversations.get(ticket.conversation)
                authorise(unit, conversation, staff, Right.CLAIM)
            if ticket is None or record is None or record.standing is not Standing.SENT:
                raise DeskError(problem=NOTHING_TO_UNDO)
            if staff.identity not in {record.message.author, ticket.claimed_by}:
                raise DeskError(problem=NOTHING_TO_UNDO)
            self._withdraw(unit, ticket, record, staff)
            finish(unit, also)
            return record

    def _settle(self, unit: UnitOfWork, conversation: Conversation, record: StaffRecord) -> None:
        ticket = unit.tickets.get(record.ticket)
        message = record.message
        standing = standing_of(unit, ticket, record)
        for reference in message.parts or (message.reference,):
            if reference:
                part = replace(message, reference=reference)
                unit.relay.keep(replace(record, message=part, standing=standing))
        record = replace(record, standing=standing)
        if standing is Standing.SENT:
            self._send(unit, conversation, ticket, record, _author(message))
        else:
            self._keep_back(unit, conversation, ticket, record)

    def _send(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        ticket: Ticket,
        record: StaffRecord,
        staff: Staff,
    ) -> StaffRecord:
        message = record.message
        turn = Turn(role=Role.STAFF, text=message.text, at=self.casework.clock())
        reference = _turn_of(ticket.topic, message.reference) if message.reference else ""
        if not unit.conversations.remember(conversation.id, turn, reference=reference):
            return record
        if ticket.state is TicketState.WAITING:
            conversation = self.claims.take(unit, conversation, ticket, staff)
        self._add(unit, ticket, EntryKind.REPLY, message)
        ticket = unit.tickets.get(ticket.id)
        drafts = self.casework.composer.staff_replied(conversation, ticket, message)
        rows = unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
        self._interpret(unit, ticket, message, rows)
        record = replace(record, standing=Standing.SENT, rows=tuple(rows))
        _update(unit, record)
        return record

    def _keep_back(
        self, unit: UnitOfWork, conversation: Conversation, ticket: Ticket, record: StaffRecord
    ) -> None:
        note = record.standing is Standing.NOTE
        self._add(unit, ticket, EntryKind.NOTE if note else EntryKind.HELD, record.message)
        _update(unit, record)
        drafts = self.casework.composer.kept_back(conversation, ticket, record)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _change(
        self,
        unit: UnitOfWork,
        conversation: Conversation,
        ticket: Ticket,
        record: StaffRecord,
        *,
        before: StaffMessage,
    ) -> None:
        message = record.message
        match record.standing:
            case Standing.WITHDRAWN:
                raise DeskError(problem=EDITED_AFTER_UNDO)
            case Standing.SENT if is_note(message.text):
                raise DeskError(problem=EDITED_TO_NOTE)
            case Standing.SENT if ticket.notes_only:
                raise DeskError(problem=EDITED_IN_NOTES_MODE)
            case Standing.SENT:
                self._add(unit, ticket, EntryKind.EDITED, message)
                edit = self._as_edit(unit, ticket, message, before)
                drafts = self.casework.composer.staff_replied(conversation, ticket, edit)
                rows = unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)
                self._interpret(unit, unit.tickets.get(ticket.id), edit, rows)
                changed = replace(record, rows=(*record.rows, *rows))
                if edit.edited:
                    _update_one(unit, changed)
                else:
                    _update(unit, replace(changed, message=edit))
            case Standing.NOTE if not is_note(message.text) and not ticket.notes_only:
                # Somebody took the mark off a note: whether it shall go out must be said.
                held = replace(record, standing=Standing.HELD)
                self._keep_back(unit, conversation, ticket, held)
            case Standing.HELD if is_note(message.text):
                note = replace(record, standing=Standing.NOTE)
                self._keep_back(unit, conversation, ticket, note)
            case _:
                _update_one(unit, record)

    def _interpret(
        self, unit: UnitOfWork, ticket: Ticket, message: StaffMessage, rows: Sequence[int]
    ) -> None:
        if self.casework.interpreting is not None:
            self.casework.interpreting.take_reply(unit, ticket, message, rows)

    def _as_edit(
        self, unit: UnitOfWork, ticket: Ticket, message: StaffMessage, before: StaffMessage
    ) -> StaffMessage:
        """A change; or the whole anew, which the customer has not got as it was not translated."""
        interpreting = self.casework.interpreting
        first = before.parts[0] if before.parts else message.reference
        if interpreting is None or not interpreting.retake(unit, ticket, first):
            return replace(message, edited=True)
        if before.parts:
            return self.casework.composer.album_changed(before, message)
        return replace(message, edited=False)

    def _withdraw(
        self, unit: UnitOfWork, ticket: Ticket, record: StaffRecord, staff: Staff
    ) -> None:
        left = tuple(row for row in record.rows if not _recalled(unit, row))
        _update(unit, replace(record, standing=Standing.WITHDRAWN, rows=left))
        entry = self.casework.entry(
            EntryKind.WITHDRAWN,
            author=staff.identity,
            name=staff.name,
            text=record.message.text,
        )
        unit.tickets.add(ticket.id, replace(entry, target=_target(record.message)))
        for reference in record.message.parts or (record.message.reference,):
            # What was taken back has helped nobody.
            said = _turn_of(record.topic, reference)
            unit.conversations.settle(ticket.conversation, said, how=WITHDRAWN)
        conversation = unit.conversations.get(ticket.conversation)
        ticket = unit.tickets.get(ticket.id)
        gone = replace(record, standing=Standing.WITHDRAWN, rows=left)
        drafts = self.casework.composer.withdrawn(conversation, ticket, gone)
        unit.outbox.put(drafts, conversation=conversation, ticket=ticket.id)

    def _add(
        self, unit: UnitOfWork, ticket: Ticket, kind: EntryKind, message: StaffMessage
    ) -> None:
        text = note_text(message.text) if kind is EntryKind.NOTE else message.text
        entry = self.casework.entry(kind, author=message.author, name=message.name, text=text)
        unit.tickets.add(ticket.id, replace(entry, target=_target(message)))


def _recalled(unit: UnitOfWork, row: int) -> bool:
    """Take a message out of the outbox that has not gone yet; whether that was in time."""
    with suppress(DeskError):
        if unit.outbox.get(row).state is Delivery.PENDING:
            unit.outbox.settle(row, Delivery.DROPPED, result={"reason": "withdrawn"})
            return True
    return False


def _update(unit: UnitOfWork, record: StaffRecord) -> None:
    """Write what became of a message, or of each message of an album."""
    message = record.message
    for reference in message.parts or (message.reference,):
        _update_one(unit, replace(record, message=replace(message, reference=reference)))


def _update_one(unit: UnitOfWork, record: StaffRecord) -> None:
    if record.message.reference:
        unit.relay.update(record)


def _turn_of(topic: str, reference: str) -> str:
    """The reference of a reply among the turns of its conversation."""
    return f"staff/{topic}/{reference}"


def _target(message: StaffMessage) -> str:
    """What ties a reply to its changes and its withdrawal; an album goes by its first message."""
    first = message.parts[0] if message.parts else message.reference
    return f"{MESSAGE}{first}" if first else ""


def _author(message: StaffMessage) -> Staff:
    return Staff(identity=message.author, name=message.name)


def _open_at(unit: UnitOfWork, topic: str, staff: Staff) -> tuple[Conversation, Ticket]:
    ticket = unit.tickets.at_topic(topic)
    if ticket is None or not ticket.state.open:
        raise ThreadNotFound(ticket=topic)
    conversation = unit.conversations.get(ticket.conversation)
    authorise(unit, conversation, staff, Right.CLAIM)
    return conversation, ticket
