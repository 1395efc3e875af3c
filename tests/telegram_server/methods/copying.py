"""Copying and forwarding messages from chat to chat."""

from dataclasses import replace

from tests.telegram_server import errors
from tests.telegram_server.methods.composition import (
    Place,
    deliver,
    find_place,
    read_caption,
    read_markup,
)
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.posting import Post, add_message, describe_origin
from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import Chat, Content, Message
from tests.telegram_server.wire import describe_message

_MOST_IDS = 100


def _copy_content(call: Call, original: Message) -> Content:
    content = replace(original.content, markup=read_markup(call))
    if call.get("caption") is not None and original.content.media is not None:
        caption = read_caption(call)
        content = replace(content, text=caption.text, entities=caption.entities)
    return content


def _can_copy(message: Message) -> bool:
    return not message.content.is_service and not message.is_protected


@method("copyMessage")
def copy_message(call: Call) -> JsonObject:
    """Send a message again without saying whose it was."""
    place = find_place(call)
    source = call.known_chat("from_chat_id")
    original = call.message(source, errors.COPY_NOT_FOUND)
    if not _can_copy(original):
        raise errors.bad_request(errors.CANNOT_COPY)
    sent = deliver(call, place, _copy_content(call, original))
    return {"message_id": sent["message_id"]}


def _originals(call: Call, source: Chat, nothing: str) -> list[Message]:
    """Find the messages to copy; ids that cannot be copied are passed over in silence."""
    ids: list[int] = call.get("message_ids")
    if not 1 <= len(ids) <= _MOST_IDS:
        raise errors.bad_request(nothing)
    if ids != sorted(set(ids)):
        raise errors.bad_request(errors.IDS_NOT_INCREASING)
    found = [source.messages[number] for number in ids if number in source.messages]
    found = [message for message in found if _can_copy(message)]
    if not found:
        raise errors.bad_request(nothing)
    return found


def _renew_albums(call: Call, originals: list[Message]) -> dict[str, str]:
    albums = {message.album for message in originals if message.album is not None}
    return {album: call.server.next_album_id() for album in sorted(albums)}


@method("copyMessages")
def copy_messages(call: Call) -> list[JsonObject]:
    """Copy several messages; albums stay together."""
    place = find_place(call)
    originals = _originals(call, call.known_chat("from_chat_id"), errors.NOTHING_TO_COPY)
    albums = _renew_albums(call, originals)
    sent: list[JsonObject] = []
    for original in originals:
        content = replace(original.content, markup=None)
        if call.get("remove_caption") and content.media is not None:
            content = replace(content, text="", entities=[])
        album = albums.get(original.album or "")
        sent.append({"message_id": deliver(call, place, content, album=album)["message_id"]})
    return sent


def _forward(call: Call, place: Place, original: Message, album: str | None) -> JsonObject:
    post = Post(
        sender=call.bot.user,
        content=replace(original.content, markup=None),
        thread_id=place.thread_id,
        origin=describe_origin(original),
        album=album,
        is_protected=bool(call.get("protect_content")),
    )
    message = add_message(call.server, call.bot, place.chat, post)
    return describe_message(message, call.bot)


@method("forwardMessage")
def forward_message(call: Call) -> JsonObject:
    """Send a message again under its author's name."""
    place = find_place(call)
    original = call.message(call.known_chat("from_chat_id"), errors.FORWARD_NOT_FOUND)
    if not _can_copy(original):
        raise errors.bad_request(errors.CANNOT_FORWARD)
    return _forward(call, place, original, None)


@method("forwardMessages")
def forward_messages(call: Call) -> list[JsonObject]:
    """Forward several messages; albums stay together."""
    place = find_place(call)
    originals = _originals(call, call.known_chat("from_chat_id"), errors.NOTHING_TO_FORWARD)
    albums = _renew_albums(call, originals)
    sent = [_forward(call, place, m, albums.get(m.album or "")) for m in originals]
    return [{"message_id": message["message_id"]} for message in sent]
