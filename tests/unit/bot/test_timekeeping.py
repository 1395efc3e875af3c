"""Timers on a virtual clock: what is told, what is due, who is reminded, and when nobody is."""

from datetime import datetime, timedelta

import pytest

from bot.desk.outcomes import HandedOff
from bot.desk.ports import UnitOfWorkFactory
from bot.desk.schedule.calendar import Holiday
from bot.desk.ticket import EntryKind
from bot.desk.timers import TimerKind, TimerState
from tests.fakes.watched_units import Killed
from tests.unit.bot.office import MONDAY, SHENZHEN, Office, local
from tests.unit.bot.stage import LI, Stage, message


@pytest.fixture
def office(units: UnitOfWorkFactory) -> Office:
    return Office(units)


def test_what_the_customer_is_told_is_what_the_timer_keeps_to(office: Office) -> None:
    for minutes in (0, 7, 180, 60 * 8 + 59, 60 * 30):
        stage = Office(office.units, MONDAY + timedelta(minutes=minutes, seconds=17))
        expected = stage.ask(f"person {minutes}", str(minutes))
        due = stage.timers()[TimerKind.FIRST].due
        assert due <= expected.by < due + timedelta(minutes=5)
        stage.desk.close(stage.ticket().id, LI)


def test_it_is_told_by_when_and_when_it_opens(office: Office) -> None:
    expected = office.ask()
    assert (local(expected.by), expected.opens) == ("23 11:00", None)
    assert (expected.zone, expected.centre) == ("Asia/Shanghai", True)


def test_at_night_it_is_told_when_somebody_is_there(units: UnitOfWorkFactory) -> None:
    office = Office(units, MONDAY.replace(day=27, hour=20))
    expected = office.ask()
    assert expected.opens is not None
    assert (local(expected.opens), local(expected.by)) == ("30 09:00", "30 11:00")
    assert expected.holiday is None


def test_on_a_holiday_it_is_told_which_one(units: UnitOfWorkFactory) -> None:
    office = Office(units, datetime(2026, 10, 3, 10, 0, tzinfo=SHENZHEN))
    expected = office.ask()
    assert expected.holiday is Holiday.NATIONAL_DAY
    assert local(expected.by) == "08 11:00"


def test_a_customer_who_says_where_they_are_is_told_in_their_time(office: Office) -> None:
    office.desk.receive(message("thanks, I'm in Moscow.", "0"))
    expected = office.ask()
    assert (expected.zone, expected.own, expected.centre) == ("Europe/Moscow", True, False)
    assert office.conversation().customer.zone == "Europe/Moscow"


def test_a_second_question_does_not_move_what_was_told(office: Office) -> None:
    first = office.ask()
    office.clock.advance(3600)
    assert office.ask("person 2", "2").by == first.by
    office.clock.advance(2 * 3600)
    assert office.ask("person 3", "3").late


def test_the_ladder_goes_up_step_by_step(office: Office) -> None:
    office.ask()
    assert office.at(23, 9, 59) == []
    assert office.at(23, 10, 0) == ["quiet first-reply 50%"]
    assert office.at(23, 10, 1) == []
    assert office.at(23, 10, 36) == ["owner first-reply 80% @chen"], "nobody has claimed it"
    assert office.at(23, 11, 0) == ["duty first-reply 100% @chen"]
    assert office.at(23, 11, 59) == []
    assert office.at(23, 13, 30) == ["lead first-reply 150% Wang"], "twelve is noon"
    assert office.at(24, 9, 0) == []
    marks = {EntryKind.REMINDED, EntryKind.BREACHED}
    told = [e.text for e in office.ticket().entries if e.kind in marks]
    assert told == ["first-reply 80 %", "first-reply 100 %", "first-reply 150 %"]


def test_whoever_claimed_it_is_named(office: Office) -> None:
    office.ask()
    office.desk.claim(office.ticket().id, LI)
    assert office.at(23, 10, 36) == ["owner first-reply 80% Li"]


def test_a_reply_stops_it_and_the_next_question_starts_the_next(office: Office) -> None:
    office.ask()
    office.say("Hello")
    assert office.timers()[TimerKind.FIRST].state is TimerState.STOPPED
    assert office.at(23, 11, 30) == []
    office.desk.receive(message("and now?", "2"))
    assert office.at(23, 11, 30) == []
    assert local(office.timers()[TimerKind.NEXT].due) == "23 17:00"
    assert office.at(23, 17, 0) == ["duty next-reply 100% @chen"]
    office.say("Here it is", "2")
    assert office.timers()[TimerKind.NEXT].state is TimerState.STOPPED
    # A reply that is owed again begins at the foot of the ladder.
    office.desk.receive(message("thank you, and now?", "3"))
    office.look()
    assert office.timers()[TimerKind.NEXT].stage == 0


def test_a_reply_that_did_not_arrive_is_none(office: Office) -> None:
    office.ask()
    office.say("Hello")
    office.write(EntryKind.UNDELIVERED, "blocked")
    assert office.timers()[TimerKind.FIRST].state is TimerState.RUNNING
    assert office.at(23, 11, 0) == ["duty first-reply 100% @chen"]


def test_closing_stops_everything(office: Office) -> None:
    office.ask()
    office.desk.close(office.ticket().id, LI)
    office.look()
    assert {each.state for each in office.timers().values()} == {TimerState.STOPPED}
    assert office.at(30, 12, 0) == []


def test_the_bot_has_no_timer(office: Office) -> None:
    office.ask()
    office.desk.return_to_bot(office.ticket().id, LI)
    office.look()
    assert office.timers()[TimerKind.SOLUTION].state is TimerState.PAUSED
    assert office.at(30, 12, 0) == []


def test_what_is_put_off_waits(office: Office) -> None:
    office.ask()
    office.at(23, 9, 30)
    office.write(EntryKind.SNOOZED, "2026-11-25T01:00:00+00:00")
    assert office.at(24, 17, 0) == []
    assert office.keeper.expected(office.ticket().id) is None
    office.clock.now = MONDAY.replace(day=25)
    office.write(EntryKind.WOKEN)
    assert local(office.timers()[TimerKind.FIRST].due) == "25 10:30"
    assert office.at(25, 9, 30) == ["quiet first-reply 50%"]


def test_after_a_pause_of_the_service_only_the_loudest_step_is_taken(office: Office) -> None:
    office.ask()
    office.restart()
    assert office.at(23, 15, 0) == ["lead first-reply 150% Wang"]
    assert office.look() == []


def test_nobody_is_woken_at_night(office: Office) -> None:
    office.ask()
    office.restart()
    assert office.at(23, 23, 0) == []
    assert office.at(24, 8, 59) == []
    assert office.at(24, 9, 0) == ["lead first-reply 150% Wang"]


def test_what_falls_due_at_closing_time_is_told_then(units: UnitOfWorkFactory) -> None:
    office = Office(units, MONDAY.replace(hour=16))
    office.ask()
    office.at(23, 17, 36)
    assert office.at(23, 18, 0, 4)[-1] == "duty first-reply 100% @chen"


def test_danger_has_a_queue_of_its_own(office: Office) -> None:
    office.ask()
    assert office.ticket().queue == "general"
    assert local(office.ask("danger 2", "2").by) == "23 09:10"


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("commit", [1, 2, 3])
def test_whenever_it_is_killed_nobody_is_told_twice(
    office: Office, commit: int, *, before: bool
) -> None:
    office.desk.receive(message("person 1"))
    office.clock.advance(2 * 3600)
    office.units.die_before, office.units.die_after = (commit, 0) if before else (0, commit)
    try:
        office.look()
    except Killed:
        office.restart()
        office.look()
    told = [text for text in office.sent("test:alerts") if "first-reply" in text]
    assert told == ["duty first-reply 100% @chen"]


def test_all_that_is_due_at_one_moment_is_told_at_once(office: Office) -> None:
    office.ask()
    office.say("You will hear from us on Tuesday.")
    office.clock.advance(2.5 * 3600)  # at half past eleven, so that the next reply is half done
    office.desk.receive(message("and now?", "2"))
    office.look()
    office.at(23, 17, 0)
    office.alerts.calls.clear()
    office.restart()
    office.at(24, 10, 0)
    assert sorted(office.alerts.calls[0]) == ["lead next-reply 150% Wang", "owner promise 50% Li"]


def test_without_timing_a_desk_promises_nothing(stage: Stage) -> None:
    outcome = stage.desk.receive(message("person 1"))
    assert isinstance(outcome, HandedOff)
    assert stage.desk.due() == 0
    assert stage.desk.timekeeper is None
