"""A stage for the sender: storage in memory, and a Telegram that does what a test says."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from bot.desk.conversation import Conversation
from bot.desk.mail import Delivery, Draft
from bot.desk.ports import UnitOfWork
from bot.desk.questions import Sender as Asker
from handlers.chat.outbox import Sender
from handlers.chat.reading import address_of
from handlers.chat.topics import topic_key
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import GROUP, ScriptedApi, make_door, make_line


class Telegram:
    """Takes every call, and numbers what is sent."""

    def __init__(self) -> None:
        self.number = 100
        self.refuse: Callable[[str, Mapping[str, object]], Exception | None] = lambda *_: None
        self.api = ScriptedApi(
            {
                name: self._answering(name)
                for name in (
                    "sendMessage",
                    "editMessageReplyMarkup",
                    "closeForumTopic",
                    "reopenForumTopic",
                    "copyMessage",
                    "createForumTopic",
                    "editForumTopic",
                    "setMessageReaction",
                )
            }
        )

    def _answering(self, name: str) -> Callable[[Mapping[str, object]], object]:
        def answer(parameters: Mapping[str, object]) -> object:
            refusal = self.refuse(name, parameters)
            if refusal is not None:
                return refusal
            self.number += 1
            key = "message_thread_id" if name == "createForumTopic" else "message_id"
            return {key: self.number}

        return answer

    def texts(self, chat: int) -> list[str]:
        """What was said in a chat, in its order; a copy by its number."""
        sent = [p for name, p in self.api.calls if name in {"sendMessage", "copyMessage"}]
        return [str(p.get("text") or p["message_id"]) for p in sent if p["chat_id"] == chat]


class Stage:
    def __init__(self, *, groups: Sequence[int] = (GROUP,)) -> None:
        self.telegram = Telegram()
        self.storage = MemoryStorage()
        self.door = make_door(self.storage)
        self.door.settings.staff_group = groups[0] if groups else None
        self.door.settings.more_groups = tuple(groups[1:])
        self.line = make_line(self.telegram.api)

    def ticket(self, chat: int, *, group: int = GROUP, thread: int = 0) -> int:
        def open_it(unit: UnitOfWork) -> int:
            ticket = unit.tickets.open(
                self._conversation(unit, chat).id, reason="r", urgent=False, at=self.door.clock()
            )
            if thread:
                unit.tickets.set_topic(ticket.id, topic_key(group, thread))
            return ticket.id

        return self.door.transact_now(open_it)

    def put(self, *drafts: Draft) -> list[int]:
        return self.door.transact_now(lambda unit: unit.outbox.put(drafts))

    def spend(self, chat: int, calls: int) -> None:
        def take(unit: UnitOfWork) -> None:
            for _ in range(calls):
                self.line.limiter.room(unit.meters, chat).take()

        self.door.transact_now(take)

    def state(self, row: int) -> Delivery:
        return self.door.transact_now(lambda unit: unit.outbox.get(row).state)

    async def send(self, until: Callable[[], bool], *, pace: float = 0.0) -> None:
        sender = Sender(self.door, self.line)
        task = asyncio.create_task(sender.run())
        async with asyncio.timeout(10):
            while not until() and not task.done():
                self.line.mail.set()
                await self.line.sleep(pace)
                await asyncio.sleep(0.005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await sender.finish(1.0)

    async def send_all(self, *, pace: float = 0.0) -> None:
        def over() -> bool:
            return self.door.transact_now(lambda unit: unit.outbox.waiting()) == 0

        await self.send(over, pace=pace)

    async def send_until_it_ends(self) -> None:
        async with asyncio.timeout(10):
            await Sender(self.door, self.line).run()

    def _conversation(self, unit: UnitOfWork, chat: int) -> Conversation:
        customer = unit.customers.meet(Asker(identity=str(chat), name="A"), "telegram")
        return unit.conversations.open(customer, address_of(chat))
