"""Who is staff is asked in the transaction in which they act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.conversation import Owner
from bot.desk.roster import EVERYBODY, EVERYTHING, Member, Right
from bot.desk.ticket import EntryKind, TicketState
from knowledge.errors import NotAllowed, NotStaff
from knowledge.passage import Audience
from tests.fakes.clock import START
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.bot.stage import ADDRESS, LI, TOPIC, WANG, Stage, message, reply

CUSTOMER = ADDRESS.key
Act = Callable[[], object]
MEMBER = Member(door="test", identity="li", name="Li", checked=START, seen=START)


@pytest.fixture
def units() -> MemoryStorage:
    """The contracts hold for both storages; the stories need only one."""
    return MemoryStorage()


@pytest.fixture
def claimed(stage: Stage) -> Stage:
    """Li has the case."""
    stage.desk.receive(message("person", "q1"))
    stage.place_ticket()
    stage.desk.staffing.welcome(MEMBER)
    stage.desk.claim(1, LI)
    stage.sent()
    return stage


def test_what_somebody_had_waits_again_when_they_leave(claimed: Stage) -> None:
    (left,) = claimed.desk.staffing.dismiss(MEMBER)
    assert (left.state, left.claimed_by) == (TicketState.WAITING, "")
    assert claimed.conversation().owner is Owner.PERSON, "the bot does not begin to talk"
    assert claimed.sent() == ["now waiting"], "staff see it, the customer is not troubled"
    assert claimed.desk.staffing.dismiss(MEMBER) == []
    assert claimed.desk.claim(1, WANG).claimed_by == "wang"


def test_whoever_left_can_do_nothing(claimed: Stage) -> None:
    claimed.desk.staffing.dismiss(MEMBER)
    acts: tuple[Act, ...] = (
        lambda: claimed.desk.claim(1, LI),
        lambda: claimed.desk.close(1, LI),
        lambda: claimed.desk.return_to_bot(1, LI),
        lambda: claimed.desk.staff_wrote(TOPIC, reply("still here")),
        lambda: claimed.desk.staff_wrote(TOPIC, reply("// still here", "2")),
        lambda: claimed.desk.drafts.send(1, LI),
        lambda: claimed.desk.triage.snooze(1, LI, START),
    )
    for act in acts:
        with pytest.raises(NotStaff):
            act()
    assert claimed.sent(CUSTOMER) == []
    assert EntryKind.NOTE not in claimed.kinds()


def test_a_case_of_others_stays_theirs(claimed: Stage) -> None:
    assert claimed.desk.staffing.dismiss(replace(MEMBER, identity="wang", name="Wang")) == []
    assert claimed.desk.staffing.dismiss(replace(MEMBER, door="other")) == []
    assert claimed.ticket().claimed_by == "li"


def test_whoever_comes_back_may_do_what_they_might_before(claimed: Stage) -> None:
    rights, audiences = frozenset({Right.CLAIM}), frozenset({Audience.PUBLIC})
    claimed.desk.staffing.permit("test", "li", rights=rights, audiences=audiences)
    claimed.desk.staffing.dismiss(MEMBER)
    back = claimed.desk.staffing.welcome(replace(MEMBER, seen=None))
    assert (back.present, back.rights, back.audiences) == (True, rights, audiences)
    assert back.seen == START
    claimed.desk.claim(1, LI)
    with pytest.raises(NotAllowed):
        claimed.desk.close(1, LI)


def test_what_was_known_earlier_lets_nobody_back_in(claimed: Stage) -> None:
    """A message is under way while Telegram tells that its author was removed."""
    staffing, later = claimed.desk.staffing, START + timedelta(seconds=2)
    staffing.dismiss(replace(MEMBER, checked=later))
    for _ in range(2):
        assert not staffing.welcome(replace(MEMBER, seen=later)).present
    with pytest.raises(NotStaff):
        claimed.desk.claim(1, LI)
    assert staffing.welcome(replace(MEMBER, checked=later + timedelta(seconds=1))).present


def test_rights_can_be_given_before_somebody_was_seen(claimed: Stage) -> None:
    staffing = claimed.desk.staffing
    staffing.permit("test", "new", rights=frozenset(), audiences=frozenset(Audience))
    assert staffing.welcome(replace(MEMBER, identity="new", name="New")).rights == frozenset()


def test_a_case_can_be_given_to_those_who_may_have_it(claimed: Stage) -> None:
    staffing = claimed.desk.staffing
    staffing.welcome(replace(MEMBER, identity="wang", name="Wang"))
    staffing.welcome(replace(MEMBER, identity="zhao", name="Zhao"))
    staffing.dismiss(replace(MEMBER, identity="zhao", name="Zhao"))
    staffing.permit("test", "kim", rights=frozenset({Right.CLOSE}), audiences=frozenset(Audience))
    staffing.permit("test", "77", rights=EVERYTHING, audiences=EVERYBODY)  # never met
    found = [one.identity for one in staffing.colleagues(claimed.ticket(), LI)]
    assert found == ["wang"]
    assert list(staffing.colleagues(claimed.ticket(), WANG)) == [], "nor to oneself"
