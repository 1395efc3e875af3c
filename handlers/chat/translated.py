"""Calls of the outbox with another text in them: the translation of what they carried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.desk.mail import OutboxRow
from handlers.chat.api import as_object
from handlers.chat.letters import ALBUM_METHODS
from handlers.chat.relay.entities import Entities, shares
from handlers.chat.relay.formatting import joined
from handlers.chat.rich_text import MESSAGE_LIMIT, utf16_length

CAPTION_LIMIT: Final = 1024
"""UTF-16 units under a picture."""

Json = Mapping[str, object]

_TEXTS: Final = frozenset({"sendMessage", "editMessageText"})
_CAPTIONED: Final = frozenset({"copyMessage", "editMessageCaption"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormattedText:
    """A text and its entities."""

    text: str
    entities: Entities = ()


def text_of(row: OutboxRow) -> FormattedText:
    """Return what a call says; the captions of an album stand one below the other."""
    parameters = as_object(row.payload.get("parameters"))
    if row.method in _TEXTS:
        pieces = [(str(parameters.get("text", "")), _entities(parameters, "entities"))]
    elif row.method in _CAPTIONED:
        given = parameters if "caption" in parameters else row.payload
        pieces = [(str(given.get("caption", "")), _entities(given, "caption_entities"))]
    else:
        pieces = [
            (str(one.get("caption", "")), _entities(one, "caption_entities")) for one in _media(row)
        ]
    text, entities = joined(pieces)
    return FormattedText(text=text, entities=entities)


def with_text(
    row: OutboxRow, said: FormattedText, below: str
) -> tuple[str, dict[str, object]] | None:
    """Return the method and parameters that say something else; None where there is no room.

    ``below`` is what stands under it, of which nothing is formatted.
    """
    parameters = dict(as_object(row.payload.get("parameters")))
    for formatting in ("entities", "caption_entities", "parse_mode"):
        parameters.pop(formatting, None)
    whole = said.text + below
    if utf16_length(whole) > (MESSAGE_LIMIT if row.method in _TEXTS else CAPTION_LIMIT):
        return None
    if row.method in _TEXTS:
        return row.method, {**parameters, "text": whole, **_given("entities", said.entities)}
    if row.method in _CAPTIONED:
        kept = _given("caption_entities", said.entities)
        return row.method, {**parameters, "caption": whole, **kept}
    media = _with_captions(_media(row), said, below)
    if row.method == "editMessageMedia" and media:
        return row.method, {**parameters, "media": media[0]}
    if row.method in ALBUM_METHODS and media:
        # A copy of an album cannot be given other captions: it is put together from its files.
        return "sendMediaGroup", {"chat_id": parameters.get("chat_id"), "media": media}
    return None


def _with_captions(media: Sequence[Json], said: FormattedText, below: str) -> list[Json]:
    """Give each part that had a caption its own lines of the new text."""
    places = [number for number, one in enumerate(media) if one.get("caption")]
    if not places:
        return []
    pieces = _shared_out(said, [str(media[number]["caption"]) for number in places])
    texts = dict(zip(places, pieces, strict=False))
    last = max(texts)
    new: list[Json] = []
    for number, one in enumerate(media):
        bare = {key: value for key, value in one.items() if not key.startswith("caption")}
        if number in texts:
            piece = texts[number]
            bare["caption"] = piece.text + (below if number == last else "")
            bare |= _given("caption_entities", piece.entities)
        new.append(bare)
    return new


def _shared_out(said: FormattedText, captions: Sequence[str]) -> list[FormattedText]:
    """Cut a text into as many lines as each caption had; where that does not add up, not at all."""
    counts = [caption.count("\n") + 1 for caption in captions]
    lines = said.text.split("\n")
    if len(lines) != sum(counts):
        return [said]
    pieces: list[FormattedText] = []
    at = 0
    for count in counts:
        text = "\n".join(lines[:count])
        del lines[:count]
        end = at + utf16_length(text)
        pieces.append(FormattedText(text=text, entities=list(shares(said.entities, at, end))))
        at = end + 1
    return pieces


def _media(row: OutboxRow) -> list[Json]:
    found = as_object(row.payload.get("parameters")).get("media") or row.payload.get("media")
    return [as_object(one) for one in (found if isinstance(found, list) else [found])]


def _entities(given: Json, key: str) -> Entities:
    found = given.get(key)
    return [as_object(one) for one in found] if isinstance(found, list) else []


def _given(key: str, entities: Entities) -> Json:
    return {key: [dict(one) for one in entities]} if entities else {}
