"""The process dies somewhere; the same message arrives again; there is exactly one answer."""

import pytest

from bot.desk.ticket import EntryKind
from tests.fakes.watched_units import Killed
from tests.unit.bot.stage import ADDRESS, LI, TOPIC, Stage, message, reply

CUSTOMER = ADDRESS.key


def die() -> None:
    raise Killed


@pytest.mark.parametrize("text", ["thanks", "person", "break"])
@pytest.mark.parametrize(("before", "after"), [(1, 0), (0, 1), (2, 0), (0, 2)])
def test_dying_at_a_commit(stage: Stage, text: str, before: int, after: int) -> None:
    stage.units.die_before, stage.units.die_after = before, after
    with pytest.raises(Killed):
        stage.desk.receive(message(text))
    stage.restart()
    stage.desk.receive(message(text))
    assert len(stage.sent(CUSTOMER)) == 1
    assert [turn.role.value for turn in stage.turns()] == ["customer", "bot"]
    expected = 0 if text == "thanks" else 1
    assert len(stage.desk.tickets()) == expected


def test_dying_while_thinking(stage: Stage) -> None:
    stage.consultant.meanwhile = die
    with pytest.raises(Killed):
        stage.desk.receive(message("thanks"))
    stage.consultant.meanwhile = lambda: None
    stage.restart()
    stage.desk.receive(message("thanks"))
    assert stage.sent() == ["1: smalltalk/thanks"]
    assert stage.consultant.asked[-1].history == (), "its own first half is not its history"


def test_a_claim_before_the_message_comes_again(stage: Stage) -> None:
    stage.desk.receive(message("person", "1"))
    stage.consultant.meanwhile = die
    with pytest.raises(Killed):
        stage.desk.receive(message("thanks", "2"))
    stage.restart()
    stage.desk.claim(stage.ticket().id, LI)
    stage.sent()
    stage.desk.receive(message("thanks", "2"))
    stage.desk.receive(message("thanks", "2"))
    assert stage.sent() == ["customer: thanks"]


@pytest.mark.parametrize(("before", "after"), [(1, 0), (0, 1), (2, 0), (0, 2), (3, 0), (0, 3)])
def test_dying_over_an_edit(stage: Stage, before: int, after: int) -> None:
    stage.desk.receive(message("thanks"))
    stage.sent()
    stage.units.die_before, stage.units.die_after = before, after
    with pytest.raises(Killed):
        stage.desk.edited(message("illegal"))
    stage.restart()
    stage.desk.edited(message("illegal"))
    assert stage.sent() == ["1: declined/illegal"]


@pytest.mark.parametrize(("before", "after"), [(1, 0), (0, 1)])
def test_dying_over_a_reply(stage: Stage, before: int, after: int) -> None:
    stage.desk.receive(message("person"))
    stage.place_ticket()
    stage.sent()
    stage.units.die_before, stage.units.die_after = before, after
    with pytest.raises(Killed):
        stage.desk.staff_wrote(TOPIC, reply("Hello"))
    stage.restart()
    stage.desk.staff_wrote(TOPIC, reply("Hello"))
    assert stage.sent(CUSTOMER) == ["now claimed", "Li: Hello"]
    assert stage.kinds().count(EntryKind.CLAIMED) == 1
