"""What is translated, refused and taken back when other things have happened meanwhile."""

from datetime import timedelta

import pytest

from knowledge.errors import DeskError
from tests.unit.bot.stage import LI, TOPIC, message, reply
from tests.unit.bot.test_interpreting import InterpretedStage


@pytest.fixture
def stage() -> InterpretedStage:
    return InterpretedStage().settle()


def test_what_comes_in_a_burst_while_a_person_has_the_thread_is_translated(
    stage: InterpretedStage,
) -> None:
    said = ("Merci beaucoup pour tout", "Et pour ma femme, s'il vous plaît ?")
    stage.desk.receive_backlog([message(text, str(n)) for n, text in enumerate(said, 2)])
    stage.sent()
    stage.interpreters.advance()
    assert stage.sent() == [f"translated: <zh-Hans> {said[0]} + <zh-Hans> {said[1]}"]


def test_a_refused_reply_that_was_swept_away_says_so(stage: InterpretedStage) -> None:
    stage.says("这是 illegible 的话")
    stage.settle()
    later = stage.clock() + timedelta(days=60)
    with stage.units() as unit:
        for _ in range(2):
            unit.outbox.sweep(now=stage.clock(), before=later, limit=100)
        unit.commit()
    with pytest.raises(DeskError, match="too old"):
        stage.interpreters.send_anyway(stage.tasks()[-1].id, LI)


def test_what_was_sent_all_the_same_and_taken_back_is_no_answer(stage: InterpretedStage) -> None:
    stage.says("这是 illegible 的话")
    stage.settle()
    stage.interpreters.send_anyway(stage.tasks()[-1].id, LI)
    stage.desk.staff_edited(TOPIC, reply("Bonjour, venez demain à neuf heures."))
    stage.desk.withdraw(TOPIC, LI, "1")
    assert stage.ticket().answered == ""
