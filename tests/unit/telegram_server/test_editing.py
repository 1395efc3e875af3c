import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
)
from telegram.error import BadRequest

from tests.telegram_server.people import Attachment, People
from tests.telegram_server.people.acting import ImpossibleActionError
from tests.telegram_server.running import RunningServer
from tests.telegram_server.shapes import DAY
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio
MARKUP = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="x")]])


async def test_an_edit_replaces_text_and_keyboard(bot: Bot, people: People, scene: Scene) -> None:
    sent = await bot.send_message(scene.anna, "one", reply_markup=MARKUP)

    await bot.edit_message_text("two", scene.anna, sent.message_id)

    view = people.read_chat(scene.anna)[-1]
    assert (view.text, view.buttons, view.is_edited) == ("two", (), True)
    with pytest.raises(BadRequest, match="Message is not modified: specified new message"):
        await bot.edit_message_text("two", scene.anna, sent.message_id)


async def test_keyboards_and_captions_are_edited(bot: Bot, people: People, scene: Scene) -> None:
    sent = await bot.send_photo(scene.anna, b"1", caption="one")
    await bot.edit_message_caption(scene.anna, sent.message_id, caption="two")
    await bot.edit_message_reply_markup(scene.anna, sent.message_id, reply_markup=MARKUP)

    view = people.read_chat(scene.anna)[-1]

    assert (view.text, view.buttons) == ("two", (("x",),))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(scene.anna, sent.message_id, reply_markup=MARKUP)
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", scene.anna, sent.message_id)


async def test_only_own_messages_are_edited(bot: Bot, people: People, scene: Scene) -> None:
    asked = people.send_text(scene.anna, "hello")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", scene.anna, asked)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", scene.anna, 99)


async def test_reactions(bot: Bot, people: People, scene: Scene) -> None:
    asked = people.send_text(scene.anna, "hello")
    await bot.set_message_reaction(scene.anna, asked, "👀")
    await bot.set_message_reaction(scene.anna, asked, "👍")
    assert people.read_chat(scene.anna)[-1].reactions == ("👍",)

    await bot.set_message_reaction(scene.anna, asked, None)

    assert people.read_chat(scene.anna)[-1].reactions == ()
    with pytest.raises(BadRequest, match=r"(?i)reaction_invalid"):
        await bot.set_message_reaction(scene.anna, asked, "✅")
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(scene.anna, 99, "👍")


async def test_deleting(bot: Bot, running: RunningServer, scene: Scene) -> None:
    first, second, third = [await bot.send_message(scene.anna, "x") for _ in range(3)]
    assert await bot.delete_message(scene.anna, first.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(scene.anna, first.message_id)
    assert await bot.delete_messages(scene.anna, [first.message_id, second.message_id])
    running.server.clock.advance(2 * DAY)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(scene.anna, third.message_id)


async def test_a_throw_is_not_taken_back_at_once(
    bot: Bot, running: RunningServer, scene: Scene
) -> None:
    thrown = await bot.send_dice(scene.anna)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(scene.anna, thrown.message_id)
    running.server.clock.advance(DAY + 1)
    assert await bot.delete_message(scene.anna, thrown.message_id)


async def test_deleting_in_groups_needs_the_right(bot: Bot, people: People, scene: Scene) -> None:
    posted = people.send_text(scene.sam, "x", chat_id=scene.desk)
    people.set_bot_status(scene.desk, "administrator", without=("can_delete_messages",))
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(scene.desk, posted)
    people.set_bot_status(scene.desk, "administrator")
    assert await bot.delete_message(scene.desk, posted)


async def test_pinning_is_told_by_a_service_message(bot: Bot, people: People, scene: Scene) -> None:
    sent = await bot.send_message(scene.desk, "card")

    await bot.pin_chat_message(scene.desk, sent.message_id)

    assert people.pinned(scene.desk) == [sent.message_id]
    updates = await bot.get_updates()
    assert updates[-1].message is not None
    assert updates[-1].message.pinned_message is not None
    assert (await bot.get_chat(scene.desk)).pinned_message is not None
    assert await bot.unpin_chat_message(scene.desk, sent.message_id)
    assert people.pinned(scene.desk) == []
    with pytest.raises(BadRequest, match=r"(?i)message to pin not found"):
        await bot.pin_chat_message(scene.desk, 99)


async def test_media_are_exchanged(bot: Bot, people: People, scene: Scene) -> None:
    photo = await bot.send_photo(scene.anna, b"1", caption="one")

    await bot.edit_message_media(
        InputMediaDocument(b"2", caption="two"), scene.anna, photo.message_id
    )

    view = people.read_chat(scene.anna)[-1]
    assert (view.kind, view.text, view.is_edited) == ("document", "two", True)
    assert people.download(scene.anna, photo.message_id) == b"2"
    text = await bot.send_message(scene.anna, "text")
    await bot.edit_message_media(InputMediaPhoto(b"3"), scene.anna, text.message_id)
    assert people.read_chat(scene.anna)[-1].kind == "photo"


async def test_what_cannot_be_exchanged(bot: Bot, scene: Scene) -> None:
    voice = await bot.send_voice(scene.anna, b"1")
    with pytest.raises(BadRequest, match="There is no media in the message to edit"):
        await bot.edit_message_media(InputMediaPhoto(b"2"), scene.anna, voice.message_id)
    album = await bot.send_media_group(scene.anna, [InputMediaPhoto(b"1"), InputMediaPhoto(b"2")])
    with pytest.raises(BadRequest, match="Can't change media type in the album"):
        await bot.edit_message_media(InputMediaDocument(b"3"), scene.anna, album[0].message_id)
    photo = album[1].photo[-1].file_id
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_media(InputMediaPhoto(photo), scene.anna, album[1].message_id)


async def test_people_exchange_media(bot: Bot, people: People, scene: Scene) -> None:
    asked = people.send_file(scene.anna, Attachment("photo", caption="one"))

    people.edit_media(scene.anna, asked, Attachment("photo", caption="two", content=b"new"))

    message = (await bot.get_updates())[-1].edited_message
    assert message is not None
    assert message.caption == "two"
    file = await bot.get_file(message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == b"new"
    with pytest.raises(ImpossibleActionError, match="has no file"):
        people.edit_media(scene.anna, 1, Attachment("photo"))
