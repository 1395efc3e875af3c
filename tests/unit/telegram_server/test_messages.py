import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden

from tests.telegram_server.people import People
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_a_text_with_everything_arrives(bot: Bot, people: People, scene: Scene) -> None:
    rows = [[InlineKeyboardButton("Yes", callback_data="y"), InlineKeyboardButton("No", url="a.b")]]

    sent = await bot.send_message(
        scene.anna,
        "<b>Hello</b>",
        parse_mode="HTML",
        reply_markup=InlineKeyboardMarkup(rows),
        reply_parameters=ReplyParameters(1),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
    )

    assert sent.text == "Hello"
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    view = people.read_chat(scene.anna)[-1]
    assert view.html == "<b>Hello</b>"
    assert view.buttons == (("Yes", "No"),)
    assert view.reply_to == 1
    assert view.is_protected


async def test_entities_may_be_given_instead_of_markup(
    bot: Bot, people: People, scene: Scene
) -> None:
    await bot.send_message(scene.anna, "a bold", entities=[MessageEntity("bold", 2, 4)])

    assert people.read_chat(scene.anna)[-1].html == "a <b>bold</b>"


async def test_private_messages_are_numbered_over_all_chats(
    bot: Bot, people: People, scene: Scene
) -> None:
    ben = people.add_user("Ben")
    people.start(ben)

    first = await bot.send_message(scene.anna, "x")
    second = await bot.send_message(ben, "x")

    assert (first.message_id, second.message_id) == (3, 4)
    in_group = await bot.send_message(scene.desk, "x")
    assert in_group.message_id == 1
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("y", chat_id=ben, message_id=first.message_id)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Message text is empty"),
        (" \n ", "Text must be non-empty"),
        ("<b></b>", "Text must be non-empty"),
        ("x" * 4097, "Message is too long"),
        ("🏟" * 2049, "Message is too long"),
        ("<x>", "Can't parse entities: unsupported start tag"),
    ],
)
async def test_texts_telegram_refuses(bot: Bot, scene: Scene, text: str, error: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i)^{error}"):
        await bot.send_message(scene.anna, text, parse_mode="HTML")


async def test_the_limit_counts_what_is_left_after_parsing(bot: Bot, scene: Scene) -> None:
    sent = await bot.send_message(scene.anna, f"<b>{'x' * 4096}</b>", parse_mode="HTML")

    assert len(sent.text or "") == 4096


async def test_callback_data_has_64_bytes(bot: Bot, scene: Scene) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="é" * 33)]])

    with pytest.raises(BadRequest, match=r"(?i)^Button_data_invalid"):
        await bot.send_message(scene.anna, "x", reply_markup=markup)


async def test_who_cannot_be_written_to(bot: Bot, people: People, scene: Scene) -> None:
    stranger = people.add_user("Stranger")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger, "x")
    people.block(scene.anna)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(scene.anna, "x")
    people.deactivate(scene.sam)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(scene.sam, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "x")


async def test_groups_the_bot_was_put_out_of(bot: Bot, people: People, scene: Scene) -> None:
    people.set_bot_status(scene.desk, "kicked")
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(scene.desk, "x")
    people.set_bot_status(scene.desk, "left")
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(scene.desk, "x")


async def test_a_missing_reply_is_forgiven_only_outside_topics(bot: Bot, scene: Scene) -> None:
    lenient = ReplyParameters(99, allow_sending_without_reply=True)
    sent = await bot.send_message(scene.anna, "x", reply_parameters=lenient)
    assert sent.reply_to_message is None
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(scene.anna, "x", reply_parameters=ReplyParameters(99))
    topic = await bot.create_forum_topic(scene.desk, "T")
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(
            scene.desk,
            "x",
            message_thread_id=topic.message_thread_id,
            reply_parameters=lenient,
        )


async def test_quotes_must_be_exact(bot: Bot, people: People, scene: Scene) -> None:
    asked = people.send_text(scene.anna, "Where is my order?")

    reply = ReplyParameters(asked, quote="my order")
    sent = await bot.send_message(scene.anna, "x", reply_parameters=reply)

    assert sent.quote is not None
    assert sent.quote.position == 9
    with pytest.raises(BadRequest, match=r"(?i)quote_text_invalid"):
        await bot.send_message(
            scene.anna, "x", reply_parameters=ReplyParameters(asked, quote="mine")
        )


async def test_typing_and_drafts_are_seen(bot: Bot, people: People, scene: Scene) -> None:
    await bot.send_chat_action(scene.anna, "typing")
    await bot.send_message_draft(scene.anna, 5, "Thin")

    assert [shown.action for shown in people.chat_actions(scene.anna)] == ["typing"]
    assert [frame.text for frame in people.drafts(scene.anna)] == ["Thin"]
    with pytest.raises(BadRequest, match="only to private chats"):
        await bot.send_message_draft(scene.desk, 5, "x")
