"""What the parts of this door are given: settings, the desk, and the line to Telegram."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.desk.alerts import AlertComposer
from bot.desk.desk import Desk
from bot.desk.gaps.desk import GapDesk
from bot.desk.interpreter_desk import InterpreterDesk
from bot.desk.ports import Clock, UnitOfWork, UnitOfWorkFactory
from handlers.chat.api import Api
from handlers.chat.boxes import MessageBoxes
from handlers.chat.composer import TelegramComposer
from handlers.chat.limiter import Limiter
from handlers.wording import Wording

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """Where Telegram delivers updates: the public address, and where we listen behind it.

    ``path`` is only needed where a proxy changes it; otherwise it is that of the address.
    """

    url: str
    secret: str
    host: str = "127.0.0.1"
    port: int = 8443
    path: str = ""


@dataclass(slots=True, kw_only=True)
class ChatSettings:
    """How to reach Telegram. Without ``webhook`` updates are polled.

    ``more_groups`` are staff groups besides the first, which share the tickets with it. A group
    may get a new number while we run: ask for it each time.
    """

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org"
    staff_group: int | None = None
    more_groups: tuple[int, ...] = ()
    staff_language: str = "en"
    webhook: WebhookSettings | None = None
    kept_days: int = 30
    """How long messages that are dealt with are kept as they came or went."""

    @property
    def staff_groups(self) -> tuple[int, ...]:
        """All staff groups, the first one first; () when there is none."""
        first = () if self.staff_group is None else (self.staff_group,)
        return tuple(dict.fromkeys((*first, *self.more_groups)))

    def is_staff(self, chat: int | None) -> bool:
        """Whether a chat is a staff group."""
        return chat is not None and chat in self.staff_groups

    def follow(self, moves: Mapping[str, str]) -> None:
        """Take the new numbers of groups that have got one."""

        def now(group: int) -> int:
            return int(moves.get(str(group), group))

        if self.staff_group is not None:
            self.staff_group = now(self.staff_group)
        self.more_groups = tuple(now(group) for group in self.more_groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The product behind this door; everything in it is synchronous."""

    settings: ChatSettings
    desk: Desk
    units: UnitOfWorkFactory
    wording: Wording
    composer: TelegramComposer
    clock: Clock
    gaps: GapDesk | None = None
    """What staff do about what the shelf lacks; None where nothing can be published."""
    alerts: AlertComposer | None = None
    interpreter: InterpreterDesk | None = None
    """What has messages translated; None where that is not wanted."""

    async def transact(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do something in a transaction of its own, in a worker thread, and commit it."""
        return await asyncio.to_thread(self.transact_now, work)

    def transact_now(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do something in a transaction of its own and commit it."""
        with self.units() as unit:
            result = work(unit)
            unit.commit()
            return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line to Telegram, and what time and chance mean on it."""

    api: Api
    bot_id: int
    limiter: Limiter
    boxes: MessageBoxes
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]
    """A number from 0 to 1, so that many bots do not come back in the same moment."""
    caught_up: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when everything that had piled up at Telegram before the start has been stored."""
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when rows may have been added to the inbox."""
    mail: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when rows may have been added to the outbox."""
    albums: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when parts of albums may have been gathered."""
