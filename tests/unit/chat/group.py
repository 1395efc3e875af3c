"""A staff group whose members and presses a test makes up."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from telegram import Update
from telegram.error import BadRequest

from bot.desk.mail import InboxRow
from bot.desk.questions import Message, Sender
from handlers.chat.reading import address_of
from handlers.chat.workers import CURRENT, Handling
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import GROUP, ScriptedApi, make_door, make_line

SAM: Final = 11
THREAD: Final = 9


@dataclass
class Group:
    """Members by id as Telegram would describe them; nobody else is in it."""

    members: dict[int, dict[str, object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let Sam in."""
        self.members.setdefault(SAM, {"status": "member"})
        self.storage = MemoryStorage()
        self.door = make_door(self.storage)
        self.answers: list[Mapping[str, object]] = []
        self.late = False
        self.answered = asyncio.Event()
        self.api = ScriptedApi()
        self.api.answers["getChatMember"] = self._describe
        self.api.answers["answerCallbackQuery"] = self._answer
        self.line = make_line(self.api)

    def _describe(self, parameters: Mapping[str, object]) -> object:
        found = self.members.get(int(str(parameters["user_id"])))
        return found or BadRequest("Bad Request: user not found")

    def _answer(self, parameters: Mapping[str, object]) -> object:
        if self.late:
            return BadRequest("Query is too old and response timeout expired")
        self.answers.append(parameters)
        self.answered.set()
        return True

    def open_case(self, customer: int, name: str) -> None:
        """Let somebody who asked for a person wait in the topic."""
        sender, address = Sender(identity=str(customer), name=name), address_of(customer)
        asked = Message(address=address, sender=sender, reference="1", text="person")
        self.door.desk.ask_for_person(asked)
        self.door.transact_now(lambda unit: unit.tickets.set_topic(1, f"{GROUP}/{THREAD}"))

    @property
    def asked(self) -> int:
        """How often Telegram was asked who somebody is."""
        return sum(method == "getChatMember" for method, _ in self.api.calls)

    def begin(self) -> Handling:
        """Begin to handle an update, as a worker does."""
        with self.storage() as unit:
            moment = self.door.clock()
            unit.inbox.put(source="t", number=self._next(), queue="q", raw="{}", at=moment)
            row = unit.inbox.next(excluding=frozenset())
            unit.commit()
        assert isinstance(row, InboxRow)
        handling = Handling(row)
        CURRENT.set(handling)
        return handling

    def _next(self) -> int:
        return len(self.storage.state.inbox) + 1

    def lines(self) -> list[str]:
        """What stands in the outbox for topics that need not be a ticket's."""
        rows = self.storage.state.outbox.values()
        return [str(row.payload["plain"]) for row in rows if row.queue.startswith("telegram:topic")]


def user(number: int, name: str = "Sam") -> dict[str, object]:
    return {"id": number, "is_bot": False, "first_name": name}


def press(data: str, *, by: int = SAM, chat: int = GROUP) -> Update:
    """A press of a button in the topic of a case, or in a private chat."""
    kind = {"type": "supergroup", "title": "Staff"} if chat < 0 else {"type": "private"}
    topic = {"message_thread_id": THREAD, "is_topic_message": True} if chat < 0 else {}
    message = {"message_id": 20, "date": 1, "chat": {"id": chat, **kind}, "text": "x", **topic}
    query = {"id": "1", "from": user(by), "chat_instance": "1", "data": data, "message": message}
    return Update.de_json({"update_id": 1, "callback_query": query}, None)


def written(*, by: int = SAM, sender_chat: int = 0) -> Update:
    """A message in the topic of a case."""
    chat = {"id": GROUP, "type": "supergroup", "title": "Staff"}
    as_chat = {"sender_chat": {"id": sender_chat, "type": "channel", "title": "C"}}
    message = {
        "message_id": 21,
        "date": 1,
        "chat": chat,
        "from": user(by),
        "text": "Hello",
        "message_thread_id": THREAD,
        "is_topic_message": True,
        **(as_chat if sender_chat else {}),
    }
    return Update.de_json({"update_id": 1, "message": message}, None)
