"""What staff promise comes back on the day."""

from dataclasses import replace

import pytest

from bot.desk.ports import UnitOfWorkFactory
from bot.desk.roster import Right
from bot.desk.ticket import EntryKind
from bot.desk.timers import TimerKind, TimerState
from knowledge.errors import DeskError, NotAllowed
from knowledge.passage import Audience
from tests.unit.bot.office import MONDAY, Office, local
from tests.unit.bot.stage import LI, WANG, reply


@pytest.fixture
def office(units: UnitOfWorkFactory) -> Office:
    return Office(units)


def test_a_promise_becomes_a_task_with_a_date(office: Office) -> None:
    office.ask()
    office.say("我们周五前答复您。")
    promise = office.timers()[TimerKind.PROMISE]
    assert (local(promise.wakes or MONDAY), local(promise.due)) == ("27 09:00", "27 18:00")
    assert "2026-11-27: 我们周五前答复您。" in [e.text for e in office.ticket().entries]
    assert "promised 1: 我们周五前答复您。" in office.sent("test:alerts")
    assert [text for text in office.at(27, 8, 59) if "promise" in text] == []
    assert [text for text in office.at(27, 9, 0) if "promise" in text] == ["owner promise 50% Li"]
    assert [t for t in office.at(27, 18, 0) if "promise" in t] == ["duty promise 100% @chen"]
    assert [text for text in office.at(30, 9, 0) if "promise" in text] == []


def test_a_promise_is_kept_once(office: Office) -> None:
    office.ask()
    office.say("We will call you on Friday.")
    promise = office.timers()[TimerKind.PROMISE]
    done = office.keeper.kept(promise.id, LI)
    assert done is not None
    assert done.state is TimerState.STOPPED
    assert office.keeper.kept(promise.id, LI) is None
    assert office.keeper.moved(promise.id, LI) is None
    assert [entry.kind for entry in office.ticket().entries].count(EntryKind.KEPT) == 1
    assert [text for text in office.at(27, 9, 0) if "promise" in text] == []
    with pytest.raises(DeskError):
        office.keeper.kept(99, LI)


def test_only_who_may_claim_the_case_settles_its_promises(office: Office) -> None:
    office.ask()
    office.say("We will call you on Friday.")
    promise = office.timers()[TimerKind.PROMISE]
    rights, audiences = frozenset({Right.CLOSE}), frozenset(Audience)
    office.desk.staffing.permit("test", WANG.identity, rights=rights, audiences=audiences)
    for settle in (office.keeper.kept, office.keeper.moved):
        with pytest.raises(NotAllowed):
            settle(promise.id, WANG)
    assert office.timers()[TimerKind.PROMISE] == promise


def test_a_promise_is_moved_to_the_next_working_day(office: Office) -> None:
    office.ask()
    office.say("We will call you on Friday.")
    promise = office.timers()[TimerKind.PROMISE]
    office.at(27, 9, 0)
    moved = office.keeper.moved(promise.id, LI)
    assert moved is not None
    assert (local(moved.wakes or MONDAY), local(moved.due)) == ("30 09:00", "30 18:00")
    assert [t for t in office.at(30, 9, 0) if "promise" in t] == ["owner promise 50% Li"]


def test_a_promise_for_a_day_off_is_remembered_before_it(office: Office) -> None:
    office.ask()
    office.say("We will call you on Saturday.")
    assert local(office.timers()[TimerKind.PROMISE].due) == "27 18:00"


def test_the_bots_own_words_are_no_promise(office: Office) -> None:
    office.ask()
    office.write(EntryKind.ANSWER, "We will call you on Friday.")
    office.write(EntryKind.NOTE, "We will call them on Friday.")
    assert TimerKind.PROMISE not in office.timers()


def test_a_closed_case_owes_nothing(office: Office) -> None:
    office.ask()
    office.say("We will call you on Friday.")
    office.desk.close(office.ticket().id, LI)
    assert office.at(27, 9, 0) == []


def test_a_reply_that_is_taken_back_promises_nothing(office: Office) -> None:
    office.ask()
    office.say("We will call you on Friday.")
    office.write(EntryKind.WITHDRAWN, "We will call you on Friday.")
    assert office.timers()[TimerKind.PROMISE].state is TimerState.STOPPED
    assert office.timers()[TimerKind.FIRST].state is TimerState.RUNNING


def edit(office: Office, text: str, reference: str = "1") -> None:
    office.desk.staff_edited(office.place_ticket().topic, reply(text, reference))
    office.look()


def test_a_promise_that_an_edit_adds_is_kept_in_mind(office: Office) -> None:
    office.ask()
    office.say("We are looking at it.")
    assert TimerKind.PROMISE not in office.timers()
    edit(office, "We are looking at it. We will call you on Friday.")
    promise = office.timers()[TimerKind.PROMISE]
    assert local(promise.due) == "27 18:00"
    assert "promised 1: We will call you on Friday." in office.sent("test:alerts")
    assert [text for text in office.at(27, 9, 0) if "promise" in text] == ["owner promise 50% Li"]


def test_a_promise_that_an_edit_takes_out_is_withdrawn_visibly(office: Office) -> None:
    office.ask()
    office.say("We will call you on Friday.")
    edit(office, "We cannot say yet when we will call.")
    assert office.timers()[TimerKind.PROMISE].state is TimerState.STOPPED
    assert "dropped 1: We will call you on Friday." in office.sent("test:alerts")
    assert [text for text in office.at(27, 9, 0) if "promise" in text] == []


def running_promises(office: Office) -> list[str]:
    """When each promise of the newest ticket is due that still stands."""
    number = office.ticket().id
    with office.units() as unit:
        tasks = unit.schedule.of_ticket(number)
    running = [t for t in tasks if t.kind is TimerKind.PROMISE and t.state is TimerState.RUNNING]
    return [local(task.due) for task in running]


def test_a_day_that_an_edit_changes_replaces_the_other(office: Office) -> None:
    office.ask()
    office.say("我们周五前答复您。")
    edit(office, "我们周四前答复您。")
    assert running_promises(office) == ["26 18:00"]


def test_a_time_that_an_edit_changes_replaces_the_other(office: Office) -> None:
    office.ask()
    office.say("We will call you on Friday at 15:00.")
    edit(office, "We will call you on Friday at 10:00.")
    assert running_promises(office) == ["27 10:00"]


def test_mending_a_word_the_next_day_does_not_move_tomorrow(office: Office) -> None:
    office.ask()
    office.say("We wil look into it. We will call you tomorrow.")
    office.at(24, 8, 0)
    edit(office, "We will look into it. We will call you tomorrow.")
    promise = office.timers()[TimerKind.PROMISE]
    assert (local(promise.due), promise.state) == ("24 18:00", TimerState.RUNNING)
    assert not [text for text in office.sent("test:alerts") if text.startswith("dropped")]


def test_what_is_taken_back_after_an_edit_promises_nothing(office: Office) -> None:
    office.ask()
    office.say("We are looking at it.")
    edit(office, "We will call you on Friday.")
    office.desk.withdraw(office.place_ticket().topic, LI)
    office.look()
    assert office.timers()[TimerKind.PROMISE].state is TimerState.STOPPED


@pytest.mark.parametrize("reference", ["", "5", "6"])
def test_an_album_that_is_taken_back_promises_nothing(office: Office, reference: str) -> None:
    office.ask()
    album = replace(reply("We will call you on Friday.", "5"), parts=("5", "6"))
    office.desk.staff_wrote(office.place_ticket().topic, album)
    office.look()
    assert office.timers()[TimerKind.PROMISE].state is TimerState.RUNNING
    office.desk.withdraw(office.place_ticket().topic, LI, reference)
    office.look()
    assert office.timers()[TimerKind.PROMISE].state is TimerState.STOPPED


def test_the_caption_of_any_message_of_an_album_may_promise(office: Office) -> None:
    office.ask()
    album = replace(reply("We will call you on Friday.", "5"), parts=("5", "6"))
    office.desk.staff_wrote(office.place_ticket().topic, album)
    office.look()
    edit(office, "We cannot say yet when we will call.", "6")
    assert office.timers()[TimerKind.PROMISE].state is TimerState.STOPPED
