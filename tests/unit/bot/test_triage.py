"""Cases change hands, are put off and brought back, and keep their mode."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.desk.conversation import Owner
from bot.desk.roster import Member, Right
from bot.desk.snooze import snooze_end
from bot.desk.ticket import EntryAudience, EntryKind, Ticket, TicketState
from knowledge.errors import AlreadyClaimed, NotAllowed, NotStaff, ThreadNotFound
from knowledge.passage import Audience
from tests.fakes.clock import START
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.bot.stage import ADDRESS, LI, TOPIC, WANG, Stage, message, reply

CUSTOMER, STAFF = ADDRESS.key, "test:staff:"
Act = Callable[[], object]
HOUR = timedelta(hours=1)
MEMBER = Member(door="test", identity="wang", name="Wang", checked=START)


@pytest.fixture
def units() -> MemoryStorage:
    """The contracts hold for both storages; the stories need only one."""
    return MemoryStorage()


@pytest.fixture
def waiting(stage: Stage) -> Stage:
    """A ticket waits in its topic, everything was sent, and Wang has been seen."""
    stage.desk.receive(message("person", "q1"))
    stage.place_ticket()
    stage.desk.staffing.welcome(MEMBER)
    stage.sent()
    return stage


def limit(stage: Stage, member: Member) -> None:
    with stage.units() as unit:
        unit.roster.keep(member)
        unit.commit()


def test_a_case_is_given_to_a_colleague(waiting: Stage) -> None:
    waiting.desk.claim(1, LI)
    waiting.sent()
    epoch = waiting.conversation().epoch
    ticket = waiting.desk.triage.transfer(1, LI, "wang")
    assert (ticket.state, ticket.claimed_by, ticket.claimed_by_name) == (
        TicketState.CLAIMED,
        "wang",
        "Wang",
    )
    assert waiting.conversation().epoch == epoch + 1
    assert waiting.sent() == ["now claimed"], "how colleagues share the work is not told"
    with pytest.raises(AlreadyClaimed, match="Wang already has"):
        waiting.desk.claim(1, LI)
    assert ticket.entries[-1].audience is EntryAudience.STAFF


def test_giving_it_twice_changes_nothing_more(waiting: Stage) -> None:
    for _ in range(2):
        waiting.desk.triage.transfer(1, LI, "wang")
    assert waiting.kinds().count(EntryKind.TRANSFERRED) == 1


def test_a_waiting_case_that_is_given_away_is_no_longer_the_bots(waiting: Stage) -> None:
    waiting.desk.receive(message("thanks", "q2"))
    waiting.desk.triage.transfer(1, LI, "wang")
    assert waiting.conversation().owner is Owner.PERSON
    assert "q2: smalltalk/thanks" not in waiting.sent(CUSTOMER)


def test_nobody_gives_a_case_to_a_stranger(waiting: Stage) -> None:
    with pytest.raises(NotStaff):
        waiting.desk.triage.transfer(1, LI, "stranger")
    limit(waiting, replace(MEMBER, rights=frozenset({Right.CLOSE})))
    with pytest.raises(NotAllowed):
        waiting.desk.triage.transfer(1, LI, "wang")


def test_in_a_queue_anybody_may_claim_and_the_bot_stays_silent(waiting: Stage) -> None:
    waiting.desk.staff_wrote(TOPIC, reply("Hello"))
    waiting.sent()
    for _ in range(2):
        ticket = waiting.desk.triage.put_in_queue(1, LI, "visa", name="Visas")
    assert (ticket.state, ticket.queue) == (TicketState.WAITING, "visa")
    assert waiting.kinds().count(EntryKind.TRANSFERRED) == 1
    waiting.desk.receive(message("thanks", "q2"))
    assert waiting.sent() == ["now waiting", "customer: thanks"]
    assert waiting.desk.claim(1, WANG).claimed_by == "wang"


def test_a_case_is_put_off_and_brought_back(waiting: Stage) -> None:
    until = waiting.clock() + HOUR
    for _ in range(2):
        ticket = waiting.desk.triage.snooze(1, LI, until)
    assert (ticket.state, ticket.snoozed_until) == (TicketState.WAITING, until)
    assert waiting.sent() == ["card 1"]
    assert waiting.desk.wake(until - timedelta(seconds=1)) == []
    (woken,) = waiting.desk.wake(until)
    assert (woken.id, woken.snoozed_until) == (1, None)
    assert waiting.desk.wake(until) == []
    assert waiting.sent() == ["woken 1"]


def test_what_the_customer_changes_ends_a_snooze(waiting: Stage) -> None:
    waiting.desk.claim(1, LI)
    waiting.desk.receive(message("and?", "q2"))
    waiting.desk.triage.snooze(1, LI, waiting.clock() + HOUR)
    waiting.sent()
    waiting.desk.edited(message("and today?", "q2"))
    assert waiting.ticket().snoozed_until is None
    assert waiting.sent() == ["customer: edited: and today?", "card 1"]
    assert waiting.desk.wake(waiting.clock() + 2 * HOUR) == []


def test_what_the_customer_writes_ends_a_snooze(waiting: Stage) -> None:
    waiting.desk.claim(1, LI)
    waiting.desk.triage.snooze(1, LI, waiting.clock() + HOUR)
    waiting.sent()
    waiting.desk.receive(message("and?", "q2"))
    assert waiting.ticket().snoozed_until is None
    assert waiting.sent() == ["customer: and?", "card 1"]
    assert waiting.desk.wake(waiting.clock() + 2 * HOUR) == []


def test_staff_choose_whether_replies_go_out(waiting: Stage) -> None:
    ticket: Ticket = waiting.desk.triage.set_mode(1, LI, notes_only=True)
    assert ticket.notes_only
    waiting.desk.triage.set_mode(1, LI, notes_only=True)
    assert not waiting.desk.triage.set_mode(1, LI, notes_only=False).notes_only
    assert waiting.kinds()[-2:] == [EntryKind.NOTES_ONLY, EntryKind.REPLIES_OUT]
    assert waiting.sent() == ["card 1", "card 1"]


def test_in_notes_only_nothing_that_staff_write_goes_out(waiting: Stage) -> None:
    waiting.desk.claim(1, LI)
    waiting.desk.triage.set_mode(1, LI, notes_only=True)
    waiting.sent()
    waiting.desk.staff_wrote(TOPIC, reply("They seem to be a fraud.", "7"))
    waiting.desk.staff_wrote(TOPIC, reply("// Indeed.", "8", WANG))
    assert waiting.sent(CUSTOMER) == []
    kept = {EntryKind.NOTE, EntryKind.HELD}
    notes = [entry.text for entry in waiting.ticket().entries if entry.kind in kept]
    assert notes == ["They seem to be a fraud.", "Indeed."]
    waiting.desk.triage.set_mode(1, LI, notes_only=False)
    waiting.desk.staff_wrote(TOPIC, reply("Hello", "9"))
    assert waiting.sent(CUSTOMER) == ["Li: Hello"]


def test_staff_go_on_with_an_ended_case_however_old(waiting: Stage) -> None:
    waiting.desk.close(1, LI)
    waiting.clock.advance(400 * 24 * 3600)
    waiting.sent()
    ticket = waiting.desk.triage.reopen(1, LI)
    assert ticket.state is TicketState.WAITING
    assert waiting.sent() == ["now waiting", "now waiting"]
    waiting.desk.triage.reopen(1, LI)
    assert waiting.sent() == []


def test_an_old_case_is_not_opened_beside_a_newer_one(waiting: Stage) -> None:
    waiting.desk.close(1, LI)
    waiting.clock.advance(4 * 24 * 3600)
    waiting.desk.receive(message("person", "q2"))
    with pytest.raises(ThreadNotFound):
        waiting.desk.triage.reopen(1, LI)


@pytest.mark.parametrize("right", [Right.CLAIM, Right.TRANSFER, Right.CLOSE])
def test_each_right_lets_somebody_do_its_own_thing_alone(waiting: Stage, right: Right) -> None:
    limit(waiting, replace(MEMBER, rights=frozenset({right})))
    triage = waiting.desk.triage
    acts: dict[Right, Act] = {
        Right.CLAIM: lambda: triage.snooze(1, WANG, START + HOUR),
        Right.TRANSFER: lambda: triage.put_in_queue(1, WANG, "visa", name="Visas"),
        Right.CLOSE: lambda: waiting.desk.close(1, WANG),
    }
    for needed, act in acts.items():
        if needed is not right:
            with pytest.raises(NotAllowed):
                act()
    acts[right]()


def test_cases_of_other_audiences_are_out_of_reach(waiting: Stage) -> None:
    limit(waiting, replace(MEMBER, audiences=frozenset({Audience.ACTOR})))
    with pytest.raises(NotAllowed):
        waiting.desk.claim(1, WANG)
    with pytest.raises(NotAllowed):
        waiting.desk.staff_wrote(TOPIC, reply("Hello", staff=WANG))
    assert waiting.sent(CUSTOMER) == []


SHENZHEN = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("choice", "now", "until"),
    [
        ("1h", "2026-11-23T23:30+08:00", "2026-11-24T00:30+08:00"),
        ("tomorrow", "2026-11-23T23:30+08:00", "2026-11-24T09:00+08:00"),
        ("tomorrow", "2026-11-23T17:00+00:00", "2026-11-25T09:00+08:00"),
        ("monday", "2026-11-23T08:00+08:00", "2026-11-30T09:00+08:00"),
        ("monday", "2026-11-29T23:59+08:00", "2026-11-30T09:00+08:00"),
    ],
)
def test_mornings_are_those_of_the_centre(choice: str, now: str, until: str) -> None:
    moment = datetime.fromisoformat(now)
    assert snooze_end(choice, moment, SHENZHEN) == datetime.fromisoformat(until)


def test_nothing_else_is_a_time_to_put_off_to() -> None:
    assert snooze_end("-", START, SHENZHEN) is None
