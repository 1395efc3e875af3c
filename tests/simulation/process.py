"""One life of the service: every part of it real, but for Telegram, the clock and the thinking."""

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.desk.desk import Desk
from bot.desk.outcomes import Outcome
from bot.desk.ports import Consultant
from bot.desk.questions import Question
from bot.i18n.translations import Translations
from handlers.chat.albums import Albums
from handlers.chat.api import Api
from handlers.chat.boxes import MessageBoxes
from handlers.chat.composer import TelegramComposer
from handlers.chat.context import ChatSettings, Door, Line
from handlers.chat.inbox import Receiver
from handlers.chat.limiter import Limiter
from handlers.chat.outbox import Sender
from handlers.chat.polling import Poller
from handlers.chat.routing import Dispatch
from handlers.chat.workers import Workers
from handlers.wording import Wording
from tests.journeys.telegram.consulting import Advisor
from tests.simulation.life import Life
from tests.simulation.strands import pause
from tests.simulation.telegram import TOKEN
from tests.simulation.watched_units import WatchedUnits

BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class _Offline(BaseRequest):
    """Only tells the bot its name."""

    @property
    def read_timeout(self) -> float:
        """Nothing is read."""
        return 1.0

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is open."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: object,
        **others: object,
    ) -> tuple[int, bytes]:
        """Answer ``getMe``."""
        del url, method, request_data, timeouts, others
        me = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "Outbound Desk"}
        return 200, json.dumps({"ok": True, "result": {**me, "username": "desk_bot"}}).encode()


@cache
def _wording() -> Wording:
    return Wording(Translations())


@cache
def _bot() -> ExtBot[None]:
    """The library's bot; it parses and dispatches, and never sends."""
    return ExtBot(TOKEN, request=_Offline(), get_updates_request=_Offline())


@cache
def prepare() -> None:
    """Make what all worlds share: the first must not go another way because it waits for that."""
    asyncio.run(_bot().initialize())


class Thinker:
    """Answers as scripted after a while, during which everybody else goes on."""

    def __init__(self, life: Life, seconds: Callable[[], float]) -> None:
        self._life = life
        self._seconds = seconds
        self._advisor = Advisor()

    def consult(self, question: Question) -> Outcome:
        """Decide."""
        self._life.step("before consult")
        pause(self._seconds())
        outcome = self._advisor.consult(question)
        self._life.step("after consult")
        return outcome


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a process is made of."""

    units: WatchedUnits
    api: Api
    life: Life
    chance: random.Random
    consultant: Consultant
    group: int
    limits: Callable[[], float] | None = None
    """The clock by which the limits are kept; without it, that of the loop."""


class Process:
    """The service, running until it is ended."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        loop = asyncio.get_event_loop()
        self._loop = loop
        self.line = _make_line(parts, loop)
        self.door = _make_door(parts, self.now)
        self.receiver = Receiver(self.door, self.line)
        self._dispatch = Dispatch(self.door, self.line, _bot())

    def now(self) -> datetime:
        """The present moment of the world."""
        return BEGINNING + timedelta(seconds=self._loop.time())

    async def run(self, *, polls: bool) -> None:
        """Serve; without ``polls`` updates are delivered to the receiver from outside."""
        dispatch = self._dispatch
        await dispatch.initialize()
        workers = Workers(self.door, self.line, handle=dispatch.handle, rescue=dispatch.rescue)
        sender, albums = Sender(self.door, self.line), Albums(self.door, self.line)
        jobs: list[Any] = [workers.run(), sender.run(), albums.run()]
        if polls:
            jobs.append(Poller(self.line, self.receiver).run())
        await asyncio.gather(*jobs)


def _make_line(parts: Parts, loop: asyncio.AbstractEventLoop) -> Line:
    return Line(
        api=parts.api,
        bot_id=int(TOKEN.partition(":")[0]),
        limiter=Limiter(clock=parts.limits or loop.time, sleep=asyncio.sleep),
        boxes=MessageBoxes(),
        sleep=asyncio.sleep,
        jitter=parts.chance.random,
    )


def _make_door(parts: Parts, now: Callable[[], datetime]) -> Door:
    wording = _wording()
    composer = TelegramComposer(wording=wording, staff_language="en", clock=now)
    return Door(
        settings=ChatSettings(token=TOKEN, staff_group=parts.group),
        desk=Desk(parts.units, parts.consultant, composer, now),
        units=parts.units,
        wording=wording,
        composer=composer,
        clock=now,
    )
