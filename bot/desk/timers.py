"""Timers of tickets: rows that survive a restart, and what keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class TimerKind(StrEnum):
    """What is owed: a first reply, the next one, a solution, or what staff promised."""

    FIRST = "first-reply"
    NEXT = "next-reply"
    SOLUTION = "solution"
    PROMISE = "promise"


class TimerState(StrEnum):
    """Whether it counts."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """One thing that a ticket owes.

    There is one of each ``kind`` and ``reference``, which tells promises apart and is "" for the
    others. ``stage`` counts the steps of the ladder that were taken, ``wakes`` is when the next one
    is due (None when there is none), ``text`` is what was promised.
    """

    ticket: int
    kind: TimerKind
    started: datetime
    due: datetime
    wakes: datetime | None
    state: TimerState = TimerState.RUNNING
    stage: int = 0
    reference: str = ""
    text: str = ""
    id: int = 0


class Schedule(Protocol):
    """What is kept about time: timers, the queues of tickets, the time zones of customers."""

    def set_queue(self, ticket: int, queue: str) -> None:
        """Put a ticket into a queue."""

    def set_zone(self, customer: int, zone: str) -> None:
        """Remember where a customer is, as the name of a time zone."""

    def keep(self, timer: Timer) -> Timer:
        """Store a timer in place of the one with its ticket, kind and reference; with its id."""

    def get(self, timer: int) -> Timer:
        """Read one; raises ``DeskError`` when there is none."""

    def of_ticket(self, ticket: int) -> Sequence[Timer]:
        """All timers of a ticket, in the order in which they were first kept."""

    def due(self, now: datetime, *, limit: int) -> Sequence[Timer]:
        """Running timers that have a step to take, those that wait longest first."""

    def next_at(self) -> datetime | None:
        """When the next step of any running timer is due."""

    def unseen(self, *, limit: int) -> Sequence[int]:
        """Tickets whose timelines have grown since they were ``seen``, the oldest first."""

    def see(self, ticket: int) -> None:
        """All that stands in a ticket's timeline now has been taken into account."""
