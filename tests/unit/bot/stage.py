"""A desk with one customer and two members of staff, and a sender that shows what went out."""

from bot.desk.conversation import Address, Conversation, Turn
from bot.desk.desk import Desk
from bot.desk.ports import Delivery, OutboxRow, StaffMessage, UnitOfWorkFactory
from bot.desk.questions import Message, Sender
from bot.desk.ticket import EntryKind, Staff, Ticket
from tests.fakes.clock import SetClock
from tests.fakes.composer import PlainComposer
from tests.fakes.consultants import ScriptedConsultant
from tests.fakes.watched_units import WatchedUnits

ADDRESS = Address(door="test", chat="anna")
ANNA = Sender(identity="anna", name="Anna")
LI = Staff(identity="li", name="Li")
WANG = Staff(identity="wang", name="Wang")
TOPIC = "test:topic"


class Stage:
    """Everything that a story about the desk needs."""

    def __init__(self, units: UnitOfWorkFactory) -> None:
        self.units = WatchedUnits(units)
        self.clock = SetClock()
        self.consultant = ScriptedConsultant(self._assert_no_transaction)
        self.desk = Desk(self.units, self.consultant, PlainComposer(), self.clock)

    def _assert_no_transaction(self) -> None:
        assert self.units.open_here == 0, "the consultant thinks while a transaction is open"

    def restart(self) -> None:
        """A new process on the same storage."""
        self.units.die_before = self.units.die_after = 0
        self.desk = Desk(self.units, self.consultant, PlainComposer(), self.clock)

    def conversation(self) -> Conversation:
        with self.units() as unit:
            found = unit.conversations.at(ADDRESS)
        assert found is not None
        return found

    def ticket(self) -> Ticket:
        """The newest ticket."""
        return self.desk.status(ADDRESS)[0]

    def kinds(self) -> list[EntryKind]:
        return [entry.kind for entry in self.ticket().entries]

    def turns(self) -> list[Turn]:
        identifier = self.conversation().id
        with self.units() as unit:
            return list(unit.conversations.recent(identifier, 1000))

    def place_ticket(self) -> Ticket:
        """Give the newest ticket its topic, as a door does once the topic exists."""
        ticket = self.ticket()
        with self.units() as unit:
            unit.tickets.set_topic(ticket.id, TOPIC)
            unit.commit()
        return self.desk.thread(ticket.id)[1]

    def next_row(self) -> OutboxRow | None:
        """Begin to send the next row that may go out."""
        while True:
            with self.units() as unit:
                row = unit.outbox.due(now=self.clock(), excluding=frozenset())
                begun = row is not None and unit.outbox.begin(row.id, mark="")
                unit.commit()
            if row is None or begun:
                return row

    def sent(self, queue: str = "") -> list[str]:
        """Send all that is due; what went out to queues that begin so."""
        texts = []
        while (row := self.next_row()) is not None:
            with self.units() as unit:
                unit.outbox.settle(row.id, Delivery.SENT, result={})
                unit.commit()
            if row.queue.startswith(queue):
                texts.append(str(row.payload["text"]))
        return texts


def message(text: str, reference: str = "1", attachment: str = "") -> Message:
    return Message(
        address=ADDRESS, sender=ANNA, reference=reference, text=text, attachment=attachment
    )


def reply(
    text: str, reference: str = "1", staff: Staff = LI, *, explicit: bool = True
) -> StaffMessage:
    """What staff write as a reply to what the customer said, or else just so."""
    return StaffMessage(
        author=staff.identity,
        name=staff.name,
        reference=reference,
        text=text,
        explicit=explicit,
    )
