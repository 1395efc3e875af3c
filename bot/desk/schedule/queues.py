"""Queues: which case waits where, by when it is to be answered, and who is told if it is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.desk.schedule.calendar import DayKind
from bot.desk.schedule.hours import OpeningHours
from knowledge.language import base

DEFAULT_QUEUE: Final = "general"


class Tell(StrEnum):
    """Who learns that time runs out, from the quietest to the loudest."""

    QUIET = "quiet"
    OWNER = "owner"
    DUTY = "duty"
    LEAD = "lead"


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A step of the ladder: after ``percent`` of the target, somebody is told."""

    percent: int
    tell: Tell


Ladder = tuple[Step, ...]
DEFAULT_LADDER: Final[Ladder] = (
    Step(50, Tell.QUIET),
    Step(80, Tell.OWNER),
    Step(100, Tell.DUTY),
    Step(150, Tell.LEAD),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """How much working time there is; ``solution`` is None where nobody promises one."""

    first: timedelta
    next: timedelta
    solution: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Somebody who is on duty on weekdays (Monday is 0), on public holidays, or on some days."""

    staff: str
    weekdays: frozenset[int] = frozenset()
    holidays: bool = False
    dates: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a case when it looks for its queue."""

    reason: str
    language: str
    audience: str = ""
    urgent: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which cases a queue takes: those that fit all that is written here; empty fits all."""

    reasons: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    urgent: bool | None = None

    def fits(self, facts: Facts) -> bool:
        """Whether a case belongs here; ``zh`` is any Chinese, ``zh-Hant`` only that."""
        text = facts.text.casefold()
        tongues = {facts.language, base(facts.language)}
        return (
            (self.urgent is None or self.urgent == facts.urgent)
            and (not self.reasons or facts.reason in self.reasons)
            and (not self.audiences or facts.audience in self.audiences)
            and (not self.languages or not tongues.isdisjoint(self.languages))
            and (not self.words or any(word in text for word in self.words))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Cases of one kind. ``lead`` hears of them last, "" where nobody does.

    ``name`` is a word that buttons can carry; ``label`` is how staff call it, "" as ``name``.
    """

    name: str
    hours: OpeningHours
    targets: Targets
    rule: Rule = field(default_factory=Rule)
    ladder: Ladder = DEFAULT_LADDER
    duty: tuple[Duty, ...] = ()
    lead: str = ""
    label: str = ""

    @property
    def title(self) -> str:
        """How to call it."""
        return self.label or self.name

    def on_duty(self, day: date) -> str:
        """Who is on duty: whoever is named for the day itself, then by holiday, then by weekday."""
        holiday = self.hours.calendar.kind(day) is DayKind.HOLIDAY
        by_date = (each.staff for each in self.duty if day in each.dates)
        others = (
            each.staff
            for each in self.duty
            if (each.holidays if holiday else day.weekday() in each.weekdays)
        )
        return next(by_date, "") or next(others, "")


@dataclass(frozen=True, slots=True)
class Queues:
    """All queues, the most particular first; the last takes whatever is left."""

    listed: tuple[Queue, ...]

    def assign(self, facts: Facts) -> Queue:
        """The queue for a case: the first that it fits."""
        return next((each for each in self.listed if each.rule.fits(facts)), self.listed[-1])

    def named(self, name: str) -> Queue:
        """A queue by its name; the last one for a name that is no longer there."""
        return next((each for each in self.listed if each.name == name), self.listed[-1])


def default_queues(hours: OpeningHours) -> Queues:
    """The queues of a centre that has configured none: danger, complaints, everything else."""
    day = hours.week.longest
    quick, soon = timedelta(minutes=30), timedelta(hours=1)
    urgent = Targets(first=quick, next=quick, solution=day)
    complaints = Targets(first=soon, next=soon * 2, solution=2 * day)
    general = Targets(first=soon * 2, next=soon * 4, solution=3 * day)
    return Queues(
        (
            Queue(name="urgent", hours=hours, targets=urgent, rule=Rule(urgent=True)),
            Queue(
                name="complaints",
                hours=hours,
                targets=complaints,
                rule=Rule(reasons=frozenset({"complaint"})),
            ),
            Queue(name=DEFAULT_QUEUE, hours=hours, targets=general),
        )
    )


LADDER_LIMIT: Final = 1000
"""Percent of a target beyond which a step would never be reached."""


def parse_ladder(steps: Mapping[str, str]) -> Ladder:
    """Read ``{"50%": "quiet"}``; raises ``ValueError``."""
    found = []
    for share, told in steps.items():
        percent = share.strip().removesuffix("%").strip()
        if not percent.isdecimal() or not 0 < int(percent) <= LADDER_LIMIT:
            message = f"“{share}” is no share of a target such as 80%"
            raise ValueError(message)
        if told not in set(Tell):
            message = f"“{told}” is nobody to tell; it must be one of {', '.join(Tell)}"
            raise ValueError(message)
        found.append(Step(int(percent), Tell(told)))
    return tuple(sorted(found))
