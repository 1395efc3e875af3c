"""Editing messages and reacting to them."""

from dataclasses import replace

from telegram.constants import ReactionEmoji

from tests.telegram_server import errors
from tests.telegram_server.entities import FormattedText
from tests.telegram_server.methods.composition import read_caption, read_markup, read_text
from tests.telegram_server.methods.media import read_input_media
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import WITHOUT_CAPTION, Content, Message
from tests.telegram_server.wire import describe_message

_EXCHANGEABLE = frozenset({"photo", "video", "animation", "audio", "document"})
_ALLOWED_REACTIONS = frozenset(emoji.value for emoji in ReactionEmoji)


def _find_editable(call: Call) -> Message:
    if call.get("inline_message_id") is not None or call.get("chat_id") is None:
        text = f"{call.method}: inline messages are not supported by this server"
        raise errors.violation(text, code=501)
    chat = call.open_chat()
    message = call.message(chat, errors.EDIT_NOT_FOUND)
    is_own = message.sender.id == call.bot.user.id
    if not is_own or message.content.is_service or message.origin is not None:
        raise errors.bad_request(errors.CANNOT_EDIT)
    return message


def _apply(call: Call, message: Message, new: Content) -> JsonObject:
    # An edit without a keyboard removes the keyboard.
    new.markup = read_markup(call)
    if _looks(message.content) == _looks(new):
        raise errors.bad_request(errors.NOT_MODIFIED)
    message.content = new
    message.edit_date = call.server.clock.seconds()
    return describe_message(message, call.bot)


def _looks(content: Content) -> tuple[object, ...]:
    media = content.media
    file = None if media is None else (media.kind, media.file.unique_id)
    return content.text, content.entities, content.markup, content.extra, file


def _with_text(content: Content, formatted: FormattedText) -> Content:
    return replace(content, text=formatted.text, entities=formatted.entities)


@method("editMessageText")
def edit_message_text(call: Call) -> JsonObject:
    """Replace the text of a message."""
    message = _find_editable(call)
    if not message.content.text or message.content.media is not None:
        raise errors.bad_request(errors.NO_TEXT_TO_EDIT)
    return _apply(call, message, _with_text(message.content, read_text(call)))


@method("editMessageCaption")
def edit_message_caption(call: Call) -> JsonObject:
    """Replace the caption of a message."""
    message = _find_editable(call)
    media = message.content.media
    if media is None or media.kind in WITHOUT_CAPTION:
        raise errors.bad_request(errors.NO_CAPTION_TO_EDIT)
    return _apply(call, message, _with_text(message.content, read_caption(call)))


@method("editMessageMedia")
def edit_message_media(call: Call) -> JsonObject:
    """Put another file into a message; a text becomes a file with a caption."""
    message = _find_editable(call)
    media = message.content.media
    if (media is None and not message.content.text) or (media and media.kind not in _EXCHANGEABLE):
        raise errors.bad_request(errors.NO_MEDIA_TO_EDIT)
    new = read_input_media(call, call.get("media"))
    if message.album is not None and media is not None and new.media is not None:
        old_kind, new_kind = media.kind, new.media.kind
        if old_kind != new_kind and not {old_kind, new_kind} <= {"photo", "video"}:
            raise errors.bad_request(errors.ALBUM_KIND)
    return _apply(call, message, new)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(call: Call) -> JsonObject:
    """Replace the keyboard of a message."""
    message = _find_editable(call)
    markup = read_markup(call)
    if markup == message.content.markup:
        raise errors.bad_request(errors.NOT_MODIFIED)
    message.content.markup = markup
    return describe_message(message, call.bot)


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    """Put the bot's one reaction on a message, or take it away."""
    chat = call.open_chat()
    message = call.message(chat, errors.REACT_NOT_FOUND)
    reactions: list[JsonObject] = call.get("reaction") or []
    if message.content.is_service or len(reactions) > 1:
        raise errors.bad_request(errors.REACTION_INVALID)
    if not reactions:
        message.reactions.pop(call.bot.user.id, None)
        return True
    emoji = reactions[0].get("emoji")
    if emoji not in _ALLOWED_REACTIONS:
        raise errors.bad_request(errors.REACTION_INVALID)
    message.reactions[call.bot.user.id] = str(emoji)
    return True
