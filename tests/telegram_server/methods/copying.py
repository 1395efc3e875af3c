"""Copying and forwarding messages from chat to chat."""

from collections.abc import Callable
from dataclasses import replace

from tests.telegram_server import errors
from tests.telegram_server.kinds import UNCOPYABLE, make_poll, roll_dice
from tests.telegram_server.methods.composition import (
    CAPTION_LIMIT,
    Place,
    deliver,
    find_place,
    read_caption,
    read_markup,
)
from tests.telegram_server.methods.registry import Call, method
from tests.telegram_server.posting import Post, add_message, describe_origin
from tests.telegram_server.shapes import JsonObject, utf16_length
from tests.telegram_server.state import WITHOUT_CAPTION, Chat, Content, Message
from tests.telegram_server.wire import describe_message

_MOST_IDS = 100
# A copy with any of these is a new message in the eyes of the server.
_CHANGES = ("caption", "reply_markup", "reply_parameters")
_KEPT_OF_POLLS = ("type", "is_anonymous", "allows_multiple_answers", "correct_option_ids")


def _renew(call: Call, content: Content, markup: JsonObject | None) -> Content:
    """Make what a copy shows: a poll without votes, a dice thrown anew, a place that stays."""
    extra = dict(content.extra)
    if "poll" in extra:
        old: JsonObject = extra["poll"]
        options = [option["text"] for option in old["options"]]
        kept = {name: old[name] for name in _KEPT_OF_POLLS if name in old}
        number = call.server.next_poll_number()
        extra |= make_poll(number, old["question"], options, **kept).extra
        call.server.registers.poll_bots[extra["poll"]["id"]] = call.bot.user.id
    if "dice" in extra:
        extra |= roll_dice(extra["dice"]["emoji"], call.server.chance.random()).extra
    if "location" in extra:
        point: JsonObject = extra["location"]
        extra["location"] = {name: point[name] for name in ("latitude", "longitude")}
    return replace(content, extra=extra, markup=markup)


def _copy_content(call: Call, original: Message) -> Content:
    content = _renew(call, original.content, read_markup(call))
    if original.content.media is None or original.content.media.kind in WITHOUT_CAPTION:
        return content
    if call.get("caption") is not None:
        caption = read_caption(call)
        content = replace(content, text=caption.text, entities=caption.entities)
    is_changed = any(call.get(name) is not None for name in _CHANGES)
    if is_changed and utf16_length(content.text) > CAPTION_LIMIT:
        # Premium users write longer captions, which a bot can copy only as they are.
        raise errors.bad_request(errors.CAPTION_TOO_LONG)
    return content


def _can_copy(message: Message) -> bool:
    content = message.content
    poll: JsonObject = content.extra.get("poll", {})
    is_riddle = poll.get("type") == "quiz" and "correct_option_ids" not in poll
    is_rare = not UNCOPYABLE.isdisjoint(content.extra)
    return not (content.is_service or message.is_protected or is_rare or is_riddle)


def _can_forward(message: Message) -> bool:
    return not (message.content.is_service or message.is_protected)


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


def _originals(
    call: Call, source: Chat, nothing: str, allows: Callable[[Message], bool]
) -> list[Message]:
    """Find the messages to copy; ids that cannot be copied are passed over in silence."""
    ids: list[int] = call.get("message_ids")
    if not 1 <= len(ids) <= _MOST_IDS:
        raise errors.bad_request(nothing)
    if ids != sorted(set(ids)):
        raise errors.bad_request(errors.IDS_NOT_INCREASING)
    found = [source.messages[number] for number in ids if number in source.messages]
    found = [message for message in found if allows(message)]
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
    source = call.known_chat("from_chat_id")
    originals = _originals(call, source, errors.NOTHING_TO_COPY, _can_copy)
    albums = _renew_albums(call, originals)
    sent: list[JsonObject] = []
    for original in originals:
        content = _renew(call, original.content, None)
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
    if not _can_forward(original):
        raise errors.bad_request(errors.CANNOT_FORWARD)
    return _forward(call, place, original, None)


@method("forwardMessages")
def forward_messages(call: Call) -> list[JsonObject]:
    """Forward several messages; albums stay together."""
    place = find_place(call)
    source = call.known_chat("from_chat_id")
    originals = _originals(call, source, errors.NOTHING_TO_FORWARD, _can_forward)
    albums = _renew_albums(call, originals)
    sent = [_forward(call, place, m, albums.get(m.album or "")) for m in originals]
    return [{"message_id": message["message_id"]} for message in sent]
