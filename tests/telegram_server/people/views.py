"""Chats as a client shows them."""

from dataclasses import dataclass

from tests.telegram_server.entities import FormattedText, render_html
from tests.telegram_server.kinds import kind_of
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import Chat, Message, Topic


@dataclass(frozen=True)
class MessageView:
    """A message on somebody's screen; the text is the caption when there is a file."""

    message_id: int
    sender: str
    sender_id: int
    is_bot: bool
    kind: str
    text: str
    html: str
    buttons: tuple[tuple[str, ...], ...]
    reply_to: int | None
    thread_id: int | None
    is_edited: bool
    reactions: tuple[str, ...]
    album: str | None
    is_forwarded: bool
    is_protected: bool
    file_name: str | None
    quote: str | None
    # What makes a place, a card, a poll … of it: the fields of the Bot API.
    extra: JsonObject


@dataclass(frozen=True)
class TopicView:
    """A line in the list of topics."""

    thread_id: int
    name: str
    icon_custom_emoji_id: str | None
    is_closed: bool


def inline_buttons(message: Message) -> list[list[dict[str, str]]]:
    """Return the inline keyboard of a message."""
    markup = message.content.markup or {}
    keyboard: list[list[dict[str, str]]] = markup.get("inline_keyboard", [])
    return keyboard


def view_message(message: Message) -> MessageView:
    """Show a message."""
    content = message.content
    shown_as = message.sender_chat
    rows = inline_buttons(message)
    return MessageView(
        message_id=message.id,
        sender=message.sender.first_name if shown_as is None else str(shown_as.title),
        sender_id=message.sender.id if shown_as is None else shown_as.id,
        is_bot=message.sender.is_bot and shown_as is None,
        kind=kind_of(content),
        text=content.text,
        html=render_html(FormattedText(content.text, content.entities)),
        buttons=tuple(tuple(button["text"] for button in row) for row in rows),
        reply_to=message.reply_to,
        thread_id=message.thread_id,
        is_edited=message.edit_date is not None,
        reactions=tuple(message.reactions.values()),
        album=message.album,
        is_forwarded=message.origin is not None,
        is_protected=message.is_protected,
        file_name=None if content.media is None else content.media.file.name,
        quote=None if message.quote is None else str(message.quote["text"]),
        extra=content.extra,
    )


def view_topic(topic: Topic) -> TopicView:
    """Show a topic."""
    return TopicView(topic.thread_id, topic.name, topic.icon_custom_emoji_id, topic.is_closed)


def view_chat(chat: Chat) -> list[MessageView]:
    """Show a whole chat, oldest message first."""
    return [view_message(message) for message in chat.messages.values()]
