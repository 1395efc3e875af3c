import pytest
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest

from tests.telegram_server.kinds import UNCOPYABLE
from tests.telegram_server.people import Attachment, People
from tests.telegram_server.people.acting import ImpossibleActionError
from tests.telegram_server.running import RunningServer
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_places_polls_and_dice_are_sent(bot: Bot, people: People, scene: Scene) -> None:
    await bot.send_venue(scene.anna, 22.5, 113.9, "Centre", "Shenzhen")
    poll = await bot.send_poll(scene.anna, "When?", ["Monday", "Friday"])
    dice = await bot.send_dice(scene.anna, emoji="🎰")

    views = people.read_chat(scene.anna)[1:]

    assert [view.kind for view in views] == ["venue", "poll", "dice"]
    assert views[0].extra["venue"]["title"] == "Centre"
    assert poll.poll is not None
    assert [option.text for option in poll.poll.options] == ["Monday", "Friday"]
    assert dice.dice is not None
    assert 1 <= dice.dice.value <= 64
    with pytest.raises(BadRequest, match="Wrong dice emoji"):
        await bot.send_dice(scene.anna, emoji="👍")
    with pytest.raises(BadRequest, match=r"(?i)wrong correct option ID"):
        await bot.send_poll(scene.anna, "?", ["a", "b"], type="quiz")


async def test_a_poll_is_voted_in_and_closed(bot: Bot, people: People, scene: Scene) -> None:
    sent = await bot.send_poll(scene.anna, "When?", ["Monday", "Friday"], is_anonymous=False)
    people.vote(scene.anna, sent.message_id, [0])
    people.vote(scene.anna, sent.message_id, [1])

    closed = await bot.stop_poll(scene.anna, sent.message_id)

    assert [option.voter_count for option in closed.options] == [0, 1]
    updates = await bot.get_updates()
    answers = [u.poll_answer.option_ids for u in updates if u.poll_answer]
    assert answers == [(0,), (1,)]
    totals = [[o.voter_count for o in u.poll.options] for u in updates if u.poll]
    assert totals == [[1, 0], [0, 1], [0, 1]]
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(scene.anna, sent.message_id)
    with pytest.raises(ImpossibleActionError, match="no open poll"):
        people.vote(scene.anna, sent.message_id, [0])


async def test_the_copy_of_a_poll_is_a_new_poll(bot: Bot, people: People, scene: Scene) -> None:
    asked = people.send_poll(scene.anna)
    people.vote(scene.anna, asked, [0])

    await bot.copy_message(scene.desk, scene.anna, asked)
    await bot.forward_message(scene.desk, scene.anna, asked)

    copied, forwarded = people.read_chat(scene.desk)
    assert copied.extra["poll"]["total_voter_count"] == 0
    assert forwarded.extra["poll"]["total_voter_count"] == 1
    assert copied.extra["poll"]["id"] != forwarded.extra["poll"]["id"]


async def test_the_copy_of_a_dice_is_thrown_anew(bot: Bot, people: People, scene: Scene) -> None:
    thrown = people.send_dice(scene.anna, "🎰")
    for _ in range(3):
        await bot.copy_message(scene.desk, scene.anna, thrown)
    await bot.forward_message(scene.desk, scene.anna, thrown)

    *copies, forwarded = [view.extra["dice"]["value"] for view in people.read_chat(scene.desk)]

    original = people.read_chat(scene.anna)[-1].extra["dice"]["value"]
    assert forwarded == original
    assert set(copies) != {original}


@pytest.mark.parametrize("kind", sorted(UNCOPYABLE))
async def test_what_cannot_be_copied(bot: Bot, people: People, scene: Scene, kind: str) -> None:
    asked = people.send_rarity(scene.anna, kind)
    text = people.send_text(scene.anna, "x")

    with pytest.raises(BadRequest, match=r"(?i)the message can't be copied"):
        await bot.copy_message(scene.desk, scene.anna, asked)

    sent = await bot.copy_messages(scene.desk, scene.anna, [asked, text])
    assert len(sent) == 1
    assert (await bot.forward_message(scene.desk, scene.anna, asked)).forward_origin is not None


async def test_a_quiz_without_its_answer_cannot_be_copied(
    bot: Bot, people: People, scene: Scene
) -> None:
    asked = people.send_poll(scene.anna, is_quiz=True)
    with pytest.raises(BadRequest, match=r"(?i)the message can't be copied"):
        await bot.copy_message(scene.desk, scene.anna, asked)


async def test_a_live_location_moves_and_its_copy_stays(
    bot: Bot, people: People, scene: Scene
) -> None:
    asked = people.send_location(scene.anna, 1.0, 2.0, live_period=60)
    await bot.copy_message(scene.desk, scene.anna, asked)

    people.move_location(scene.anna, asked, 3.0, 4.0)

    update = (await bot.get_updates())[-1]
    assert update.edited_message is not None
    assert update.edited_message.location is not None
    assert update.edited_message.location.latitude == 3.0
    copied = people.read_chat(scene.desk)[-1].extra["location"]
    assert copied == {"latitude": 1.0, "longitude": 2.0}
    with pytest.raises(ImpossibleActionError, match="no live location"):
        people.move_location(scene.anna, people.send_location(scene.anna), 3.0, 4.0)


async def test_premium_captions_are_copied_only_as_they_are(
    bot: Bot, people: People, scene: Scene
) -> None:
    asked = people.send_file(scene.anna, Attachment("photo", caption="x" * 2000, has_spoiler=True))
    await bot.copy_message(scene.desk, scene.anna, asked)

    view = people.read_chat(scene.desk)[-1]

    assert (len(view.text), view.extra) == (2000, {"has_media_spoiler": True})
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await bot.copy_message(
            scene.desk,
            scene.anna,
            asked,
            reply_parameters=ReplyParameters(view.message_id),
        )


async def test_parts_of_an_album_may_take_their_time(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    album = people.next_album()
    first = people.send_file(scene.anna, Attachment("photo", caption="both"), album=album)
    running.server.clock.advance(15)
    second = people.send_file(scene.anna, Attachment("photo"), album=album)

    messages = [u.message for u in await bot.get_updates() if u.message and u.message.photo]

    assert [message.message_id for message in messages] == [first, second]
    assert {message.media_group_id for message in messages} == {album}
    assert (messages[1].date - messages[0].date).total_seconds() == 15
    assert people.send_album(scene.anna, [Attachment("photo")]) == [second + 1]
    assert people.read_chat(scene.anna)[-1].album != album
