"""The local Bot API server: everything it remembers, in one object."""

import random
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from tests.telegram_server import errors
from tests.telegram_server.clock import Clock
from tests.telegram_server.faults import FaultPlan
from tests.telegram_server.files import FileStore
from tests.telegram_server.limits import RateModel
from tests.telegram_server.polling import Polling
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import ABSENT, ADMIN_RIGHTS, BotAccount, Chat, Member, Query, User
from tests.telegram_server.update_queue import UpdateQueue
from tests.telegram_server.webhook import WebhookCourier

_FIRST_GROUP_ID = -1_001_000_000_001
_FIRST_BASIC_ID = -4_000_001
_FIRST_USER_ID = 5_000_001


@dataclass
class RecordedCall:
    """A request a bot made, and what came of it."""

    method: str
    parameters: JsonObject
    error: str | None = None


@dataclass
class Doors:
    """The ways in which one bot receives its updates."""

    queue: UpdateQueue
    polling: Polling
    courier: WebhookCourier


@dataclass
class Counters:
    """Numbers that must not repeat."""

    users: int = _FIRST_USER_ID
    groups: int = 0
    queries: int = 0
    albums: int = 0
    polls: int = 0


@dataclass
class Registers:
    """Everything the server knows, apart from the bots."""

    users: dict[int, User] = field(default_factory=dict)
    groups: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    # Votes by poll and voter, and which bot sent a poll.
    votes: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    poll_bots: dict[str, int] = field(default_factory=dict)


RunMethod = Callable[[BotAccount, str, JsonObject], Awaitable[None]]


async def _run_nothing(bot: BotAccount, name: str, values: JsonObject) -> None:
    text = f"nobody carries out {name} for {bot.user.id}, with {sorted(values)}"
    raise RuntimeError(text)


class TelegramServer:
    """State of the server; people and bots both act on it, under one lock."""

    def __init__(self, *, clock: Clock | None = None) -> None:
        self.lock = threading.RLock()
        self.clock = clock or Clock()
        self.bots: dict[str, BotAccount] = {}
        self.doors: dict[int, Doors] = {}
        self.registers = Registers()
        self.counters = Counters()
        self.files = FileStore()
        self.faults = FaultPlan()
        self.limits = RateModel(self.clock)
        self.violations: list[str] = []
        self.calls: list[RecordedCall] = []
        # Dice fall the same way in every run.
        self.chance = random.Random(1)
        self.tells_private_reactions = False
        # Carries out a method that stands in a webhook's answer; the HTTP face puts it here.
        self.run_method: RunMethod = _run_nothing
        # Multiplies the waits between webhook attempts; tests make it small.
        self.webhook_delay_factor = 1.0

    def add_bot(self, token: str, *, username: str = "outbound_desk_bot") -> BotAccount:
        """Register a bot under its token."""
        bot_id = int(token.partition(":")[0])
        user = User(id=bot_id, first_name="Outbound Desk", username=username, is_bot=True)
        bot = BotAccount(token=token, user=user)
        self.bots[token] = bot
        queue = UpdateQueue(self.clock)
        courier = WebhookCourier(self, bot, queue)
        self.doors[bot_id] = Doors(queue, Polling(queue), courier)
        queue.on_change = lambda: self._tell_doors(bot_id)
        return bot

    def _tell_doors(self, bot_id: int) -> None:
        doors = self.doors[bot_id]
        doors.polling.wake()
        doors.courier.wake()

    def find_bot(self, token: str) -> BotAccount:
        """Find the bot with this token, or answer 401."""
        bot = self.bots.get(token)
        if bot is None or bot.is_revoked:
            raise errors.unauthorized()
        return bot

    def add_user(self, user: User) -> User:
        """Register a person; an id of 0 means the next free one."""
        if user.id == 0:
            user.id = self.counters.users
            self.counters.users += 1
        self.registers.users[user.id] = user
        return user

    def add_group(
        self,
        title: str,
        *,
        is_forum: bool,
        chat_id: int | None = None,
        kind: str = "supergroup",
    ) -> Chat:
        """Create a group in which every known bot is an administrator."""
        is_basic = kind == "group"
        if chat_id is None:
            first = _FIRST_BASIC_ID if is_basic else _FIRST_GROUP_ID
            chat_id = first - self.counters.groups
            self.counters.groups += 1
        chat = Chat(id=chat_id, type=kind, title=title, is_forum=is_forum and not is_basic)
        for bot in self.bots.values():
            rights = set(ADMIN_RIGHTS)
            chat.members[bot.user.id] = Member(bot.user, "administrator", rights)
        self.registers.groups[chat_id] = chat
        return chat

    def find_user(self, user_id: int) -> User:
        """Find a person."""
        try:
            return self.registers.users[user_id]
        except KeyError:
            raise errors.bad_request(errors.USER_NOT_FOUND) from None

    def find_chat(self, bot: BotAccount, chat_id: int) -> Chat:
        """Find a chat by the id a bot uses for it."""
        if chat_id in self.registers.groups:
            return self.registers.groups[chat_id]
        if chat_id not in bot.private_chats:
            user = self.registers.users.get(chat_id)
            if user is None:
                raise errors.bad_request(errors.CHAT_NOT_FOUND)
            bot.private_chats[chat_id] = Chat(id=chat_id, type="private", peer=user)
        return bot.private_chats[chat_id]

    def next_message_id(self, bot: BotAccount, chat: Chat) -> int:
        """Number a message: by group, or over all private chats of the bot."""
        if chat.is_private:
            bot.last_private_message_id += 1
            return bot.last_private_message_id
        chat.last_message_id += 1
        return chat.last_message_id

    def next_album_id(self) -> str:
        """Number an album."""
        self.counters.albums += 1
        return str(13_000_000_000_000_000 + self.counters.albums)

    def next_poll_number(self) -> int:
        """Number a poll."""
        self.counters.polls += 1
        return self.counters.polls

    def bots_in(self, chat: Chat) -> Iterator[BotAccount]:
        """List the bots that are in a chat."""
        for bot in self.bots.values():
            if chat.is_private:
                if bot.private_chats.get(chat.id) is chat:
                    yield bot
            elif chat.members.get(bot.user.id, Member(bot.user, "left")).status not in ABSENT:
                yield bot

    def restart(self) -> None:
        """Break all open polls, as a restart of the server does; queues are kept."""
        for doors in self.doors.values():
            doors.polling.abort(errors.ApiError(500, "Internal Server Error: restart"))
