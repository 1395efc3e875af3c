"""Updates by webhook: stored before Telegram hears 200, and from nobody else."""

import asyncio
import socket
from contextlib import closing
from dataclasses import replace

import httpx
import pytest

from handlers.chat.app import serve
from handlers.chat.context import WebhookSettings
from handlers.chat.inbox import ALLOWED_UPDATES
from knowledge.errors import PortInUse
from tests.journeys.telegram.consulting import Advisor
from tests.journeys.telegram.service import Scene
from tests.journeys.telegram.wiring import make_door

pytestmark = pytest.mark.asyncio


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def webhook() -> WebhookSettings:
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    return WebhookSettings(url=url, secret="made-up", port=port)  # noqa: S106 - made up


async def test_questions_come_by_webhook(scene: Scene, webhook: WebhookSettings) -> None:
    scene.people.send_text(scene.anna, "permit before the start?")
    async with scene.service(Advisor(), webhook=webhook):
        await scene.people.wait_for_text(scene.anna, "permit before the start?”")
        scene.people.send_text(scene.anna, "permit?")
        await scene.people.wait_for_text(scene.anna, "“permit?”")
        scene.people.send_text(scene.anna, "person please")
        topic = await scene.topic()
        await scene.claim(topic)
        scene.people.send_text(scene.sam, "Hello", chat_id=scene.group, thread_id=topic)
        await scene.people.wait_for_text(scene.anna, "Hello", seconds=8)


async def test_what_is_delivered_twice_is_answered_once(
    scene: Scene, webhook: WebhookSettings
) -> None:
    scene.server.faults.webhook_copies = 2
    async with scene.service(Advisor(), webhook=webhook):
        scene.people.send_text(scene.anna, "permit one?")
        await scene.people.wait_for_text(scene.anna, "“permit one?”")
        scene.people.send_text(scene.anna, "permit two?")
        await scene.people.wait_for_text(scene.anna, "“permit two?”")
    assert len(scene.texts(scene.anna)) == 2


async def test_a_webhook_is_set_once_and_polling_takes_it_away(
    scene: Scene, webhook: WebhookSettings
) -> None:
    for _ in range(2):
        async with scene.service(Advisor(), webhook=webhook):
            scene.people.send_text(scene.anna, "/help")
            await scene.people.wait_for_text(scene.anna, "/human")
    set_calls = [call for call in scene.server.calls if call.method == "setWebhook"]
    assert [call.parameters["allowed_updates"] for call in set_calls] == [ALLOWED_UPDATES]
    scene.people.send_text(scene.anna, "permit by polling?")
    async with scene.service(Advisor()):
        await scene.people.wait_for_text(scene.anna, "permit by polling?”", seconds=8)
    assert not any(call.parameters.get("drop_pending_updates") for call in scene.server.calls)


async def test_strangers_are_refused(scene: Scene, webhook: WebhookSettings) -> None:
    header = "X-Telegram-Bot-Api-Secret-Token"
    async with scene.service(Advisor(), webhook=webhook), httpx.AsyncClient() as client:
        scene.people.send_text(scene.anna, "/help")
        await scene.people.wait_for_text(scene.anna, "/human")
        answers = {
            name: await client.post(webhook.url, content=body, headers={header: secret})
            for name, body, secret in (
                ("wrong secret", b"{}", "guess"),
                ("no JSON", b"nonsense", webhook.secret),
                ("a list", b"[]", webhook.secret),
                ("too large", b" " * 2_000_000, webhook.secret),
                ("no number", b"{}", webhook.secret),
            )
        }
        elsewhere = await client.get(webhook.url)
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "wrong secret": 403,
        "no JSON": 400,
        "a list": 400,
        "too large": 413,
        "no number": 200,
    }
    assert elsewhere.status_code == 405


async def test_a_new_secret_is_told_to_telegram(scene: Scene, webhook: WebhookSettings) -> None:
    for number, secret in enumerate(("first", "second")):
        settings = replace(webhook, secret=secret)
        async with scene.service(Advisor(), webhook=settings):
            scene.people.send_text(scene.anna, f"permit {number}?")
            await scene.people.wait_for_text(scene.anna, f"permit {number}?”")


async def test_a_port_in_use_is_told(scene: Scene, webhook: WebhookSettings) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", webhook.port))
        other.listen()
        door = make_door(replace(scene.settings, webhook=webhook), scene.database, Advisor())
        with pytest.raises(PortInUse):
            await serve(door, stop=asyncio.Event())
