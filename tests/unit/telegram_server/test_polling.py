import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict, NetworkError

from tests.telegram_server.people import People
from tests.telegram_server.running import RunningServer
from tests.telegram_server.shapes import DAY
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio


async def test_offsets_confirm(bot: Bot, people: People, scene: Scene) -> None:
    for number in range(3):
        people.send_text(scene.anna, str(number))
    everything = await bot.get_updates()
    assert len(everything) == 4
    assert len(await bot.get_updates()) == 4
    assert len(await bot.get_updates(limit=2)) == 2

    rest = await bot.get_updates(offset=everything[1].update_id + 1)

    assert [update.update_id for update in rest] == [u.update_id for u in everything[2:]]
    assert len(await bot.get_updates(offset=-1)) == 1


async def test_a_waiting_poll_is_woken(bot: Bot, people: People, scene: Scene) -> None:
    (start,) = await bot.get_updates()
    poll = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=20))
    await asyncio.sleep(0.05)

    people.send_text(scene.anna, "hello")

    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "hello"


@pytest.mark.usefixtures("scene")
async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    await bot.get_updates(offset=-1)
    offset = (await bot.get_updates())[-1].update_id + 1
    first = asyncio.create_task(bot.get_updates(offset=offset, timeout=20))
    await asyncio.sleep(0.05)

    await bot.get_updates(offset=offset, timeout=0)

    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that"):
        await first


async def test_no_polling_beside_a_webhook(bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await first
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_restart_ends_polls_and_keeps_updates(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    offset = (await bot.get_updates())[-1].update_id + 1
    poll = asyncio.create_task(bot.get_updates(offset=offset, timeout=20))
    await asyncio.sleep(0.05)
    running.server.restart()
    with pytest.raises(NetworkError, match="restart"):
        await poll
    people.send_text(scene.anna, "after")
    assert len(await bot.get_updates(offset=offset)) == 1


async def test_allowed_updates(bot: Bot, people: People, scene: Scene) -> None:
    asked = people.send_text(scene.sam, "x", chat_id=scene.desk)
    people.react(scene.sam, asked, "👍", chat_id=scene.desk)
    assert [u.message_reaction for u in await bot.get_updates()] == [None, None]
    await bot.get_updates(offset=-1, allowed_updates=["message_reaction"])
    # Leaving the parameter out keeps the former choice.
    await bot.get_updates()

    people.send_text(scene.anna, "not wanted")
    people.react(scene.sam, asked, "👎", chat_id=scene.desk)

    kinds = [update.message_reaction is not None for update in await bot.get_updates()]
    assert kinds == [False, True]


async def test_updates_are_kept_for_a_day_and_presses_for_150_seconds(
    bot: Bot, running: RunningServer, people: People, scene: Scene
) -> None:
    people.press_data(scene.anna, scene.anna, 1, "x")
    running.server.clock.advance(149)
    assert len(await bot.get_updates()) == 2
    running.server.clock.advance(1)
    assert len(await bot.get_updates()) == 1
    running.server.clock.advance(DAY)
    assert len(await bot.get_updates()) == 0
