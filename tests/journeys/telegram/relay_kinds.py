"""Kinds of messages for the relay matrix: how a person sends each, and how it is changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.telegram_server.people import Attachment, People
from tests.telegram_server.people.acting import Place
from tests.telegram_server.state import MediaKind

SAID: Final = "<b>Contract</b> of <i>May</i> 😀 {number}"
CHANGED: Final = "<b>Contract</b> of <u>June</u> 😀 {number}"
ALBUM_KINDS: Final[tuple[MediaKind, ...]] = ("photo", "video", "audio", "document")
RARE: Final = ("story", "paid_media", "giveaway", "checklist", "game", "invoice")

Send = Callable[[People, int, int, Place], int]
"""Sends a message, given who, a number that is in no other one, and where; returns its id."""

Change = Callable[[People, int, int, int, int | None], None]
"""Changes a message, given who, which, a number, and in which group (None: in private)."""


@dataclass(frozen=True)
class Kind:
    """A kind; ``seen_as`` is what the other side sees of it, "" for nothing but a notice."""

    name: str
    send: Send
    seen_as: str
    change: Change | None = None
    has_text: bool = False
    album: MediaKind | None = None


def _text(people: People, user: int, number: int, place: Place) -> int:
    return people.send_html(user, SAID.format(number=number), **place)


def _reword(people: People, user: int, message: int, number: int, chat: int | None) -> None:
    people.edit_html(user, message, CHANGED.format(number=number), chat_id=chat)


def _file(kind: MediaKind) -> Send:
    def send(people: People, user: int, number: int, place: Place) -> int:
        content = f"{kind} {number}".encode()
        return people.send_file(user, Attachment(kind, f"caption {number}", content), **place)

    return send


def _replace(kind: MediaKind) -> Change:
    def change(people: People, user: int, message: int, number: int, chat: int | None) -> None:
        new = Attachment(kind, f"caption {number}", f"new {kind} {number}".encode())
        people.edit_media(user, message, new, chat_id=chat)

    return change


def _recaption(people: People, user: int, message: int, number: int, chat: int | None) -> None:
    people.edit_text(user, message, f"caption {number}", chat_id=chat)


def _move(people: People, user: int, message: int, number: int, chat: int | None) -> None:
    people.move_location(user, message, 22.5, 113.0 + number / 1000, chat_id=chat)


def _throw(people: People, user: int, number: int, place: Place) -> int:
    del number
    return people.send_dice(user, **place)


def _rare(kind: str) -> Kind:
    def send(people: People, user: int, number: int, place: Place) -> int:
        del number
        return people.send_rarity(user, kind, **place)

    return Kind(kind, send, "")


def _media(kind: MediaKind, change: Change | None, *, has_text: bool = True) -> Kind:
    album = kind if kind in ALBUM_KINDS else None
    return Kind(kind, _file(kind), kind, change, has_text, album)


KINDS: Final = (
    Kind("text", _text, "text", _reword, has_text=True),
    *(_media(kind, _replace(kind)) for kind in ("photo", "video", "animation")),
    *(_media(kind, _replace(kind)) for kind in ("audio", "document")),
    _media("voice", _recaption),
    *(_media(kind, None, has_text=False) for kind in ("video_note", "sticker")),
    Kind(
        "location", lambda p, u, n, w: p.send_location(u, 22.5, 113.0 + n / 1000, **w), "location"
    ),
    Kind(
        "live location",
        lambda p, u, n, w: p.send_location(u, 22.5, 113.0 + n / 1000, live_period=900, **w),
        "location",
        _move,
    ),
    Kind("venue", lambda p, u, n, w: p.send_venue(u, f"Centre {n}", **w), "venue"),
    Kind("contact", lambda p, u, n, w: p.send_contact(u, f"+1555{n:04}", **w), "contact"),
    Kind("poll", lambda p, u, n, w: p.send_poll(u, f"When {n}?", **w), "poll"),
    Kind("quiz", lambda p, u, n, w: p.send_poll(u, f"Which {n}?", is_quiz=True, **w), ""),
    Kind("dice", _throw, "text"),
    *(_rare(kind) for kind in RARE),
)
