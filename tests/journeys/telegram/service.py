"""The service beside the local Bot API server, for tests in one process."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.desk.ports import Clock, Consultant
from bot.desk.support import Support
from bot.desk.ticket import TicketState
from bot.storage.database import Database, open_database
from handlers import wording_staff_texts as staff_texts
from handlers import wording_texts as texts
from handlers.chat.app import serve
from handlers.chat.context import ChatSettings, Door, WebhookSettings
from knowledge.translation.interpreter import Interpreter
from tests.journeys.telegram.interpreting import interpreted, with_interpreter
from tests.journeys.telegram.wiring import make_door, now
from tests.telegram_server.people import People
from tests.telegram_server.running import RunningServer
from tests.telegram_server.server import TelegramServer


def said(message: str) -> str:
    """Return the longest part of a text of the catalogs that is the same whatever its fields."""
    return max(re.split(r"\{\w+\}", message), key=len)


@dataclass(frozen=True)
class Scene:
    """The local server, a customer, a staff group, and a database that outlives the service."""

    running: RunningServer
    database: Database
    settings: ChatSettings
    anna: int
    sam: int
    group: int
    interpreter: Interpreter | None = None

    @property
    def people(self) -> People:
        """Those who act."""
        return self.running.people

    @property
    def server(self) -> TelegramServer:
        """The local server."""
        return self.running.server

    @asynccontextmanager
    async def service(
        self,
        consultant: Consultant,
        *,
        webhook: WebhookSettings | None = None,
        with_staff: bool = True,
        support: Support | None = None,
        clock: Clock = now,
    ) -> AsyncGenerator[Door, None]:
        """Run the service for a while; it must end politely."""
        group = self.group if with_staff else None
        settings = replace(self.settings, webhook=webhook, staff_group=group)
        support = interpreted(support or Support(), settings, clock, self.interpreter)
        door = make_door(settings, self.database, consultant, support, clock=clock)
        door = with_interpreter(door, self.interpreter)
        stop = asyncio.Event()
        task = asyncio.create_task(serve(door, stop=stop))
        try:
            yield door
        finally:
            stop.set()
            await asyncio.wait_for(task, 10)

    def texts(self, chat: int) -> list[str]:
        """What the bot has written in a private chat."""
        return [view.text for view in self.people.read_chat(chat) if view.is_bot]

    async def topic(self, number: int = 1) -> int:
        """Wait until there are so many topics and return the newest."""
        topics = await self.people.wait_for(
            lambda: self.people.topics(self.group)[number - 1 :], seconds=10
        )
        return topics[-1].thread_id

    async def claim(self, thread: int, *, customer: int = 0) -> None:
        """Let Sam claim the case of a topic, and wait until the customer knows."""
        label = staff_texts.CLAIM_BUTTON
        await self.people.wait_for(
            lambda: any(view.buttons for view in self.people.read_topic(self.group, thread)),
            seconds=40,
        )
        self.people.press(self.sam, label, chat_id=self.group, thread_id=thread)
        told = said(texts.CHANGE[TicketState.CLAIMED])
        await self.people.wait_for_text(customer or self.anna, told, seconds=40)

    async def topic_text(self, thread: int, part: str, *, seconds: float = 8.0) -> str:
        """Wait for a text in a topic."""

        def look() -> str | None:
            shown = self.people.read_topic(self.group, thread)
            return next((view.text for view in shown if part in view.text), None)

        return await self.people.wait_for(look, seconds=seconds)


def set_scene(running: RunningServer, folder: Path) -> Scene:
    """Let people and the staff group be there."""
    people = running.people
    group = people.add_group("Staff")
    sam = people.add_user("Sam")
    people.add_member(group, sam)
    settings = ChatSettings(token=running.token, base_url=running.root_url, staff_group=group)
    return Scene(
        running=running,
        database=open_database(folder / "desk.sqlite"),
        settings=settings,
        anna=people.add_user("Anna", language_code="en"),
        sam=sam,
        group=group,
    )
