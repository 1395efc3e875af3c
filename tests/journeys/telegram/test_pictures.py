"""The play of which the pictures are taken can be played; no browser is needed for that."""

import asyncio

import pytest

from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.service import Scene
from tests.telegram_server.page.stage import Cast
from tests.telegram_server.pictures import REPLY, THANKS, Play

pytestmark = pytest.mark.asyncio


async def test_the_play_comes_to_its_end(scene: Scene) -> None:
    ivan = scene.people.add_user("Ivan", language_code="ru")
    cast = Cast(scene.anna, ivan, ivan, scene.sam, scene.sam, scene.group)
    play = Play(scene.running, cast)
    async with scene.service(Advisor()):
        await asyncio.to_thread(play.ask_what_is_known)
        thread = await asyncio.to_thread(play.ask_what_is_not, "person please")
        await asyncio.to_thread(play.claim, thread)
        await asyncio.to_thread(play.talk, thread)
        await asyncio.to_thread(play.close, thread)

    (topic,) = scene.people.topics(scene.group)
    assert topic.thread_id == thread
    assert REPLY in scene.texts(scene.anna)
    assert THANKS in [view.text for view in scene.people.read_topic(scene.group, thread)]
