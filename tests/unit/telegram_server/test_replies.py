import pytest
from telegram import Bot, MessageEntity, ReplyParameters
from telegram.error import BadRequest

from tests.telegram_server.people import Attachment, People
from tests.telegram_server.people.acting import ImpossibleActionError
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_people_quote(bot: Bot, people: People, scene: Scene) -> None:
    sent = await bot.send_message(scene.anna, "The fee is <b>50</b> yuan.", parse_mode="HTML")

    people.send_text(scene.anna, "Why so much?", reply_to=sent.message_id, quote="is 50")

    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.quote is not None
    assert (message.quote.text, message.quote.position) == ("is 50", 8)
    assert message.quote.entities == (MessageEntity("bold", 3, 2),)
    assert people.read_chat(scene.anna)[-1].quote == "is 50"
    with pytest.raises(ImpossibleActionError, match="is not in the message"):
        people.send_text(scene.anna, "?", reply_to=sent.message_id, quote="60")


async def test_quotes_are_formatted_as_in_the_message(
    bot: Bot, people: People, scene: Scene
) -> None:
    asked = people.send_html(scene.anna, "x 50, then <b>50</b>")
    plain = ReplyParameters(asked, quote="50")
    sent = await bot.send_message(scene.anna, "y", reply_parameters=plain)
    assert sent.quote is not None
    assert sent.quote.position == 2

    bold = ReplyParameters(asked, quote="<b>50</b>", quote_parse_mode="HTML", quote_position=11)
    sent = await bot.send_message(scene.anna, "y", reply_parameters=bold)

    assert sent.quote is not None
    assert sent.quote.position == 11
    unformatted = ReplyParameters(asked, quote="50", quote_position=11)
    with pytest.raises(BadRequest, match=r"(?i)quote_text_invalid"):
        await bot.send_message(scene.anna, "y", reply_parameters=unformatted)


async def test_replies_to_another_chat_or_topic_are_external(
    bot: Bot, people: People, scene: Scene
) -> None:
    asked = people.send_file(scene.anna, Attachment("photo", caption="my screen"))
    thread = people.create_topic(scene.sam, scene.desk, "T")
    other = people.create_topic(scene.sam, scene.desk, "U")
    card = people.send_text(scene.sam, "card", chat_id=scene.desk, thread_id=other)

    away = ReplyParameters(asked, chat_id=scene.anna, quote="screen")
    sent = await bot.send_message(scene.desk, "x", message_thread_id=thread, reply_parameters=away)

    assert sent.external_reply is not None
    assert sent.external_reply.photo
    assert sent.quote is not None
    beside = ReplyParameters(card)
    sent = await bot.send_message(
        scene.desk, "x", message_thread_id=thread, reply_parameters=beside
    )
    assert sent.external_reply is not None
    assert sent.external_reply.message_id == card
    assert sent.message_thread_id == thread


async def test_a_missing_message_elsewhere_is_never_forgiven(bot: Bot, scene: Scene) -> None:
    elsewhere = ReplyParameters(99, chat_id=scene.anna, allow_sending_without_reply=True)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(scene.desk, "x", reply_parameters=elsewhere)


async def test_a_reply_alone_leads_into_the_topic(bot: Bot, people: People, scene: Scene) -> None:
    thread = people.create_topic(scene.sam, scene.desk, "T")
    card = people.send_text(scene.sam, "card", chat_id=scene.desk, thread_id=thread)

    sent = await bot.send_message(scene.desk, "x", reply_parameters=ReplyParameters(card))

    assert sent.message_thread_id == thread
