"""Where a message of staff stands: a note, held, or on its way to the customer."""

from datetime import datetime

from bot.desk.mail import StaffMessage
from bot.desk.ports import UnitOfWork
from bot.desk.relay import DECIDED_ALREADY, StaffRecord, Standing, decide
from bot.desk.ticket import Ticket
from knowledge.errors import DeskError


def record_of(ticket: Ticket, message: StaffMessage, at: datetime) -> StaffRecord:
    """A message as it is kept, before it is decided what becomes of it."""
    return StaffRecord(
        topic=ticket.topic, ticket=ticket.id, message=message, standing=Standing.NOTE, at=at
    )


def standing_of(unit: UnitOfWork, ticket: Ticket, record: StaffRecord) -> Standing:
    """What becomes of a message: its words decide, and for an album the first of its parts."""
    message = record.message
    standing = decide(ticket, message)
    if not message.continues:
        return standing
    # A late part of an album has no caption: what the first part is, it is as well.
    first = unit.relay.staff_message(record.topic, message.continues)
    if first is not None and first.standing is Standing.NOTE:
        return Standing.NOTE
    same = first is not None and first.standing is standing
    return standing if same or standing is Standing.NOTE else Standing.HELD


def find_held(unit: UnitOfWork, topic: str, reference: str) -> StaffRecord:
    """The message that waits for a decision; ``DeskError`` where there is none any more."""
    record = unit.relay.staff_message(topic, reference)
    if record is None or record.standing is not Standing.HELD:
        raise DeskError(problem=DECIDED_ALREADY)
    return record
