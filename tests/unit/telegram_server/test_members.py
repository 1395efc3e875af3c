import pytest
from telegram import Bot
from telegram.error import ChatMigrated

from tests.telegram_server.people import People
from tests.telegram_server.people.acting import ImpossibleActionError
from tests.telegram_server.running import RunningServer
from tests.telegram_server.shapes import JsonObject
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


def told(running: RunningServer, kind: str) -> list[JsonObject]:
    queue = running.server.doors[running.bot.user.id].queue
    return [update.body for update in queue.waiting() if update.kind == kind]


async def test_the_bot_hears_who_comes_and_goes(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    await bot.get_updates(allowed_updates=["message", "chat_member"])
    people.join(scene.desk, scene.anna, by=scene.sam)
    people.add_member(scene.desk, scene.anna, status="administrator")
    people.add_member(scene.desk, scene.anna, status="member")
    people.remove_member(scene.desk, scene.anna, by=scene.sam)

    changes = told(running, "chat_member")

    assert [change["new_chat_member"]["status"] for change in changes] == [
        "member",
        "administrator",
        "member",
        "kicked",
    ]
    assert (changes[0]["from"]["id"], changes[0]["new_chat_member"]["user"]["id"]) == (
        scene.sam,
        scene.anna,
    )
    notices = [message for message in told(running, "message") if "from" in message]
    assert notices[-2]["new_chat_members"][0]["id"] == scene.anna
    assert notices[-1]["left_chat_member"]["id"] == scene.anna
    with pytest.raises(ImpossibleActionError, match="not a member"):
        people.send_text(scene.anna, "x", chat_id=scene.desk)
    assert (await bot.get_chat_member(scene.desk, scene.anna)).status == "kicked"


async def test_only_administrators_hear_of_others(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    await bot.get_updates(allowed_updates=["chat_member", "my_chat_member"])
    people.set_bot_status(scene.desk, "member")
    people.add_member(scene.desk, scene.anna)
    assert told(running, "chat_member") == []
    assert [c["new_chat_member"]["status"] for c in told(running, "my_chat_member")] == ["member"]


async def test_reactions_are_told_by_the_rules(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    posted = people.send_text(scene.sam, "x", chat_id=scene.desk)
    asked = people.send_text(scene.anna, "x")
    people.react(scene.sam, posted, "👍", chat_id=scene.desk)
    people.react(scene.sam, posted, "👍", chat_id=scene.desk)
    people.react(scene.anna, asked, "👍")
    await bot.set_message_reaction(scene.desk, posted, "👀")
    people.add_member(scene.desk, scene.sam, anonymous=True)
    people.react(scene.sam, posted, "🔥", chat_id=scene.desk)
    people.set_bot_status(scene.desk, "member")
    people.react(scene.sam, posted, None, chat_id=scene.desk)

    first, second = told(running, "message_reaction")

    assert first["user"]["id"] == scene.sam
    assert first["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert second["actor_chat"]["id"] == scene.desk
    assert second["old_reaction"] == first["new_reaction"]
    running.server.tells_private_reactions = True
    people.react(scene.anna, asked, "🔥")
    assert told(running, "message_reaction")[-1]["chat"]["id"] == scene.anna
    notice = people.create_topic(scene.sam, scene.desk, "T")
    with pytest.raises(ImpossibleActionError, match="service message"):
        people.react(scene.sam, notice, "👍", chat_id=scene.desk)


async def test_a_group_becomes_a_supergroup(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    village = people.add_group("Village", is_basic=True)
    people.add_member(village, scene.sam)
    await bot.send_message(village, "before")
    assert not (await bot.get_chat(village)).is_forum

    town = people.upgrade_group(scene.sam, village)

    old, new = told(running, "message")[-2:]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (village, town)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (town, village)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(village, "after")
    assert caught.value.new_chat_id == town
    await bot.create_forum_topic(town, "T")
    people.send_text(scene.sam, "x", chat_id=town)
    with pytest.raises(ImpossibleActionError, match="no basic group"):
        people.upgrade_group(scene.sam, town)
