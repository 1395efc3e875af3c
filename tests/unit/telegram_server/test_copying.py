import pytest
from telegram import Bot
from telegram.error import BadRequest

from tests.telegram_server.people import Attachment, People
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_a_copy_hides_its_author(bot: Bot, people: People, scene: Scene) -> None:
    asked = people.send_file(scene.anna, Attachment("photo", caption="my screen"))

    copied = await bot.copy_message(scene.desk, scene.anna, asked)

    view = people.read_chat(scene.desk)[-1]
    assert view.message_id == copied.message_id
    assert (view.kind, view.text, view.is_forwarded) == ("photo", "my screen", False)


async def test_a_forward_names_its_author(bot: Bot, people: People, scene: Scene) -> None:
    asked = people.send_text(scene.anna, "hello")

    sent = await bot.forward_message(scene.desk, scene.anna, asked)

    assert sent.forward_origin is not None
    assert sent.forward_origin.to_dict()["sender_user"]["id"] == scene.anna


async def test_what_cannot_be_copied_is_passed_over(bot: Bot, people: People, scene: Scene) -> None:
    album = people.send_album(scene.anna, [Attachment("photo"), Attachment("photo")])

    sent = await bot.copy_messages(scene.desk, scene.anna, [*album, 99])

    assert len(sent) == 2
    views = people.read_chat(scene.desk)
    assert views[0].album == views[1].album
    assert views[0].album is not None
    forwarded = await bot.forward_messages(scene.desk, scene.anna, album)
    assert len(forwarded) == 2


async def test_the_errors_of_copying(bot: Bot, people: People, scene: Scene) -> None:
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(scene.desk, scene.anna, 99)
    with pytest.raises(BadRequest, match="Message to forward not found"):
        await bot.forward_message(scene.desk, scene.anna, 99)
    with pytest.raises(BadRequest, match="There are no messages to copy"):
        await bot.copy_messages(scene.desk, scene.anna, [99])
    with pytest.raises(BadRequest, match="strictly increasing order"):
        await bot.copy_messages(scene.desk, scene.anna, [2, 1])
    topic = people.create_topic(scene.sam, scene.desk, "T")
    with pytest.raises(BadRequest, match=r"(?i)the message can't be copied"):
        await bot.copy_message(scene.anna, scene.desk, topic)
