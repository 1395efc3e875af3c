import httpx
import pytest
from telegram import Bot
from telegram.error import TelegramError

from tests.telegram_server.running import RunningServer
from tests.telegram_server.shapes import JsonObject
from tests.unit.telegram_server.scene import Scene


def post(running: RunningServer, method: str, body: JsonObject) -> httpx.Response:
    return httpx.post(f"{running.base_url}{running.token}/{method}", json=body)


@pytest.mark.parametrize(
    ("method", "body", "code", "words"),
    [
        ("noSuchMethod", {}, 404, "unknown method noSuchMethod"),
        ("sendRichMessage", {"chat_id": 1}, 404, "unknown method"),
        ("banChatMember", {"chat_id": 1, "user_id": 1}, 501, "banChatMember is not supported"),
        ("sendMessage", {"chat_id": 1}, 400, "sendMessage: text: Field required"),
        ("sendMessage", {"chat_id": 1, "text": "x", "txt": 1}, 400, "unknown parameter txt"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_to_message_id": 1},
            400,
            "unknown parameter reply_to_message_id",
        ),
        ("sendMessage", {"chat_id": 1, "text": "x", "message_thread_id": "q"}, 400, "integer"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 1, "quot": "x"}},
            400,
            "unknown field sendMessage.reply_parameters.quot",
        ),
        ("editEphemeralMessageText", {"chat_id": 1}, 404, "unknown method"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"ephemeral_message_id": 1}},
            400,
            "unknown field sendMessage.reply_parameters.ephemeral_message_id",
        ),
    ],
)
def test_requests_no_correct_bot_makes(
    running: RunningServer, method: str, body: JsonObject, code: int, *, words: str
) -> None:
    answer = post(running, method, body)

    assert answer.status_code == code
    assert answer.json()["ok"] is False
    assert len(running.server.violations) == 1
    assert words in running.server.violations[0]


def test_every_parse_mode_is_understood(running: RunningServer, scene: Scene) -> None:
    def send(mode: str, text: str) -> JsonObject:
        body = {"chat_id": scene.anna, "text": text, "parse_mode": mode}
        answer: JsonObject = post(running, "sendMessage", body).json()
        return answer

    for mode, text in (("HTML", "<b>x</b>"), ("MarkdownV2", "*x*"), ("markdown", "*x*")):
        assert send(mode, text)["result"]["entities"][0]["type"] == "bold"
    assert send("rst", "x")["description"] == "Bad Request: unsupported parse_mode"


def test_parameters_come_by_query_form_or_json(running: RunningServer, scene: Scene) -> None:
    url = f"{running.base_url}{running.token}/sendmessage"
    values = {"chat_id": str(scene.anna), "text": "123"}

    answers = [
        httpx.get(url, params=values),
        httpx.post(url, data=values),
        httpx.post(url, json=values),
        httpx.post(url, data=values, files={"unused": b"x"}),
    ]

    assert [answer.json()["result"]["text"] for answer in answers] == ["123"] * 4
    assert running.server.violations == []


def test_errors_are_recorded_with_their_calls(running: RunningServer, scene: Scene) -> None:
    post(running, "sendMessage", {"chat_id": scene.anna, "text": ""})

    (call,) = running.server.calls
    assert call.method == "sendMessage"
    assert call.error == "Bad Request: message text is empty"
    assert running.server.violations == []


@pytest.mark.asyncio
async def test_unsupported_calls_of_ptb_fail(bot: Bot, scene: Scene) -> None:
    with pytest.raises(TelegramError, match="sendGame is not supported"):
        await bot.send_game(scene.anna, "snake")
