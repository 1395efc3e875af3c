"""A desk with a gap loop around it, all in memory."""

from dataclasses import dataclass, field
from datetime import date

from bot.desk.conversation import Address
from bot.desk.desk import Desk
from bot.desk.faq_entry import FaqEntry
from bot.desk.gaps.desk import GapDesk
from bot.desk.gaps.drafting import Drafting
from bot.desk.gaps.editors import ChosenEditors
from bot.desk.gaps.ports import Defaults
from bot.desk.gaps.publication import Publication
from bot.desk.gaps.telling import Telling
from bot.desk.mail import StaffMessage
from bot.desk.questions import Message, Sender
from bot.desk.ticket import Staff
from knowledge.passage import Audience
from tests.fakes.clock import SetClock
from tests.fakes.composer import PlainComposer
from tests.fakes.gaps import MemoryPublisher, PlainGapComposer, TableConsultant, WordLikeness
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.watched_units import WatchedUnits

LI = Staff(identity="7", name="Li")
MO = Staff(identity="8", name="Mo")
DAYS = 90


@dataclass
class Office:
    """Customers ask by name; the last word of a question is its subject."""

    storage: MemoryStorage = field(default_factory=MemoryStorage)
    clock: SetClock = field(default_factory=SetClock)
    publisher: MemoryPublisher = field(default_factory=MemoryPublisher)
    editors: ChosenEditors = field(default_factory=ChosenEditors)
    references: int = 0

    def __post_init__(self) -> None:
        self.units = WatchedUnits(self.storage)
        self.consultant = TableConsultant(self.publisher)
        self.desk = Desk(self.units, self.consultant, PlainComposer(), self.clock)
        composer, likeness = PlainGapComposer(), WordLikeness()
        telling = Telling(
            units=self.units,
            consultant=self.consultant,
            likeness=likeness,
            composer=composer,
            clock=self.clock,
            days=DAYS,
        )
        self.gaps = GapDesk(
            drafting=Drafting(
                units=self.units,
                likeness=likeness,
                publisher=self.publisher,
                composer=composer,
                editors=self.editors,
                defaults=Defaults(owner="desk lead", review_days=180),
                clock=self.clock,
                today=lambda: date(2026, 3, 2),
                days=DAYS,
            ),
            publication=Publication(
                units=self.units,
                consultant=self.consultant,
                publisher=self.publisher,
                composer=composer,
                telling=telling,
                clock=self.clock,
            ),
        )

    def ask(
        self,
        who: str,
        text: str,
        *,
        audience: Audience = Audience.PUBLIC,
        language: str = "en",
        door: str = "test",
    ) -> str:
        """Ask, and return the reference of the message."""
        self.references += 1
        self.clock.advance(60)
        self.desk.receive(
            Message(
                address=Address(door=door, chat=who),
                sender=Sender(identity=who, name=who, client_language=language, audience=audience),
                reference=str(self.references),
                text=text,
            )
        )
        return str(self.references)

    def ticket_of(self, who: str) -> int:
        with self.units() as unit:
            conversation = unit.conversations.at(Address(door="test", chat=who))
            assert conversation is not None
            found = unit.tickets.current(conversation.id)
            assert found is not None
            if not found.topic:
                unit.tickets.set_topic(found.id, f"topic/{found.id}")
                unit.commit()
            return found.id

    def reply(self, who: str, text: str, staff: Staff = LI) -> int:
        """Answer in a customer's ticket, and return its number."""
        ticket = self.ticket_of(who)
        self.desk.claim(ticket, staff)
        self.references += 1
        self.clock.advance(60)
        message = StaffMessage(
            author=staff.identity, name=staff.name, reference=str(self.references), text=text
        )
        self.desk.staff_wrote(f"topic/{ticket}", message)
        return ticket

    def publish(self, ticket: int) -> FaqEntry:
        """Draft, approve, and let everything follow."""
        entry = self.gaps.drafting.make(ticket, LI)
        self.gaps.drafting.approve(entry.id, MO)
        self.settle()
        return self.entry(entry.id)

    def settle(self) -> None:
        """Take all entries on until nothing is due."""
        while self.gaps.advance():
            pass

    def entry(self, number: int) -> FaqEntry:
        with self.units() as unit:
            return unit.faq.get(number)

    def said_to(self, who: str) -> list[str]:
        """What the outbox holds for a customer that begins with what they asked."""
        return [text for text in self.texts(f"test:{who}:") if text.startswith("you asked")]

    def texts(self, queue: str) -> list[str]:
        rows = self.storage.state.outbox.values()
        return [str(row.payload["text"]) for row in rows if row.queue == queue]
