"""Telegram as the simulation has it: the local server's state and methods without HTTP."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from tests.telegram_server.clock import Clock
from tests.telegram_server.errors import ApiError
from tests.telegram_server.methods import FAMILIES
from tests.telegram_server.methods.registry import HANDLERS, Call
from tests.telegram_server.people import People
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.update_queue import QueuedUpdate

TOKEN = "123456:TEST"  # noqa: S105 - made up
_EPOCH = 1_772_442_000.0
_BATCH = 100


class SetTime(Clock):
    """Shows the time of the simulated world."""

    def __init__(self) -> None:
        super().__init__(_EPOCH)
        self.read: Callable[[], float] = lambda: 0.0

    def now(self) -> float:
        """Return the present moment."""
        return _EPOCH + self.read()


class SimulatedTelegram:
    """One bot, its customers and its staff group."""

    def __init__(self, *, limits: bool = False) -> None:
        self.clock = SetTime()
        self.server = TelegramServer(clock=self.clock)
        self.server.limits.is_on = limits
        self.bot = self.server.add_bot(TOKEN)
        self.people = People(self.server, self.bot)
        self.group = self.people.add_group("Staff")
        self.families = len(FAMILIES)
        self.floods: Counter[str] = Counter()
        self.shown: dict[tuple[int, int], list[str]] = {}
        """What each message of the bot has ever said, whatever became of it, by chat and number."""
        self.files: set[tuple[int, int]] = set()
        """Those of them that hold a file."""

    def call(self, method: str, parameters: Mapping[str, object]) -> object:
        """Carry a method out; raises ``tests.telegram_server.errors.ApiError``."""
        # What was sent is sent: nobody may change it afterwards, on either side.
        values: dict[str, Any] = json.loads(json.dumps(parameters))
        chat = values.get("chat_id")
        try:
            self.server.limits.check(method, chat if isinstance(chat, int) else None)
        except ApiError:
            self.floods[method] += 1
            raise
        result = HANDLERS[method.lower()](Call(self.server, self.bot, method, values))
        for made in result if isinstance(result, list) else [result]:
            if isinstance(chat, int) and isinstance(made, dict):
                self._remember(chat, made.get("message_id"))
        return result

    def _remember(self, chat: int, number: object) -> None:
        if not isinstance(number, int):
            return
        message = self.people.chat_of(chat).messages.get(number)
        if message is not None and message.content.media is not None:
            self.files.add((chat, message.id))
        if message is not None and message.content.text:
            versions = self.shown.setdefault((chat, message.id), [])
            if versions[-1:] != [message.content.text]:
                versions.append(message.content.text)

    def on_update(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` whenever the updates that wait have changed."""
        self.server.doors[self.bot.user.id].queue.on_change = tell

    def sent(self, method: str, parameters: Mapping[str, object]) -> None:
        """A request has left that will arrive, whatever becomes of its sender."""

    def waiting(self) -> list[QueuedUpdate]:
        """The updates that Telegram still holds."""
        return self.server.doors[self.bot.user.id].queue.waiting()

    def fetch(self, offset: int) -> list[Mapping[str, object]]:
        """Forget updates before ``offset``, and return the first of the others."""
        if offset:
            self.server.doors[self.bot.user.id].queue.confirm(offset)
        return [update.payload() for update in self.waiting()[:_BATCH]]

    def remove(self, update: int) -> None:
        """Forget an update that was delivered."""
        self.server.doors[self.bot.user.id].queue.remove(update)
