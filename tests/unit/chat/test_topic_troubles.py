"""What users of other bots complain about, where the topics of staff are concerned."""

from collections.abc import Mapping
from typing import Final

import pytest
from telegram.error import BadRequest

from bot.desk.mail import Delivery
from bot.desk.ticket import Staff
from handlers.chat.letters import to_chat, to_topic
from handlers.chat.messages import topic_text, warning_text
from tests.fakes.clock import SetClock
from tests.unit.chat.doubles import GROUP, lost
from tests.unit.chat.stage import Stage

pytestmark = pytest.mark.asyncio

_NOT_MODIFIED: Final = BadRequest("Bad Request: message is not modified: exactly the same")
_HELLO: Final = to_chat("5", "sendMessage", {"text": "hello"}, extra={"after": 7})


def lose_topic(stage: Stage, words: str = "message thread not found") -> None:
    """Let topic 11 be deleted."""
    stage.telegram.refuse = lambda _, parameters: (
        BadRequest(f"Bad Request: {words}") if parameters.get("message_thread_id") == 11 else None
    )


@pytest.mark.parametrize("words", ["message thread not found", "TOPIC_DELETED"])
async def test_a_topic_that_is_gone_is_made_again_and_nothing_goes_to_general(words: str) -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    lose_topic(stage, words)
    stage.put(*topic_text(ticket, "private matters"))
    await stage.send_all()
    calls = stage.telegram.api.calls
    assert [name for name, _ in calls].count("createForumTopic") == 1
    sent = [parameters for name, parameters in calls if name == "sendMessage"]
    assert len(sent) >= 2
    assert all(parameters["message_thread_id"] for parameters in sent)
    assert stage.telegram.texts(GROUP)[1] == "private matters"


async def test_what_did_not_arrive_is_told_though_the_topic_went_with_the_case() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    (told,) = stage.put(*warning_text(ticket, "The customer did not get this album."))
    stage.door.desk.close(ticket, Staff(identity="7", name="Li"))
    lose_topic(stage)
    await stage.send_all()
    assert stage.state(told) is Delivery.SENT
    assert "⚠️ The customer did not get this album." in stage.telegram.texts(GROUP)


async def test_what_a_customer_wrote_is_shown_though_the_topic_went_with_the_case() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    words = {"plain": "and my visa?", "mirrors": ("5", "7")}
    copy = {"from_chat_id": 5, "message_id": 7}
    shown, told = stage.put(
        to_topic(ticket, "copyMessage", copy, extra=words), *topic_text(ticket, "It is closed.")
    )
    stage.door.desk.close(ticket, Staff(identity="7", name="Li"))
    lose_topic(stage)
    await stage.send_all()
    assert stage.state(shown) is Delivery.SENT
    assert stage.state(told) is Delivery.SENT, "where there is a topic again it is used"
    names = [name for name, _ in stage.telegram.api.calls]
    assert names.count("createForumTopic") == 1


async def test_a_closed_case_gets_no_new_topic_for_a_notice() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.door.desk.close(ticket, Staff(identity="7", name="Li"))
    lose_topic(stage)
    (told,) = stage.put(*topic_text(ticket, "It is closed."))
    await stage.send_all()
    assert stage.state(told) is Delivery.FAILED
    assert "createForumTopic" not in [name for name, _ in stage.telegram.api.calls]


async def test_a_topic_that_is_closed_is_opened_for_what_belongs_there() -> None:
    stage, closed = Stage(), [BadRequest("Bad Request: TOPIC_CLOSED")]
    ticket = stage.ticket(5, thread=11)
    stage.telegram.refuse = lambda name, _: (
        closed.pop() if name == "sendMessage" and closed else None
    )
    stage.put(*topic_text(ticket, "x"))
    await stage.send_all()
    names = [name for name, _ in stage.telegram.api.calls]
    assert names == ["sendMessage", "reopenForumTopic", "sendMessage"]


async def test_a_topic_that_cannot_be_opened_for_a_moment_is_opened_later() -> None:
    stage, closed, away = Stage(), [True], [lost()]
    ticket = stage.ticket(5, thread=11)

    def refuse(name: str, _: Mapping[str, object]) -> Exception | None:
        if name == "reopenForumTopic":
            if away:
                return away.pop()
            closed.clear()
        elif name == "sendMessage" and closed:
            return BadRequest("Bad Request: TOPIC_CLOSED")
        return None

    stage.telegram.refuse = refuse
    (row,) = stage.put(*topic_text(ticket, "x"))
    await stage.send(lambda: not away and stage.state(row) is Delivery.PENDING)
    assert isinstance(stage.door.clock, SetClock)
    stage.door.clock.advance(60.0)
    await stage.send_all()
    assert stage.state(row) is Delivery.SENT


async def test_a_topic_that_is_closed_already_is_closed() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.telegram.refuse = lambda *_: BadRequest("Bad Request: TOPIC_NOT_MODIFIED")
    (row,) = stage.put(to_topic(ticket, "closeForumTopic", {}, silent=True))
    await stage.send_all()
    assert stage.state(row) is Delivery.SENT


async def test_a_ticket_gets_one_topic_whatever_is_said_in_it() -> None:
    stage = Stage()
    ticket = stage.ticket(5)
    topic = to_topic(ticket, "createForumTopic", {"name": "5"})
    stage.put(*topic_text(ticket, "first"), topic, topic, *topic_text(ticket, "last"))
    await stage.send_all()
    names = [name for name, _ in stage.telegram.api.calls]
    assert names.count("createForumTopic") == 1
