"""Putting messages into chats and telling the bots about them."""

from dataclasses import dataclass

from tests.telegram_server.server import TelegramServer
from tests.telegram_server.shapes import JsonObject, utf16_length
from tests.telegram_server.state import BotAccount, Chat, Content, Message, User
from tests.telegram_server.wire import (
    describe_chat,
    describe_media,
    describe_message,
    describe_user,
)

# Other formatting does not survive in a quote.
QUOTED = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"})


@dataclass
class Post:
    """A message about to be put into a chat."""

    sender: User
    content: Content
    sender_chat: Chat | None = None
    thread_id: int | None = None
    reply_to: int | None = None
    quote: JsonObject | None = None
    album: str | None = None
    origin: JsonObject | None = None
    external_reply: JsonObject | None = None
    is_protected: bool = False


def add_message(server: TelegramServer, bot: BotAccount, chat: Chat, post: Post) -> Message:
    """Store a message; the bot is the one whose private chat it may be."""
    message = Message(
        id=server.next_message_id(bot, chat),
        chat=chat,
        sender=post.sender,
        date=server.clock.seconds(),
        content=post.content,
        sender_chat=post.sender_chat,
        thread_id=post.thread_id,
        reply_to=post.reply_to,
        quote=post.quote,
        album=post.album,
        origin=post.origin,
        external_reply=post.external_reply,
        is_protected=post.is_protected,
    )
    chat.messages[message.id] = message
    announce(server, message)
    return message


def announce(server: TelegramServer, message: Message, *, kind: str = "message") -> None:
    """Queue the update about a message for every bot that is told of it."""
    for bot in server.bots_in(message.chat):
        is_own = message.sender.id == bot.user.id
        # Bots hear nothing of what they write, except for their own service messages.
        if (is_own and not message.content.is_service) or not _hears(bot, message):
            continue
        key = ("message", message.chat.id)
        server.doors[bot.user.id].queue.put(kind, describe_message(message, bot), key)


def _hears(bot: BotAccount, message: Message) -> bool:
    """Apply privacy mode: a bot that is no administrator hears only what concerns it."""
    chat = message.chat
    if chat.is_private or bot.can_read_all_group_messages or message.content.is_service:
        return True
    if chat.members[bot.user.id].status in {"administrator", "creator"}:
        return True
    replied = chat.messages.get(message.reply_to or 0)
    answers_bot = replied is not None and replied.sender.id == bot.user.id
    return answers_bot or message.content.text.startswith("/")


def add_service_message(
    server: TelegramServer, bot: BotAccount, chat: Chat, sender: User, body: JsonObject
) -> Message:
    """Add a service message; one with a thread id under `thread_id` belongs to a topic."""
    extra = dict(body)
    thread_id = extra.pop("thread_id", None)
    content = Content(extra=extra, is_service=True)
    return add_message(server, bot, chat, Post(sender, content, thread_id=thread_id))


def describe_origin(message: Message) -> JsonObject:
    """Write where a forwarded message came from; forwards of forwards keep the first origin."""
    if message.origin is not None:
        return message.origin
    if message.sender_chat is not None:
        sender_chat = describe_chat(message.sender_chat)
        return {"type": "chat", "date": message.date, "sender_chat": sender_chat}
    return {
        "type": "user",
        "date": message.date,
        "sender_user": describe_user(message.sender),
    }


def describe_external(message: Message, bot: BotAccount) -> JsonObject:
    """Write what is shown of an answered message that is in another chat or topic."""
    body: JsonObject = {"origin": describe_origin(message)}
    if not message.chat.is_private:
        body |= {"chat": describe_chat(message.chat), "message_id": message.id}
    body |= message.content.extra
    if message.content.media is not None:
        body |= describe_media(message.content.media, bot)
    return body


def cut_quote(content: Content, quote: str, position: int | None = None) -> JsonObject | None:
    """Write a quote with its place and formatting; nothing if the words are not there.

    The position counts UTF-16 units; of several places the one nearest to it is meant.
    """
    places = _find_all(content.text, quote)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - (position or 0)))
    stop = start + utf16_length(quote)
    entities = [
        entity
        | {"offset": max(entity["offset"], start) - start}
        | {"length": min(entity["offset"] + entity["length"], stop) - max(entity["offset"], start)}
        for entity in content.entities
        if entity["type"] in QUOTED
        and entity["offset"] < stop
        and entity["offset"] + entity["length"] > start
    ]
    body: JsonObject = {"text": quote, "position": start, "is_manual": True}
    return body | ({"entities": entities} if entities else {})


def _find_all(text: str, quote: str) -> list[int]:
    found: list[int] = []
    index = text.find(quote) if quote else -1
    while index >= 0:
        found.append(utf16_length(text[:index]))
        index = text.find(quote, index + 1)
    return found
