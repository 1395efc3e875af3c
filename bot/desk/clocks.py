"""What the timeline of a ticket says about time: which clocks run, since when, and for how long.

A clock is a fold of the entries, like the ticket's state: whatever writes an entry need not know
that it starts or stops one, and reading the timeline again gives the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.desk.schedule.hours import OpeningHours
from bot.desk.schedule.queues import Queue
from bot.desk.schedule.working_time import add_working, working_between
from bot.desk.ticket import Entry
from bot.desk.timers import TimerKind

_PAUSE: Final = "snoozed"
_RESUME: Final = frozenset({"woken", "reopened", "released", "claimed", "transferred", "question"})
_OPEN: Final = frozenset({"opened", "reopened"})
_END: Final = frozenset({"returned", "closed"})
_NOT_THERE: Final = frozenset({"undelivered", "withdrawn"})
"""What shows that the customer does not have the last reply. (By value, as all kinds here.)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Time that is counted from ``since`` on, beside what was counted before; paused: None."""

    kind: TimerKind
    started: datetime
    since: datetime | None
    counted: tuple[tuple[datetime, datetime], ...] = ()

    def pause(self, at: datetime) -> "Clock":
        """Count no further."""
        if self.since is None:
            return self
        return replace(self, since=None, counted=(*self.counted, (self.since, at)))

    def resume(self, at: datetime) -> "Clock":
        """Count on."""
        return self if self.since is not None else replace(self, since=at)

    def spent(self, hours: OpeningHours) -> timedelta:
        """The working time counted before ``since``."""
        parts = (working_between(hours, begin, end) for begin, end in self.counted)
        return sum(parts, timedelta(0))

    def reaches(self, target: timedelta, hours: OpeningHours) -> datetime | None:
        """When so much working time will have been counted; None while it is paused."""
        if self.since is None:
            return None
        return add_working(hours, self.since, max(timedelta(0), target - self.spent(hours)))


def read_clocks(entries: Sequence[Entry]) -> tuple[Clock, ...]:
    """Return the clocks that a timeline leaves: for a reply that is owed, and for the solution.

    A reply stops the first; so do closing and returning to the bot, which pause the other. What is
    snoozed is paused. A reply that did not arrive is none.
    """
    fold = _Fold()
    for entry in entries:
        fold.take(entry)
    return tuple(clock for clock in (fold.reply, fold.solution) if clock is not None)


def target_of(kind: TimerKind, queue: Queue) -> timedelta | None:
    """How much working time a queue gives; None where it promises nothing."""
    targets: Mapping[TimerKind, timedelta | None] = {
        TimerKind.FIRST: queue.targets.first,
        TimerKind.NEXT: queue.targets.next,
        TimerKind.SOLUTION: queue.targets.solution,
    }
    return targets.get(kind)


class _Fold:
    """The clocks while a timeline is read."""

    def __init__(self) -> None:
        self.reply: Clock | None = None
        self.solution: Clock | None = None
        self._answered: Clock | None = None
        self._opened: datetime | None = None
        self._paused = False
        self._askers: set[str] = set()

    def take(self, entry: Entry) -> None:
        kind, at = self._meaning(entry), entry.at
        if kind in _OPEN:
            self._open(at)
        # What was said before the ticket was opened stands in it for staff to read.
        if self._opened is None or at < self._opened:
            return
        if kind in _RESUME:
            self._resume(at)
        if kind == _PAUSE:
            self._pause(at)
        elif kind == "question" and self.reply is None:
            self.reply = self._begin(TimerKind.NEXT, at)
        elif kind == "reply":
            self._answered = self.reply or self._begin(TimerKind.NEXT, at)
            self.reply = None
            self._resume(at)
        elif kind in _NOT_THERE and self.reply is None:
            self.reply = self._answered
        elif kind in _END:
            self.reply = None
            self._answered = None
            self.solution = self.solution and self.solution.pause(at)

    def _meaning(self, entry: Entry) -> str:
        """The kind of an entry; a question that its customer changes is asked in another way."""
        kind = entry.kind.value
        if kind == "question":
            self._askers.add(entry.author)
        return "question" if kind == "edited" and entry.author in self._askers else kind

    def _open(self, at: datetime) -> None:
        self._opened = self._opened or at
        self._paused = False
        # Whoever comes back to an ended case waits like anybody else.
        self.reply = self.reply or self._begin(TimerKind.FIRST, at)
        self.solution = self.solution or self._begin(TimerKind.SOLUTION, at)
        self.solution = self.solution.resume(at)

    def _begin(self, kind: TimerKind, at: datetime) -> Clock:
        return Clock(kind=kind, started=at, since=None if self._paused else at)

    def _pause(self, at: datetime) -> None:
        self._paused = True
        self.reply = self.reply and self.reply.pause(at)
        self.solution = self.solution and self.solution.pause(at)

    def _resume(self, at: datetime) -> None:
        if self._paused:
            self._paused = False
            self.reply = self.reply and self.reply.resume(at)
            self.solution = self.solution and self.solution.resume(at)
