"""What users of other bots complain about, one test or more for each."""

import asyncio
from collections.abc import Mapping
from typing import Final

import httpx
import pytest
from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.error import BadRequest, InvalidToken, NetworkError

from bot.desk.mail import Delivery
from handlers.chat.buttons import Action
from handlers.chat.context import WebhookSettings
from handlers.chat.inbox import Receiver
from handlers.chat.letters import card_of, to_chat, to_topic
from handlers.chat.polling import Poller
from handlers.chat.presses import Pressed, Presses
from handlers.chat.webhook import register_webhook, remove_webhook
from handlers.chat.workers import Workers
from knowledge.errors import TokenRefused
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import GROUP, ScriptedApi, lost, make_door, make_line
from tests.unit.chat.stage import Stage

pytestmark = pytest.mark.asyncio

_NOT_MODIFIED: Final = BadRequest("Bad Request: message is not modified: exactly the same")
_HELLO: Final = to_chat("5", "sendMessage", {"text": "hello"}, extra={"after": 7})


async def test_an_answer_whose_confirmation_was_lost_is_not_sent_again() -> None:
    stage = Stage()
    stage.telegram.refuse = lambda name, _: lost() if name == "sendMessage" else _NOT_MODIFIED
    (row,) = stage.put(_HELLO)
    await stage.send_all()
    assert stage.telegram.texts(5) == ["hello"]
    assert stage.state(row) is Delivery.SENT


async def test_an_answer_that_did_not_arrive_is_sent_again_and_only_once() -> None:
    stage, answers = Stage(), [lost()]
    absent = BadRequest("Bad Request: message to edit not found")

    def refuse(name: str, _: Mapping[str, object]) -> Exception | None:
        if name == "editMessageReplyMarkup":
            return absent
        return answers.pop() if answers else None

    stage.telegram.refuse = refuse
    stage.put(_HELLO)
    await stage.send_all()
    assert stage.telegram.texts(5) == ["hello"] * 2


@pytest.mark.parametrize("cause", [httpx.PoolTimeout("full"), httpx.ConnectTimeout("slow")])
async def test_what_never_left_is_sent_again_without_asking(cause: Exception) -> None:
    stage, answers = Stage(), [lost(cause)]
    stage.telegram.refuse = lambda *_: answers.pop() if answers else None
    (row,) = stage.put(_HELLO)
    await stage.send(lambda: len(stage.telegram.api.calls) == 1)
    stage.door.transact_now(lambda unit: unit.outbox.postpone(row, stage.door.clock()))
    await stage.send_all()
    assert [name for name, _ in stage.telegram.api.calls] == ["sendMessage"] * 2


async def test_what_cannot_be_found_out_is_never_sent_again() -> None:
    stage = Stage()
    stage.telegram.refuse = lambda name, _: lost() if name == "sendMessage" else NetworkError("?")
    (row,) = stage.put(_HELLO)
    await stage.send_all(pace=1.0)
    assert stage.telegram.texts(5) == ["hello"]
    assert stage.state(row) is Delivery.UNKNOWN


async def test_a_backlog_that_comes_again_after_a_restart_is_handled_once() -> None:
    door, handled = make_door(MemoryStorage()), list[int]()
    updates = [
        {"update_id": n, "message": {"chat": {"id": n % 3 + 1}, "message_id": n}}
        for n in range(1, 10)
    ]
    for _ in range(3):
        line = make_line(ScriptedApi())
        await Receiver(door, line).store(updates)

        async def handle(row: object) -> None:
            handled.append(getattr(row, "number", 0))

        async def rescue(*_: object) -> bool:
            return False

        workers = Workers(door, line, handle=handle, rescue=rescue)
        task = asyncio.create_task(workers.run())
        async with asyncio.timeout(5):
            while len(handled) < 9:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await workers.finish(1.0)
    assert sorted(handled) == list(range(1, 10))


async def test_what_piled_up_is_never_thrown_away_at_the_start() -> None:
    answers = {
        "getWebhookInfo": lambda _: {"url": "https://old.example"},
        "setWebhook": lambda _: True,
        "deleteWebhook": lambda _: True,
    }
    api = ScriptedApi(answers)
    hook = WebhookSettings(url="https://example.org", secret="x")  # noqa: S106 - made up
    await register_webhook(make_line(api), hook)
    await remove_webhook(make_line(api))
    dropped = [p["drop_pending_updates"] for name, p in api.calls if name != "getWebhookInfo"]
    assert dropped == [False, False]


async def test_replicas_that_start_together_register_a_webhook_once() -> None:
    known: dict[str, object] = {"url": ""}

    def register(wanted: Mapping[str, object]) -> bool:
        known.update(wanted)
        return True

    api = ScriptedApi({"getWebhookInfo": lambda _: known, "setWebhook": register})
    hook = WebhookSettings(url="https://example.org", secret="x")  # noqa: S106 - made up
    for _ in range(3):
        await register_webhook(make_line(api), hook)
    assert [name for name, _ in api.calls].count("setWebhook") == 1


async def test_a_change_that_changes_nothing_is_done() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    stage.door.transact_now(lambda u: u.links.add((str(GROUP), "50"), card_of(ticket)))
    stage.telegram.refuse = lambda *_: _NOT_MODIFIED
    card = to_topic(
        ticket, "editMessageReplyMarkup", {"reply_markup": {}}, extra={"edits": card_of(ticket)}
    )
    (row,) = stage.put(card)
    await stage.send_all()
    assert stage.state(row) is Delivery.SENT
    assert len(stage.telegram.api.calls) == 1


def press(data: str) -> Update:
    anna = User(5, "Anna", is_bot=False)
    message = Message(70, None, Chat(5, "private"), text="?")  # type: ignore[arg-type]
    return Update(1, callback_query=CallbackQuery("q", anna, "c", message=message, data=data))


@pytest.mark.parametrize(
    "refusal",
    [None, BadRequest("Bad Request: query is too old and response timeout expired")],
)
async def test_a_press_is_answered_first_and_counts_even_when_that_is_too_late(
    refusal: Exception | None,
) -> None:
    order: list[str] = []

    def answer(_: Mapping[str, object]) -> object:
        order.append("answered")
        return refusal or True

    async def rated(pressed: Pressed) -> None:
        order.append(f"handled {pressed.press.id}")

    line = make_line(ScriptedApi({"answerCallbackQuery": answer}))
    presses = Presses(make_door(MemoryStorage()), line, {Action.HELPFUL: rated}, {})
    await presses.pressed(press("v1:up:7"), None)  # type: ignore[arg-type]
    assert order == ["answered", "handled 7"]


async def test_only_markup_that_is_not_understood_is_sent_as_plain_text() -> None:
    stage = Stage()
    marked = to_chat(
        "5", "sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, extra={"plain": "x"}
    )
    other = to_chat(
        "6", "sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, extra={"plain": "x"}
    )

    def refuse(_: str, parameters: Mapping[str, object]) -> Exception | None:
        if "parse_mode" not in parameters:
            return None
        said = "can't parse entities: byte offset 3" if parameters["chat_id"] == 5 else "not now"
        return BadRequest(f"Bad Request: {said}")

    stage.telegram.refuse = refuse
    _, refused = stage.put(marked, other)
    await stage.send_all()
    assert stage.telegram.texts(5) == ["<b>x", "x"]
    assert stage.telegram.texts(6) == ["<b>x"]
    assert stage.state(refused) is Delivery.FAILED


async def test_what_is_sent_as_plain_text_still_says_what_it_replies_to() -> None:
    stage = Stage()
    ticket = stage.ticket(5, thread=11)
    markup: dict[str, list[object]] = {"inline_keyboard": []}
    parameters = {"text": "<b>Not sent", "parse_mode": "HTML", "reply_markup": markup}
    beside = {"reply_parameters": {"message_id": 9, "quote": "<b>x", "quote_parse_mode": "HTML"}}
    stage.telegram.refuse = lambda _, sent: (
        BadRequest("Bad Request: can't parse entities") if "parse_mode" in sent else None
    )
    extra = {"plain": "Not sent"}
    stage.put(to_topic(ticket, "sendMessage", {**parameters, **beside}, extra=extra))
    await stage.send_all()
    _, sent = stage.telegram.api.calls[-1]
    assert sent["reply_parameters"] == {"message_id": 9}
    assert sent["reply_markup"] == markup


async def test_a_token_that_is_refused_ends_sending_and_fetching() -> None:
    stage = Stage()
    stage.telegram.refuse = lambda *_: InvalidToken()
    (row,) = stage.put(_HELLO)
    with pytest.raises(TokenRefused):
        await stage.send_until_it_ends()
    assert stage.state(row) is Delivery.PENDING
    api = ScriptedApi({"getUpdates": lambda _: InvalidToken()})
    line = make_line(api)
    with pytest.raises(TokenRefused):
        await Poller(line, Receiver(stage.door, line)).run()
    assert len(api.calls) == 1, "it does not spin"
