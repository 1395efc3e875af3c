"""The same scenes with our service and with somebody else's bot: the server suits both."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Final

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.relay_bot import relay
from tests.journeys.telegram.service import Scene
from tests.telegram_server.people import Attachment, MessageView
from tests.telegram_server.state import MediaKind

pytestmark = pytest.mark.asyncio

# Ours waits a second between messages in a chat; the other kinds are tested elsewhere.
_FILES: Final[tuple[MediaKind, ...]] = ("voice", "document")
_OTHERS: Final = ("location",)
_SECONDS: Final = 15.0


@asynccontextmanager
async def run_ours(scene: Scene) -> AsyncIterator[None]:
    async with scene.service(Advisor()):
        yield


@asynccontextmanager
async def run_theirs(scene: Scene) -> AsyncGenerator[None, None]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(scene.running.root_url))
    async with Bot(scene.running.token, session=session) as bot:
        task = asyncio.create_task(relay(bot, scene.group))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


RunBot = Callable[[Scene], AbstractAsyncContextManager[None]]
both = pytest.mark.parametrize("run_bot", [run_ours, run_theirs], ids=["ours", "theirs"])


async def see(scene: Scene, chat: int, accept: Callable[[MessageView], bool]) -> MessageView:
    """Wait for a message of the bot; the newest comes first."""

    def look() -> MessageView | None:
        shown = reversed(scene.people.read_chat(chat))
        return next((view for view in shown if view.is_bot and accept(view)), None)

    return await scene.people.wait_for(look, seconds=_SECONDS)


def says(text: str) -> Callable[[MessageView], bool]:
    # The card of a case, too, tells what was asked; what is passed on is the text alone.
    return lambda view: view.text == text


def is_of(kind: str) -> Callable[[MessageView], bool]:
    return lambda view: view.kind == kind


@both
async def test_each_customer_has_a_topic(scene: Scene, run_bot: RunBot) -> None:
    people, ben = scene.people, scene.people.add_user("Ben")
    async with run_bot(scene):
        people.send_text(scene.anna, "person Anna asks")
        first = await see(scene, scene.group, says("person Anna asks"))
        people.send_text(ben, "person Ben asks")
        second = await see(scene, scene.group, says("person Ben asks"))
        assert first.thread_id != second.thread_id
        people.send_text(
            scene.sam,
            "Hello Ben",
            chat_id=scene.group,
            thread_id=second.thread_id,
            reply_to=second.message_id,
        )
        await see(scene, ben, says("Hello Ben"))
        assert "Hello Ben" not in scene.texts(scene.anna)


@both
async def test_files_and_places_go_both_ways(scene: Scene, run_bot: RunBot) -> None:
    people = scene.people
    async with run_bot(scene):
        people.send_text(scene.anna, "person please")
        asked = await see(scene, scene.group, says("person please"))
        for chat_id, sender, to, reply in (
            (None, scene.anna, scene.group, None),
            (scene.group, scene.sam, scene.anna, asked.message_id),
        ):
            for file in _FILES:
                people.send_file(sender, Attachment(file), chat_id=chat_id, reply_to=reply)
            for other in _OTHERS:
                getattr(people, f"send_{other}")(sender, chat_id=chat_id, reply_to=reply)
            for kind in (*_FILES, *_OTHERS):
                view = await see(scene, to, is_of(kind))
                assert view.thread_id == (asked.thread_id if to == scene.group else None)


@both
async def test_formatting_and_captions_arrive(scene: Scene, run_bot: RunBot) -> None:
    people = scene.people
    async with run_bot(scene):
        people.send_text(scene.anna, "person please")
        asked = await see(scene, scene.group, says("person please"))
        chat, reply = scene.group, asked.message_id
        people.send_html(scene.sam, "It <b>is</b> so", chat_id=chat, reply_to=reply)
        assert (await see(scene, scene.anna, says("It is so"))).html == "It <b>is</b> so"
        plan = Attachment("photo", "the plan")
        people.send_file(scene.sam, plan, chat_id=chat, reply_to=reply)
        view = await see(scene, scene.anna, says("the plan"))
        assert (view.kind, view.is_forwarded) == ("photo", False)


@both
async def test_a_broken_poll_loses_nothing(scene: Scene, run_bot: RunBot) -> None:
    people = scene.people
    async with run_bot(scene):
        people.send_text(scene.anna, "person please")
        asked = await see(scene, scene.group, says("person please"))
        scene.server.restart()
        people.send_text(scene.sam, "Still here", chat_id=scene.group, reply_to=asked.message_id)
        await see(scene, scene.anna, says("Still here"))
        assert scene.texts(scene.anna).count("Still here") == 1
