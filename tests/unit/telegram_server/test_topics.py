import pytest
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest

from tests.telegram_server.people import People
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_the_life_of_a_topic(bot: Bot, people: People, scene: Scene) -> None:
    icon = (await bot.get_forum_topic_icon_stickers())[0].custom_emoji_id
    topic = await bot.create_forum_topic(scene.desk, "Anna", icon_custom_emoji_id=icon)
    thread = topic.message_thread_id
    await bot.edit_forum_topic(scene.desk, thread, name="Anna ✓")
    await bot.close_forum_topic(scene.desk, thread)
    (view,) = people.topics(scene.desk)
    assert (view.name, view.is_closed, view.icon_custom_emoji_id) == ("Anna ✓", True, icon)
    await bot.reopen_forum_topic(scene.desk, thread)
    with pytest.raises(BadRequest, match=r"(?i)topic_not_modified"):
        await bot.reopen_forum_topic(scene.desk, thread)

    messages = [update.message for update in await bot.get_updates()]

    # The bot hears of its own service messages.
    kinds = ["forum_topic_created", "forum_topic_edited", "forum_topic_closed"]
    kinds.append("forum_topic_reopened")
    echoed = [m for m in messages if m is not None and m.chat.id == scene.desk]
    for message, kind in zip(echoed, kinds, strict=True):
        assert getattr(message, kind) is not None
        assert message.message_thread_id == thread
        assert message.is_topic_message
    await bot.delete_forum_topic(scene.desk, thread)
    assert people.topics(scene.desk) == []
    assert people.read_chat(scene.desk) == []


async def test_messages_in_topics_answer_the_first(bot: Bot, people: People, scene: Scene) -> None:
    thread = people.create_topic(scene.sam, scene.desk, "T")
    people.send_text(scene.sam, "x", chat_id=scene.desk, thread_id=thread)

    message = (await bot.get_updates())[-1].message

    assert message is not None
    assert message.is_topic_message
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None


async def test_replies_in_general_carry_a_thread_that_is_no_topic(
    bot: Bot, people: People, scene: Scene
) -> None:
    first = people.send_text(scene.sam, "x", chat_id=scene.desk)
    people.send_text(scene.sam, "y", chat_id=scene.desk, reply_to=first)

    plain, reply = [u.message for u in (await bot.get_updates())[-2:]]

    assert plain is not None
    assert plain.message_thread_id is None
    assert reply is not None
    assert reply.message_thread_id == first
    assert not reply.is_topic_message


async def test_where_the_bot_cannot_write(bot: Bot, people: People, scene: Scene) -> None:
    thread = people.create_topic(scene.sam, scene.desk, "T")
    for wrong in (1, 77):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(scene.desk, "x", message_thread_id=wrong)
    people.close_topic(scene.sam, scene.desk, thread)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(scene.desk, "x", message_thread_id=thread)
    people.set_group_options(scene.desk, admins_write_in_closed_topics=True)
    await bot.send_message(scene.desk, "x", message_thread_id=thread)
    people.delete_topic(scene.sam, scene.desk, thread)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(scene.desk, "x", message_thread_id=thread)
    with pytest.raises(BadRequest, match=r"(?i)topic_deleted"):
        await bot.close_forum_topic(scene.desk, thread)


async def test_a_reply_stays_in_its_topic(bot: Bot, people: People, scene: Scene) -> None:
    thread = people.create_topic(scene.sam, scene.desk, "T")
    asked = people.send_text(scene.sam, "x", chat_id=scene.desk, thread_id=thread)

    await bot.send_message(scene.desk, "y", reply_parameters=ReplyParameters(asked))

    assert people.read_topic(scene.desk, thread)[-1].reply_to == asked
    assert people.read_topic(scene.desk, None) == []


async def test_rights_and_forums(bot: Bot, people: People, scene: Scene) -> None:
    people.set_bot_status(scene.desk, "administrator", without=("can_manage_topics",))
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await bot.create_forum_topic(scene.desk, "T")
    people.set_group_options(scene.desk, is_forum=False)
    with pytest.raises(BadRequest, match=r"(?i)the chat is not a forum"):
        await bot.create_forum_topic(scene.desk, "T")
