"""What any storage must do for time. Inherit ``ScheduleContract`` and give it ``units``."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.ports import UnitOfWorkFactory
from bot.desk.ticket import EntryKind
from bot.desk.timers import Timer, TimerKind, TimerState
from knowledge.errors import DeskError
from tests.contracts.cases import open_ticket
from tests.contracts.unit_of_work import ADDRESS, ANNA, entry, open_conversation
from tests.fakes.clock import START

HOUR = timedelta(hours=1)


def timer(ticket: int, kind: TimerKind = TimerKind.FIRST, hours: int = 1) -> Timer:
    due = START + hours * HOUR
    return Timer(ticket=ticket, kind=kind, started=START, due=due, wakes=due)


class ScheduleContract:
    def test_a_timer_is_kept_with_every_field(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            ticket = open_ticket(unit)
            promise = replace(
                timer(ticket, TimerKind.PROMISE), reference="4", text="周五前答复", stage=1
            )
            kept = unit.schedule.keep(promise)
            unit.commit()
        with units() as unit:
            assert unit.schedule.get(kept.id) == kept == replace(promise, id=kept.id)

    def test_there_is_one_of_each_kind_and_reference(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            ticket = open_ticket(unit)
            first = unit.schedule.keep(timer(ticket))
            other = unit.schedule.keep(timer(ticket, TimerKind.NEXT))
            promises = [
                unit.schedule.keep(replace(timer(ticket, TimerKind.PROMISE), reference=each))
                for each in ("1", "2")
            ]
            later = replace(first, due=START + 9 * HOUR, wakes=None, state=TimerState.PAUSED)
            assert unit.schedule.keep(replace(later, id=0)) == later
            assert unit.schedule.of_ticket(ticket) == [later, other, *promises]
            assert unit.schedule.of_ticket(ticket + 1) == []

    def test_those_that_wait_longest_are_due_first(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            ticket = open_ticket(unit)
            late = unit.schedule.keep(timer(ticket, TimerKind.SOLUTION, hours=3))
            early = unit.schedule.keep(timer(ticket, hours=1))
            for number, state in enumerate((TimerState.PAUSED, TimerState.STOPPED)):
                rest = replace(timer(ticket, TimerKind.PROMISE), reference=str(number), state=state)
                unit.schedule.keep(rest)
            unit.schedule.keep(replace(timer(ticket, TimerKind.NEXT), wakes=None))
            assert unit.schedule.next_at() == early.wakes
            assert unit.schedule.due(START, limit=9) == []
            assert unit.schedule.due(START + HOUR, limit=9) == [early]
            assert unit.schedule.due(START + 9 * HOUR, limit=9) == [early, late]
            assert unit.schedule.due(START + 9 * HOUR, limit=1) == [early]
            unit.schedule.keep(replace(early, wakes=None))
            unit.schedule.keep(replace(late, state=TimerState.STOPPED))
            assert unit.schedule.next_at() is None

    def test_an_unknown_timer_is_an_error(self, units: UnitOfWorkFactory) -> None:
        with units() as unit, pytest.raises(DeskError):
            unit.schedule.get(99)

    def test_what_is_written_is_news_until_it_was_seen(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one, two = open_ticket(unit, "1"), open_ticket(unit, "2")
            assert unit.schedule.unseen(limit=9) == [one, two]
            assert unit.schedule.unseen(limit=1) == [one]
            unit.schedule.see(one)
            assert unit.schedule.unseen(limit=9) == [two]
            unit.schedule.see(two)
            unit.tickets.add(one, entry(EntryKind.NOTE, "x"))
            unit.commit()
        with units() as unit:
            assert unit.schedule.unseen(limit=9) == [one]

    def test_a_ticket_knows_its_queue(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            ticket = open_ticket(unit)
            assert unit.tickets.get(ticket).queue == ""
            unit.schedule.set_queue(ticket, "签证")
            assert unit.tickets.get(ticket).queue == "签证"
            moved = replace(entry(EntryKind.TRANSFERRED), target="queue:rest")
            unit.tickets.add(ticket, moved)
            assert unit.tickets.get(ticket).queue == "rest"

    def test_a_customer_keeps_their_zone(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            opened = open_conversation(unit)
            assert opened.customer.zone == ""
            unit.schedule.set_zone(opened.customer.id, "Europe/Moscow")
            assert unit.customers.meet(ANNA, ADDRESS.door).zone == "Europe/Moscow"
            assert unit.conversations.get(opened.id).customer.zone == "Europe/Moscow"
