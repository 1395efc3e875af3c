"""A stage with a clock on the wall, queues, and staff who are reminded."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk.desk import Desk
from bot.desk.expectation import Expectation
from bot.desk.outcomes import HandedOff
from bot.desk.ports import UnitOfWorkFactory
from bot.desk.queue_file import parse_queues
from bot.desk.schedule.hours import DEFAULT_HOURS, OpeningHours, parse_week
from bot.desk.support import Support
from bot.desk.ticket import Entry, EntryAudience, EntryKind
from bot.desk.timekeeping import Timekeeper
from bot.desk.timers import Timer, TimerKind
from bot.desk.timing import Timing
from tests.fakes.alerts import PlainAlerts
from tests.fakes.composer import PlainComposer
from tests.unit.bot.stage import Stage, message, reply

SHENZHEN = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=SHENZHEN)
QUEUES = """
[[queue]]
name = "urgent"
urgent = true
first_reply = "10m"

[[queue]]
name = "general"
first_reply = "2h"
next_reply = "4h"
solution = "3d"
lead = "Wang"
[[queue.duty]]
staff = "@chen"
days = "daily"
"""


class Office(Stage):
    """A stage with a clock on the wall."""

    def __init__(self, units: UnitOfWorkFactory, now: datetime = MONDAY) -> None:
        super().__init__(units)
        self.clock.now = now
        self.alerts = PlainAlerts()
        self.restart()

    def restart(self) -> None:
        self.units.die_before = self.units.die_after = 0
        hours = OpeningHours(week=parse_week(DEFAULT_HOURS))
        timing = Timing(queues=parse_queues(QUEUES, hours), clock=self.clock, alerts=self.alerts)
        support = Support(timing=timing)
        self.desk = Desk(self.units, self.consultant, PlainComposer(), self.clock, support)

    @property
    def keeper(self) -> Timekeeper:
        assert self.desk.timekeeper is not None
        return self.desk.timekeeper

    def at(self, day: int, hour: int, minute: int = 0, second: int = 0) -> list[str]:
        """Let it be so late on a day of November; what staff are told by then."""
        self.clock.now = datetime(2026, 11, day, hour, minute, second, tzinfo=SHENZHEN)
        return self.look()

    def look(self) -> list[str]:
        before = len(self.alerts.calls)
        while self.desk.due():
            pass
        return [text for call in self.alerts.calls[before:] for text in call]

    def timers(self) -> dict[TimerKind, Timer]:
        number = self.ticket().id
        with self.units() as unit:
            return {each.kind: each for each in unit.schedule.of_ticket(number)}

    def ask(self, text: str = "person 1", reference: str = "1") -> Expectation:
        outcome = self.desk.receive(message(text, reference))
        assert isinstance(outcome, HandedOff)
        expected = self.keeper.expected(self.ticket().id)
        assert expected is not None
        self.look()
        return expected

    def write(self, kind: EntryKind, text: str = "") -> None:
        entry = Entry(
            kind=kind, author="li", text=text, audience=EntryAudience.STAFF, at=self.clock()
        )
        number = self.ticket().id
        with self.units() as unit:
            unit.tickets.add(number, entry)
            unit.commit()
        self.look()

    def say(self, text: str, reference: str = "1") -> None:
        topic = self.place_ticket().topic
        self.desk.staff_wrote(topic, reply(text, reference))
        self.look()


def local(moment: datetime) -> str:
    return f"{moment.astimezone(SHENZHEN):%d %H:%M}"
