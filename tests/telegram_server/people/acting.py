"""The ground all people's actions stand on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypedDict, TypeVar, cast

from tests.telegram_server.entities import FormattedText, detect_entities
from tests.telegram_server.posting import Post, add_message, cut_quote
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.shapes import ANONYMOUS_ADMIN_ID, JsonObject
from tests.telegram_server.state import ABSENT, BotAccount, Chat, Content, Message, Topic, User

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Actor")
_LEADERS = frozenset({"creator", "administrator"})


class ImpossibleActionError(Exception):
    """A person was asked to do what no client offers."""


@dataclass(frozen=True)
class Where:
    """Where somebody writes; without a chat, in the private chat with the bot."""

    chat_id: int | None = None
    thread_id: int | None = None
    reply_to: int | None = None
    # A part of the message that is answered, word for word.
    quote: str | None = None
    # From `next_album()`: parts of an album may be sent one by one, with time between them.
    album: str | None = None


class Place(TypedDict, total=False):
    """The same as keywords of every action that sends something."""

    chat_id: int | None
    thread_id: int | None
    reply_to: int | None
    quote: str | None
    album: str | None


def synchronised(
    action: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], R]:
    """Act under the server's lock: tests and bots run in different threads."""

    @wraps(action)
    def locked(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.server.lock:
            return action(self, *args, **kwargs)

    # The type checker sees a wrapper object, which would not bind to an instance.
    return cast("Callable[Concatenate[S, P], R]", locked)


class Actor:
    """Access to the server for people who deal with one bot."""

    def __init__(self, server: TelegramServer, bot: BotAccount) -> None:
        self.server = server
        self.bot = bot

    def chat_of(self, chat_id: int) -> Chat:
        """Find a group, or somebody's private chat with the bot."""
        return self.server.find_chat(self.bot, chat_id)

    def message_of(self, chat_id: int, message_id: int) -> Message:
        """Find a message somebody sees."""
        message = self.chat_of(chat_id).messages.get(message_id)
        if message is None:
            text = f"there is no message {message_id} in chat {chat_id}"
            raise ImpossibleActionError(text)
        return message

    def topic_of(self, chat_id: int, thread_id: int) -> Topic:
        """Find a topic somebody sees."""
        topic = self.chat_of(chat_id).topics.get(thread_id)
        if topic is None or topic.is_deleted:
            text = f"there is no topic {thread_id} in chat {chat_id}"
            raise ImpossibleActionError(text)
        return topic

    def tell_bot(self, kind: str, body: Mapping[str, object], key_id: int) -> None:
        """Queue an update that is not about a new message."""
        self.server.doors[self.bot.user.id].queue.put(kind, dict(body), (kind, key_id))

    def write(self, user_id: int, content: Content, where: Where) -> Message:
        """Send something as a person."""
        sender = self.server.find_user(user_id)
        chat = self.chat_of(user_id if where.chat_id is None else where.chat_id)
        thread_id = self._enter(chat, sender, where)
        formatted = detect_entities(FormattedText(content.text, content.entities))
        content.entities = formatted.entities
        post = Post(sender, content, thread_id=thread_id, reply_to=where.reply_to)
        post.album = where.album
        post.quote = self._quote(chat, where)
        member = chat.members.get(user_id)
        if member is not None and member.is_anonymous:
            post.sender, post.sender_chat = anonymous_admin(), chat
        return add_message(self.server, self.bot, chat, post)

    def _quote(self, chat: Chat, where: Where) -> JsonObject | None:
        if where.quote is None:
            return None
        replied = None if where.reply_to is None else self.message_of(chat.id, where.reply_to)
        quote = None if replied is None else cut_quote(replied.content, where.quote)
        if quote is None:
            text = f"{where.quote!r} is not in the message that is answered"
            raise ImpossibleActionError(text)
        return quote

    def _enter(self, chat: Chat, sender: User, where: Where) -> int | None:
        thread_id = where.thread_id
        if where.reply_to is not None:
            thread_id = thread_id or self.message_of(chat.id, where.reply_to).thread_id
        if chat.is_private:
            if chat.is_blocked:
                text = f"user {sender.id} has blocked the bot and cannot write to it"
                raise ImpossibleActionError(text)
            chat.is_started = True
            return None
        member = chat.members.get(sender.id)
        if member is None or member.status in ABSENT:
            text = f"user {sender.id} is not a member of {chat.title}"
            raise ImpossibleActionError(text)
        is_closed = thread_id is not None and self.topic_of(chat.id, thread_id).is_closed
        if is_closed and member.status not in _LEADERS:
            text = f"topic {thread_id} is closed"
            raise ImpossibleActionError(text)
        return thread_id


def anonymous_admin() -> User:
    """Return the account that stands in for anonymous administrators."""
    return User(ANONYMOUS_ADMIN_ID, "Group", username="GroupAnonymousBot", is_bot=True)
