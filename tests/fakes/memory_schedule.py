"""Timers, queues and time zones in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.timers import Timer, TimerState
from knowledge.errors import DeskError
from tests.fakes.memory_state import State


class MemorySchedule:
    def __init__(self, state: State) -> None:
        self._state = state

    def set_queue(self, ticket: int, queue: str) -> None:
        self._state.tickets[ticket] = replace(self._state.tickets[ticket], assigned=queue)

    def set_zone(self, customer: int, zone: str) -> None:
        changed = replace(self._state.customers[customer], zone=zone)
        self._state.customers[customer] = changed
        for number, conversation in list(self._state.conversations.items()):
            if conversation.customer.id == customer:
                self._state.conversations[number] = replace(conversation, customer=changed)

    def keep(self, timer: Timer) -> Timer:
        place = (timer.ticket, timer.kind, timer.reference)
        known = (n for n, t in self._state.timers.items() if place == _place(t))
        kept = replace(timer, id=next(known, len(self._state.timers) + 1))
        self._state.timers[kept.id] = kept
        return kept

    def get(self, timer: int) -> Timer:
        if timer not in self._state.timers:
            raise DeskError(problem=f"there is no timer {timer}.")
        return self._state.timers[timer]

    def of_ticket(self, ticket: int) -> Sequence[Timer]:
        return [each for each in self._state.timers.values() if each.ticket == ticket]

    def due(self, now: datetime, *, limit: int) -> Sequence[Timer]:
        found = [(at, each.id) for at, each in self._waking() if at <= now]
        return [self.get(number) for _, number in sorted(found)][:limit]

    def next_at(self) -> datetime | None:
        return min((at for at, _ in self._waking()), default=None)

    def unseen(self, *, limit: int) -> Sequence[int]:
        tickets = self._state.tickets.values()
        news = [each.id for each in tickets if len(each.entries) > self._state.seen.get(each.id, 0)]
        return news[:limit]

    def see(self, ticket: int) -> None:
        self._state.seen[ticket] = len(self._state.tickets[ticket].entries)

    def _waking(self) -> list[tuple[datetime, Timer]]:
        running = (t for t in self._state.timers.values() if t.state is TimerState.RUNNING)
        return [(each.wakes, each) for each in running if each.wakes is not None]


def _place(timer: Timer) -> tuple[int, object, str]:
    return timer.ticket, timer.kind, timer.reference
