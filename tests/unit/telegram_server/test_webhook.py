import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot

from tests.telegram_server.people import People
from tests.telegram_server.running import RunningServer
from tests.unit.telegram_server.scene import Scene

pytestmark = pytest.mark.asyncio
SECRET = "s3cret"  # noqa: S105 - made up for these tests


class Listener:
    """A minimal HTTP server that answers as it is told and keeps what it is sent."""

    def __init__(self) -> None:
        self.updates: list[dict[str, dict[str, str]]] = []
        self.heads: list[str] = []
        self.statuses: list[int] = []
        self.bodies: list[str] = []
        self.address = ""
        self.writers: list[asyncio.StreamWriter] = []

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        ended = (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError)
        with contextlib.suppress(*ended):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
                self.updates.append(json.loads(await reader.readexactly(length)))
                self.heads.append(head)
                status = self.statuses.pop(0) if self.statuses else 200
                body = self.bodies.pop(0) if self.bodies else ""
                start = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write((start + body).encode())
        writer.close()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates if "message" in update]


@pytest_asyncio.fixture
async def listener() -> AsyncIterator[Listener]:
    made = Listener()
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    yield made
    server.close()
    for writer in made.writers:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@pytest.fixture(autouse=True)
def _quick(running: RunningServer) -> None:
    running.server.webhook_delay_factor = 0.005


async def test_waiting_and_new_updates_are_posted_with_the_secret(
    bot: Bot, people: People, scene: Scene, listener: Listener
) -> None:
    await bot.set_webhook(listener.address, secret_token=SECRET)
    people.send_text(scene.anna, "hello")

    await people.wait_for(lambda: len(listener.updates) == 2)

    assert listener.texts() == ["/start", "hello"]
    assert f"x-telegram-bot-api-secret-token: {SECRET}" in listener.heads[0]
    assert (await bot.get_webhook_info()).url == listener.address
    # The last update counts as delivered once the answer to it has been read.
    async with asyncio.timeout(5):
        while (await bot.get_webhook_info()).pending_update_count:  # noqa: ASYNC110 - it is asked
            await asyncio.sleep(0.01)


async def test_one_chat_waits_for_its_head_while_others_go_on(
    bot: Bot, people: People, scene: Scene, listener: Listener, running: RunningServer
) -> None:
    running.server.webhook_delay_factor = 0.1
    listener.statuses = [500]
    await bot.set_webhook(listener.address)
    await people.wait_for(lambda: listener.updates)
    people.send_text(scene.anna, "second")
    people.send_text(scene.sam, "in the group", chat_id=scene.desk)

    await people.wait_for(lambda: len(listener.updates) == 4)

    assert listener.texts() == ["/start", "in the group", "/start", "second"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 X"


async def test_a_press_does_not_wait_for_messages(
    bot: Bot, people: People, scene: Scene, listener: Listener, running: RunningServer
) -> None:
    running.server.webhook_delay_factor = 0.1
    listener.statuses = [500, 200]
    await bot.set_webhook(listener.address)
    await people.wait_for(lambda: listener.updates)
    people.press_data(scene.anna, scene.anna, 1, "x")

    await people.wait_for(lambda: len(listener.updates) == 3)

    assert ["message" in update for update in listener.updates] == [True, False, True]


@pytest.mark.usefixtures("scene")
async def test_failures_are_retried_until_accepted(
    bot: Bot, people: People, listener: Listener, running: RunningServer
) -> None:
    listener.statuses = [500, 403, 502]
    await bot.set_webhook(listener.address)

    await people.wait_for(lambda: len(listener.updates) == 4)

    assert listener.texts() == ["/start"] * 4
    courier = running.server.doors[running.bot.user.id].courier
    await people.wait_for(lambda: len(courier.state.attempts) == 4)
    assert [attempt.status for attempt in courier.state.attempts] == [500, 403, 502, 200]


async def test_an_unreachable_listener_is_told_of_in_the_info(
    bot: Bot, people: People, scene: Scene
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")
    people.send_text(scene.anna, "x")

    async def failed() -> bool:
        return bool((await bot.get_webhook_info()).last_error_message)

    for _ in range(200):
        if await failed():
            break
        await asyncio.sleep(0.01)
    assert await failed()
    assert (await bot.get_webhook_info()).pending_update_count == 2


@pytest.mark.usefixtures("scene")
async def test_duplicate_deliveries_can_be_planned(
    bot: Bot, people: People, listener: Listener, running: RunningServer
) -> None:
    running.server.faults.webhook_copies = 2
    await bot.set_webhook(listener.address)

    await people.wait_for(lambda: len(listener.updates) == 2)

    assert listener.updates[0] == listener.updates[1]


@pytest.mark.usefixtures("scene")
async def test_pending_updates_can_be_dropped(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/", drop_pending_updates=True)

    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_a_method_may_stand_in_the_answer(
    bot: Bot, people: People, scene: Scene, listener: Listener, running: RunningServer
) -> None:
    answer = {"method": "sendMessage", "chat_id": scene.anna, "text": "Welcome"}
    listener.bodies = [json.dumps(answer), json.dumps({"method": "getMe"})]
    await bot.set_webhook(listener.address)

    await people.wait_for_text(scene.anna, "Welcome")

    people.send_text(scene.anna, "more")
    await people.wait_for(lambda: running.server.violations)
    assert running.server.violations == ["webhook answers with getMe, which is ignored"]


async def test_a_press_may_overtake_the_message_before_it(
    bot: Bot, people: People, scene: Scene, listener: Listener, running: RunningServer
) -> None:
    await bot.set_webhook(listener.address)
    await people.wait_for(lambda: listener.updates)
    running.server.faults.webhook_holds["message"] = 0.2
    asked = people.send_text(scene.anna, "first")
    people.press_data(scene.anna, scene.anna, asked, "second")

    await people.wait_for(lambda: len(listener.updates) == 3)

    assert [next(iter(set(u) - {"update_id"})) for u in listener.updates] == [
        "message",
        "callback_query",
        "message",
    ]


async def test_a_webhook_that_is_gone_for_a_day_is_unset(
    bot: Bot, people: People, scene: Scene, listener: Listener, running: RunningServer
) -> None:
    people.send_text(scene.anna, "hello")
    listener.statuses = [410] * 99
    await bot.set_webhook(listener.address)
    await people.wait_for(lambda: len(listener.updates) > 1)
    assert (await bot.get_webhook_info()).url
    running.server.clock.advance(23 * 3600)

    async with asyncio.timeout(5):
        while (await bot.get_webhook_info()).url:  # noqa: ASYNC110 - it is asked
            await asyncio.sleep(0.01)

    kept = [u.message.text for u in await bot.get_updates() if u.message]
    assert kept == ["/start", "hello"]
