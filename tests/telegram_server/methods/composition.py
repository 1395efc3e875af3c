"""What all sending methods share: text, markup, place and reply."""

from dataclasses import dataclass

from tests.telegram_server import errors
from tests.telegram_server.entities import FormattedText, detect_entities, parse_html, tidy
from tests.telegram_server.markdown import parse_markdown, parse_markdown_v2
from tests.telegram_server.methods.registry import Call
from tests.telegram_server.posting import QUOTED, Post, add_message, cut_quote, describe_external
from tests.telegram_server.shapes import GENERAL_TOPIC, JsonObject, utf16_length
from tests.telegram_server.state import Chat, Content, Message
from tests.telegram_server.wire import describe_message

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
QUOTE_LIMIT = 1024
_DATA_LIMIT = 64
_SHOWN_ENTITIES = 100
_BUTTON_ACTIONS = 2
_PARSERS = {"html": parse_html, "markdownv2": parse_markdown_v2, "markdown": parse_markdown}


def read_formatted(call: Call, name: str, entities_name: str) -> FormattedText:
    """Read a text with its parse mode or entities."""
    source = str(call.get(name) or "")
    mode = str(call.get("parse_mode") or "").lower()
    if mode in _PARSERS:
        formatted = _PARSERS[mode](source)
    elif mode:
        raise errors.bad_request(errors.PARSE_MODE_UNKNOWN)
    else:
        formatted = FormattedText(source, list(call.get(entities_name) or []))
    formatted = detect_entities(tidy(formatted))
    return FormattedText(formatted.text, formatted.entities[:_SHOWN_ENTITIES])


def read_text(call: Call) -> FormattedText:
    """Read the text of a message; it must say something, and not too much."""
    if call.get("text") == "":
        raise errors.bad_request(errors.TEXT_EMPTY)
    formatted = read_formatted(call, "text", "entities")
    if not formatted.text:
        raise errors.bad_request(errors.TEXT_BLANK)
    if utf16_length(formatted.text) > TEXT_LIMIT:
        raise errors.bad_request(errors.TEXT_TOO_LONG)
    return formatted


def read_caption(call: Call) -> FormattedText:
    """Read a caption."""
    formatted = read_formatted(call, "caption", "caption_entities")
    if utf16_length(formatted.text) > CAPTION_LIMIT:
        raise errors.bad_request(errors.CAPTION_TOO_LONG)
    return formatted


def read_markup(call: Call) -> JsonObject | None:
    """Read the keyboard below a message."""
    markup: JsonObject | None = call.get("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        rows = [row for row in markup["inline_keyboard"] if row]
        if not rows:
            return None
        for button in (button for row in rows for button in row):
            _check_button(button)
        return {"inline_keyboard": rows}
    return markup


def _check_button(button: JsonObject) -> None:
    if len(button) < _BUTTON_ACTIONS:
        text = (
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
        raise errors.bad_request(text)
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= _DATA_LIMIT:
        raise errors.bad_request(errors.BUTTON_DATA_INVALID)


def find_thread(call: Call, chat: Chat) -> int | None:
    """Find the topic a message goes to; General has none."""
    thread_id: int | None = call.get("message_thread_id")
    if not thread_id:
        return None
    topic = chat.topics.get(thread_id)
    if thread_id == GENERAL_TOPIC or topic is None or topic.is_deleted:
        raise errors.bad_request(errors.THREAD_NOT_FOUND)
    may_pass = chat.admins_write_in_closed_topics and call.has_right(chat, "can_manage_topics")
    if topic.is_closed and not may_pass:
        raise errors.bad_request(errors.TOPIC_CLOSED)
    return thread_id


@dataclass
class Place:
    """Where a message goes and what it answers."""

    chat: Chat
    thread_id: int | None
    reply_to: int | None = None
    quote: JsonObject | None = None
    external_reply: JsonObject | None = None


def find_place(call: Call) -> Place:
    """Find out where a message goes and what it answers."""
    chat = call.open_chat()
    place = Place(chat, find_thread(call, chat))
    reply: JsonObject | None = call.get("reply_parameters")
    if not reply:
        return place
    source = chat if reply.get("chat_id") is None else call.find_source(reply["chat_id"])
    replied = source.messages.get(reply["message_id"])
    if replied is None:
        # A missing message is forgiven in the same chat, and never inside a topic.
        is_near = source is chat and place.thread_id is None
        if is_near and reply.get("allow_sending_without_reply"):
            return place
        raise errors.bad_request(errors.REPLY_NOT_FOUND)
    place.quote = _read_quote(call, reply, replied)
    if source is not chat or place.thread_id not in {None, replied.thread_id}:
        place.external_reply = describe_external(replied, call.bot)
        return place
    place.thread_id = replied.thread_id
    place.reply_to = replied.id
    return place


def _read_quote(call: Call, reply: JsonObject, replied: Message) -> JsonObject | None:
    words: JsonObject = {
        "quote": reply.get("quote"),
        "parse_mode": reply.get("quote_parse_mode"),
        "quote_entities": reply.get("quote_entities"),
    }
    wanted = read_formatted(
        Call(call.server, call.bot, call.method, words), "quote", "quote_entities"
    )
    if not wanted.text:
        return None
    if utf16_length(wanted.text) > QUOTE_LIMIT:
        raise errors.bad_request(errors.QUOTE_TOO_LONG)
    quote = cut_quote(replied.content, wanted.text, reply.get("quote_position"))
    formatting = [entity for entity in wanted.entities if entity["type"] in QUOTED]
    # Bold words are quoted as bold words, or not at all.
    if quote is None or quote.get("entities", []) != formatting:
        raise errors.bad_request(errors.QUOTE_INVALID)
    return quote


def deliver(call: Call, place: Place, content: Content, *, album: str | None = None) -> JsonObject:
    """Put a message of the bot into a chat and describe it."""
    post = Post(
        sender=call.bot.user,
        content=content,
        thread_id=place.thread_id,
        reply_to=place.reply_to,
        quote=place.quote,
        external_reply=place.external_reply,
        album=album,
        is_protected=bool(call.get("protect_content")),
    )
    message = add_message(call.server, call.bot, place.chat, post)
    return describe_message(message, call.bot)
