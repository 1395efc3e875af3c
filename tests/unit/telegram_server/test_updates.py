import pytest
from aiogram.types import Update as AiogramUpdate
from telegram import Bot, Update

from tests.telegram_server.kinds import UNCOPYABLE
from tests.telegram_server.people import Attachment, People
from tests.telegram_server.running import RunningServer
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import MediaKind
from tests.unit.telegram_server.scene import Scene

FILES: list[MediaKind] = ["photo", "document", "voice", "audio", "video", "video_note"]
FILES += ["animation", "sticker"]
KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
KINDS += ["message_reaction", "poll", "poll_answer"]


def waiting(running: RunningServer) -> list[JsonObject]:
    queue = running.server.doors[running.bot.user.id].queue
    return [update.payload() for update in queue.waiting()]


def send_every_kind(people: People, scene: Scene) -> None:
    for kind in FILES:
        people.send_file(scene.anna, Attachment(kind, caption="x", has_spoiler=True))
    for rarity in sorted(UNCOPYABLE):
        people.send_rarity(scene.anna, rarity)
    people.send_contact(scene.anna)
    people.send_venue(scene.anna)
    people.send_poll(scene.anna)
    people.send_poll(scene.anna, is_quiz=True, is_anonymous=False)
    people.send_dice(scene.anna)
    people.send_album(scene.anna, [Attachment("photo"), Attachment("video")])
    asked = people.send_html(scene.anna, "see <b>the</b> https://a.example /help", reply_to=1)
    people.send_text(scene.anna, "x", reply_to=asked, quote="see the")
    people.edit_html(scene.anna, asked, "<i>edited</i>")
    live = people.send_location(scene.anna, live_period=60)
    people.move_location(scene.anna, live, 1.0, 2.0)
    photo = people.send_file(scene.anna, Attachment("photo"))
    people.edit_media(scene.anna, photo, Attachment("video", caption="y"))
    people.press_data(scene.anna, scene.anna, asked, "data")
    people.block(scene.anna)
    people.start(scene.anna, "again")


def work_in_the_group(people: People, scene: Scene) -> None:
    thread = people.create_topic(scene.sam, scene.desk, "T")
    posted = people.send_text(scene.sam, "x", chat_id=scene.desk, thread_id=thread)
    people.react(scene.sam, posted, "👍", chat_id=scene.desk)
    people.react(scene.sam, posted, "5312536423851630001", chat_id=scene.desk)
    people.rename_topic(scene.sam, scene.desk, thread, "U")
    people.close_topic(scene.sam, scene.desk, thread)
    people.reopen_topic(scene.sam, scene.desk, thread)
    people.join(scene.desk, scene.anna, by=scene.sam)
    people.remove_member(scene.desk, scene.anna, by=scene.sam)
    people.remove_member(scene.desk, scene.anna)
    people.add_member(scene.desk, scene.sam, anonymous=True)
    people.send_text(scene.sam, "y", chat_id=scene.desk)
    people.react(scene.sam, posted, None, chat_id=scene.desk)
    people.set_bot_status(scene.desk, "administrator", without=("can_pin_messages",))
    village = people.add_group("Village", is_basic=True)
    people.add_member(village, scene.sam)
    people.upgrade_group(scene.sam, village)


async def act_as_the_bot(bot: Bot, people: People, scene: Scene) -> None:
    """Do what is told to the bot that does it."""
    posted = await bot.send_message(scene.desk, "card")
    await bot.pin_chat_message(scene.desk, posted.message_id)
    await bot.create_forum_topic(scene.desk, "T")
    asked = await bot.send_poll(scene.anna, "?", ["a", "b"], is_anonymous=False)
    people.vote(scene.anna, asked.message_id, [1])
    await bot.stop_poll(scene.anna, asked.message_id)


@pytest.mark.asyncio
async def test_every_update_parses_in_both_libraries(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    await bot.get_updates(allowed_updates=KINDS)

    send_every_kind(people, scene)
    await act_as_the_bot(bot, people, scene)
    work_in_the_group(people, scene)

    updates = waiting(running)
    assert {kind for update in updates for kind in update} == {"update_id", *KINDS}
    for raw in updates:
        (kind,) = set(raw) - {"update_id"}
        parsed = Update.de_json(raw, bot)
        assert getattr(parsed, kind) is not None
        assert getattr(parsed, kind).api_kwargs == {}
        checked = AiogramUpdate.model_validate(raw)
        assert checked.event_type == kind
        assert not checked.event.model_extra
    assert running.server.violations == []
