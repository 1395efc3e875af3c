"""Calls that carry a message, or what has changed in it, to the other side.

What Telegram copies is copied: nothing is lost and nobody is named. Albums that are a reply are
put together from their files, because a copy of several messages cannot reply to anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from bot.desk.mail import Draft
from handlers.chat.letters import FOLD
from handlers.chat.relay.content import ALBUM_KINDS, TEXT, Content, Json, contents_in
from handlers.chat.relay.entities import split_entities

_EDITED_AS_MEDIA: Final = frozenset({"photo", "video", "animation", "audio", "document"})
_MOST_IN_GROUP: Final = 10


class Write(Protocol):
    """Writes a call that goes to one place."""

    def __call__(self, method: str, parameters: Json, *, extra: Json) -> Draft:
        """Return the draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where to; ``extra`` is what every payload holds.

    Texts are copied, or with ``as_text`` written anew: then what goes out is what was written when
    it was decided that it goes out.
    """

    write: Write
    extra: Json = field(default_factory=dict)
    as_text: bool = False


def passed_on(source: Json, to: Destination) -> list[Draft]:
    """Carry a new message, or an album, to the other side."""
    contents = contents_in(source)
    reply = {"replies": source["reply"]} if source.get("reply") else {}
    if len(contents) > 1:
        return [_album(contents, reply, to)]
    (one,) = contents
    extra = {**to.extra, "mirrors": one.place, **reply}
    if one.kind == TEXT and to.as_text:
        return _texts(one, extra, to)
    if one.kind == "dice":
        # A copy would be thrown anew and show another number.
        return [to.write("sendMessage", {"text": one.told}, extra={**extra, "plain": one.told})]
    copied = {"from_chat_id": one.chat, "message_id": one.message}
    plain: Json = {"plain": one.text} if one.kind == TEXT else {}
    if plain and not reply and not one.entities:
        plain = {**plain, FOLD: one.text}
    caption = {} if one.kind == TEXT or not one.text else _caption(one)
    return [to.write("copyMessage", copied, extra={**extra, **plain, **caption})]


def changed(source: Json, to: Destination) -> list[Draft]:
    """Change the mirror of a message; without any call where Telegram has none for its kind."""
    (one,) = contents_in(source)
    call = _edit(one)
    if call is None:
        return []
    method, parameters = call
    return [to.write(method, parameters, extra={**to.extra, "edits": one.place})]


def _texts(one: Content, extra: Mapping[str, object], to: Destination) -> list[Draft]:
    parts = split_entities(one.text, one.entities)
    later = {key: value for key, value in extra.items() if key not in {"replies", "receipt"}}
    drafts = []
    for number, (text, entities) in enumerate(parts, start=1):
        parameters = {"text": text, "entities": entities, **_preview(one)}
        held = extra if number == 1 else later
        drafts.append(to.write("sendMessage", parameters, extra={**held, "plain": text}))
    return drafts


def _album(contents: Sequence[Content], reply: Json, to: Destination) -> Draft:
    contents = sorted(contents, key=lambda one: one.message)
    extra = {**to.extra, **reply, "mirrors_each": [list(one.place) for one in contents]}
    kinds = {one.kind for one in contents}
    if reply and kinds <= ALBUM_KINDS and len(contents) <= _MOST_IN_GROUP:
        media = [_media(one) for one in contents]
        return to.write("sendMediaGroup", {"media": media}, extra=extra)
    if kinds <= ALBUM_KINDS and any(one.text for one in contents):
        extra = {**extra, "media": [_media(one) for one in contents]}
    ids = [one.message for one in contents]
    return to.write(
        "copyMessages", {"from_chat_id": contents[0].chat, "message_ids": ids}, extra=extra
    )


def _edit(one: Content) -> tuple[str, Json] | None:
    if one.kind == TEXT:
        text = {"text": one.text, "entities": one.entities, **_preview(one)}
        return "editMessageText", text
    if one.kind in _EDITED_AS_MEDIA:
        return "editMessageMedia", {"media": _media(one)}
    if one.kind == "voice":
        return "editMessageCaption", _caption(one)
    return None


def _media(one: Content) -> Json:
    shown = {key: value for key, value in one.options.items() if key != "link_preview_options"}
    media = {"type": one.kind, "media": one.file, **shown}
    return {**media, **_caption(one)}


def _caption(one: Content) -> Json:
    return {"caption": one.text, "caption_entities": one.entities}


def _preview(one: Content) -> Json:
    kept = one.options.get("link_preview_options")
    return {"link_preview_options": kept} if kept else {}
