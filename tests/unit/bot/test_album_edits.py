"""A part of an album that the customer changes."""

from dataclasses import replace

from bot.desk.conversation import Role, Turn
from bot.desk.outcomes import SmallTalk
from tests.unit.bot.stage import Stage, message


def test_a_changed_part_of_an_album_is_answered_after_an_attempt_that_broke_off(
    stage: Stage,
) -> None:
    stage.desk.receive(message("thanks", "q1"))
    part, here = message("thanks again", "q2"), stage.conversation().id
    with stage.units() as unit:
        changed = replace(part, edited=True)
        turn = Turn(role=Role.CUSTOMER, text=changed.spoken)
        unit.conversations.remember(here, turn, reference=changed.version)
        unit.commit()
    assert isinstance(stage.desk.edited(part), SmallTalk)
