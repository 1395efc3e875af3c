"""Every method's answer is what both client libraries expect."""

from typing import Any

import httpx
import pytest
from pydantic import BaseModel, TypeAdapter
from telegram import (
    Bot,
    BotCommand,
    BotDescription,
    BotName,
    BotShortDescription,
    ChatFullInfo,
    ChatMember,
    File,
    ForumTopic,
    Message,
    MessageId,
    Poll,
    Sticker,
    TelegramObject,
    Update,
    User,
    WebhookInfo,
)

from tests.telegram_server.methods.registry import HANDLERS
from tests.telegram_server.people import Attachment, People
from tests.telegram_server.running import RunningServer
from tests.telegram_server.validation import method_models
from tests.unit.telegram_server.scene import Scene

# What PTB makes of an answer; the other methods answer with true, a number or nothing of its own.
_SHAPES: dict[str, type[TelegramObject]] = {
    "getMe": User,
    "getUpdates": Update,
    "getWebhookInfo": WebhookInfo,
    "getFile": File,
    "getChat": ChatFullInfo,
    "getChatMember": ChatMember,
    "getChatAdministrators": ChatMember,
    "createForumTopic": ForumTopic,
    "getForumTopicIconStickers": Sticker,
    "getMyCommands": BotCommand,
    "getMyName": BotName,
    "getMyDescription": BotDescription,
    "getMyShortDescription": BotShortDescription,
    "copyMessage": MessageId,
    "copyMessages": MessageId,
    "forwardMessages": MessageId,
    "stopPoll": Poll,
}
_PLAIN = frozenset({"sendChatAction", "sendMessageDraft", "setMessageReaction"})
# Fields newer than Bot API 10.0 that aiogram insists on.
_NEWER = frozenset({"can_send_welcome_messages"})


class Requests:
    """One good request of each kind, made in an order in which all of them succeed."""

    def __init__(self, running: RunningServer, people: People, scene: Scene) -> None:
        self._url = f"{running.base_url}{running.token}"
        self._people = people
        self._scene = scene
        self.answers: list[tuple[str, Any]] = []

    def make(self, method: str, **body: object) -> Any:  # noqa: ANN401 - JSON
        answer = httpx.post(f"{self._url}/{method}", json=body).json()
        assert answer["ok"], (method, answer)
        self.answers.append((method, answer["result"]))
        return answer["result"]

    def make_all(self) -> None:
        self._send_media()
        self._send_kinds()
        self._copy_and_edit()
        self._use_topics()
        self._ask()
        self._set_up()

    def _send_media(self) -> None:
        anna, people = self._scene.anna, self._people
        for kind in ("photo", "document", "voice", "audio", "video", "video_note", "animation"):
            people.send_file(anna, Attachment(kind))
        people.send_file(anna, Attachment("sticker"))
        for update in self.make("getUpdates"):
            message = update.get("message", {})
            for kind in ("photo", "voice", "audio", "video", "video_note", "animation", "sticker"):
                if kind in message:
                    sizes = message[kind] if kind == "photo" else [message[kind]]
                    name = "".join(word.capitalize() for word in kind.split("_"))
                    self.make(f"send{name}", chat_id=anna, **{kind: sizes[-1]["file_id"]})
            if "document" in message and "animation" not in message:
                file_id = message["document"]["file_id"]
                self.make("sendDocument", chat_id=anna, document=file_id)
                self.make("getFile", file_id=file_id)
                items = [{"type": "document", "media": file_id}] * 2
                self.make("sendMediaGroup", chat_id=anna, media=items)

    def _send_kinds(self) -> None:
        anna = self._scene.anna
        reply = {"message_id": 1, "quote": "/start"}
        buttons = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
        self.make("sendMessage", chat_id=anna, text="x", reply_parameters=reply)
        sent = self.make("sendMessage", chat_id=anna, text="/x a.b", reply_markup=buttons)
        query = self._people.press_data(anna, anna, sent["message_id"], "x")
        self.make("answerCallbackQuery", callback_query_id=query)
        self.make("sendMessageDraft", chat_id=anna, draft_id=1, text="x")
        self.make("sendChatAction", chat_id=anna, action="typing")
        point = {"latitude": 1.5, "longitude": 2.5}
        self.make("sendLocation", chat_id=anna, **point)
        self.make("sendVenue", chat_id=anna, title="T", address="A", **point)
        self.make("sendContact", chat_id=anna, phone_number="+1", first_name="C")
        self.make("sendDice", chat_id=anna)
        options = [{"text": "a"}, {"text": "b"}]
        poll = self.make("sendPoll", chat_id=anna, question="?", options=options)
        self.make("stopPoll", chat_id=anna, message_id=poll["message_id"])

    def _copy_and_edit(self) -> None:
        anna, desk = self._scene.anna, self._scene.desk
        photo = self._people.send_file(anna, Attachment("photo", caption="x"))
        there = {"chat_id": desk, "from_chat_id": anna}
        self.make("copyMessage", message_id=photo, **there)
        self.make("copyMessages", message_ids=[photo], **there)
        self.make("forwardMessage", message_id=photo, **there)
        self.make("forwardMessages", message_ids=[photo], **there)
        text = self.make("sendMessage", chat_id=anna, text="x")
        here = {"chat_id": anna, "message_id": text["message_id"]}
        self.make("editMessageText", text="y", **here)
        buttons = {"inline_keyboard": [[{"text": "x", "url": "https://a.example"}]]}
        self.make("editMessageReplyMarkup", reply_markup=buttons, **here)
        file_id = self._photo_of(photo)
        self.make("editMessageMedia", media={"type": "photo", "media": file_id}, **here)
        self.make("editMessageCaption", caption="z", **here)
        reaction = [{"type": "emoji", "emoji": "👍"}]
        self.make("setMessageReaction", reaction=reaction, **here)
        self.make("deleteMessage", **here)
        self.make("deleteMessages", chat_id=anna, message_ids=[photo])

    def _photo_of(self, number: int) -> str:
        for update in self.make("getUpdates"):
            message = update.get("message", {})
            if message.get("message_id") == number and "photo" in message:
                return str(message["photo"][-1]["file_id"])
        raise AssertionError(number)

    def _use_topics(self) -> None:
        desk = {"chat_id": self._scene.desk}
        topic = self.make("createForumTopic", name="T", **desk)
        here = {**desk, "message_thread_id": topic["message_thread_id"]}
        icons = self.make("getForumTopicIconStickers")
        emoji = icons[0]["custom_emoji_id"]
        self.make("editForumTopic", name="U", icon_custom_emoji_id=emoji, **here)
        card = self.make("sendMessage", text="card", **here)
        self.make("pinChatMessage", message_id=card["message_id"], **desk)
        self.make("getChat", **desk)
        self.make("unpinChatMessage", message_id=card["message_id"], **desk)
        self.make("unpinAllForumTopicMessages", **here)
        self.make("closeForumTopic", **here)
        self.make("reopenForumTopic", **here)
        self.make("deleteForumTopic", **here)

    def _ask(self) -> None:
        desk = {"chat_id": self._scene.desk}
        self.make("getMe")
        self.make("getChat", chat_id=self._scene.anna)
        for status in ("creator", "administrator", "member", "left", "kicked"):
            self._people.add_member(self._scene.desk, self._scene.anna, status=status)
            self.make("getChatMember", user_id=self._scene.anna, **desk)
        self.make("getChatAdministrators", **desk)
        self.make("getChatMemberCount", **desk)

    def _set_up(self) -> None:
        commands = [{"command": "help", "description": "Help"}]
        self.make("setMyCommands", commands=commands)
        self.make("getMyCommands")
        self.make("deleteMyCommands")
        for name, field in (
            ("Name", "name"),
            ("Description", "description"),
            ("ShortDescription", "short_description"),
        ):
            self.make(f"setMy{name}", **{field: "x"})
            self.make(f"getMy{name}")
        self.make("setChatMenuButton", menu_button={"type": "commands"})
        self.make("setWebhook", url="https://a.example/x", allowed_updates=["message"])
        self.make("getWebhookInfo")
        self.make("deleteWebhook")
        self.make("close")
        self.make("logOut")


def find_extra(value: object) -> list[str]:
    """List what pydantic kept because the model does not know it."""
    if isinstance(value, list):
        return [name for item in value for name in find_extra(item)]
    if not isinstance(value, BaseModel):
        return []
    inside = [getattr(value, name) for name in type(value).model_fields]
    return [*(value.model_extra or {}), *find_extra(inside)]


def check_with_aiogram(method: str, result: object) -> None:
    model = method_models()[method.lower()]
    parsed = TypeAdapter(model.__returning__).validate_python(result)
    assert find_extra(parsed) == [], method


def check_with_ptb(method: str, result: Any, bot: Bot) -> None:  # noqa: ANN401 - JSON
    shape = _SHAPES.get(method)
    if shape is None and method.startswith(("send", "forward", "edit")) and method not in _PLAIN:
        shape = None if result is True else Message
    if shape is None:
        assert result is True or isinstance(result, int), method
        return
    items = result if isinstance(result, list) else [result]
    for item in items:
        parsed = shape.de_json(item, bot)
        assert set(parsed.api_kwargs) <= _NEWER, (method, parsed.api_kwargs)


def test_every_answer_parses_in_both_libraries(
    running: RunningServer, people: People, scene: Scene
) -> None:
    requests = Requests(running, people, scene)

    requests.make_all()

    assert {method.lower() for method, _ in requests.answers} == set(HANDLERS)
    bot = Bot(running.token)
    for method, result in requests.answers:
        check_with_aiogram(method, result)
        check_with_ptb(method, result, bot)
    assert running.server.violations == []


def test_extra_fields_are_found(running: RunningServer, people: People, scene: Scene) -> None:
    requests = Requests(running, people, scene)
    sent = requests.make("sendMessage", chat_id=scene.anna, text="x")
    sent["chat"]["colour"] = "red"
    with pytest.raises(AssertionError, match="colour"):
        check_with_aiogram("sendMessage", sent)
    sent["hue"] = 7
    with pytest.raises(AssertionError, match="hue"):
        check_with_ptb("sendMessage", sent, Bot(running.token))
