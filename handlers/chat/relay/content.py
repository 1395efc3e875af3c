"""What a message of Telegram holds, as JSON that can be kept: enough to pass it on and to edit it.

A ``source`` describes what somebody wrote, an album as one: ``contents``, and what they reply to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from json import dumps
from typing import Final

from telegram import Message

Json = Mapping[str, object]

# An animation is a document too, and a venue has a location: the particular one comes first.
_ATTACHMENTS: Final = (
    "animation",
    "photo",
    "video",
    "video_note",
    "voice",
    "audio",
    "sticker",
    "document",
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "checklist",
    "paid_media",
    "invoice",
    "giveaway",
    "giveaway_winners",
)
TEXT: Final = "text"
ALBUM_KINDS: Final = frozenset({"photo", "video", "audio", "document"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One message; ``file`` is the id to send it again by, ``told`` what it says besides text."""

    chat: int
    message: int
    kind: str
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    file: str = ""
    unique: str = ""
    options: Json = field(default_factory=dict)
    told: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands."""
        return (str(self.chat), str(self.message))

    @property
    def digest(self) -> str:
        """The same for two versions of a message that look alike."""
        # The position of somebody who moves changes all the time: it is told once.
        moving = "" if self.kind == "location" else self.told
        seen = [self.kind, self.text, self.entities, self.unique, self.options, moving]
        written = dumps(seen, sort_keys=True, default=str).encode("utf-8", "replace")
        return sha256(written).hexdigest()[:32]


def attachment_of(message: Message) -> str:
    """Return what kind of thing came with a message; "" for none."""
    return next((kind for kind in _ATTACHMENTS if getattr(message, kind, None)), "")


def content_of(message: Message) -> Content:
    """Read one message."""
    kind = attachment_of(message)
    thing = getattr(message, kind) if kind else None
    if kind == "photo":
        thing = message.photo[-1]
    is_text = message.text is not None
    entities = message.entities if is_text else message.caption_entities
    return Content(
        chat=message.chat_id,
        message=message.message_id,
        kind=kind or (TEXT if is_text else ""),
        text=message.text or message.caption or "",
        entities=[entity.to_dict() for entity in entities],
        file=str(getattr(thing, "file_id", "")),
        unique=str(getattr(thing, "file_unique_id", "")),
        options=_options(message),
        told=_told(message, kind),
    )


def source_of(message: Message, parts: Sequence[Message] = ()) -> dict[str, object]:
    """Describe a message, or an album by all its parts, as JSON."""
    contents = [content_of(part) for part in parts or (message,)]
    source: dict[str, object] = {
        "chat": message.chat_id,
        "message": message.message_id,
        "kind": contents[0].kind or TEXT,
        "entities": contents[0].entities,
        "contents": [asdict(content) for content in contents],
    }
    replied = replied_to(message)
    if replied is not None:
        source["reply"] = {
            "chat": str(message.chat_id),
            "message": str(replied.message_id),
            "text": replied.text or replied.caption or "",
            **_quote(message),
        }
    return source


def contents_in(source: Json) -> list[Content]:
    """Read the contents of a source."""
    kept = source.get("contents")
    return [Content(**one) for one in kept] if isinstance(kept, list) else []


def replied_to(message: Message) -> Message | None:
    """Return what a message replies to; in a topic, its beginning does not count."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return None
    return None if replied.message_id == message.message_thread_id else replied


def _quote(message: Message) -> dict[str, object]:
    quote = message.quote
    if quote is None or not quote.is_manual:
        return {}
    return {
        "quote": quote.text,
        "quote_position": quote.position,
        "quote_entities": [entity.to_dict() for entity in quote.entities or ()],
    }


def _options(message: Message) -> dict[str, object]:
    options: dict[str, object] = {}
    if message.has_media_spoiler:
        options["has_spoiler"] = True
    if message.show_caption_above_media:
        options["show_caption_above_media"] = True
    if message.location is not None and message.location.live_period:
        options["live"] = True
    if message.link_preview_options is not None:
        options["link_preview_options"] = message.link_preview_options.to_dict()
    return options


def _told(message: Message, kind: str) -> str:
    """Return in words what cannot always be copied."""
    said = ""
    match kind:
        case "poll" if message.poll:
            said = _listed(message.poll.question, [one.text for one in message.poll.options])
        case "checklist" if message.checklist:
            checklist = message.checklist
            said = _listed(checklist.title, [task.text for task in checklist.tasks])
        case "game" if message.game:
            said = message.game.title
        case "invoice" if message.invoice:
            said = message.invoice.title
        case "dice" if message.dice:
            said = f"{message.dice.emoji} {message.dice.value}"
        case "location" if message.location:
            said = f"{message.location.latitude}, {message.location.longitude}"
    return said


def _listed(title: str, items: Sequence[str]) -> str:
    return "\n".join([title, *(f"• {item}" for item in items)])
