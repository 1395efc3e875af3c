"""Messages that are no text and no file: places, cards, polls, dice, and what no bot can copy."""

from typing import Any

from tests.telegram_server.shapes import JsonObject
from tests.telegram_server.state import Content

_DICE_VALUES = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
DICE = frozenset(_DICE_VALUES)

EXTRA_KINDS = (
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "paid_media",
    "giveaway",
    "giveaway_winners",
    "checklist",
    "game",
    "invoice",
)
"""The fields that make a kind of message; a venue has a location too, so it comes first."""

UNCOPYABLE = frozenset(
    {"story", "paid_media", "giveaway", "giveaway_winners", "checklist", "game", "invoice"}
)
"""Kinds of which copyMessage says that the message can't be copied."""


def kind_of(content: Content) -> str:
    """Name the kind of a message, as the field that carries it."""
    if content.media is not None:
        return content.media.kind
    if content.is_service:
        return "service:" + next(iter(content.extra))
    return next((kind for kind in EXTRA_KINDS if kind in content.extra), "text")


def make_location(latitude: float, longitude: float, **more: Any) -> Content:  # noqa: ANN401 - JSON
    """Make a point on the map; `live_period` makes it a live one."""
    return Content(extra={"location": {"latitude": latitude, "longitude": longitude, **more}})


def make_venue(title: str, address: str, *, latitude: float, longitude: float) -> Content:
    """Make a place with a name; such messages carry its location a second time."""
    location = {"latitude": latitude, "longitude": longitude}
    venue = {"location": location, "title": title, "address": address}
    return Content(extra={"venue": venue, "location": location})


def make_contact(phone_number: str, first_name: str) -> Content:
    """Make somebody's card."""
    return Content(extra={"contact": {"phone_number": phone_number, "first_name": first_name}})


def make_poll(number: int, question: str, options: list[str], **more: Any) -> Content:  # noqa: ANN401 - JSON
    """Make a poll without votes."""
    poll: JsonObject = {
        "id": str(5_000_000_000_000_000_000 + number),
        "question": question,
        "options": [
            {"persistent_id": str(index), "text": text, "voter_count": 0}
            for index, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": more.get("type", "regular") == "regular",
        "members_only": False,
    }
    return Content(extra={"poll": poll | more})


def roll_dice(emoji: str, chance: float) -> Content:
    """Throw a dice; `chance` is from 0 up to 1."""
    value = 1 + int(chance * _DICE_VALUES[emoji])
    return Content(extra={"dice": {"emoji": emoji, "value": value}})


def make_rarity(kind: str, chat: JsonObject, date: int) -> Content:
    """Make a message of a kind that bots can neither send nor copy."""
    photo = {"file_id": "PREVIEW", "file_unique_id": "PREVIEW", "width": 90, "height": 90}
    task = {"id": 1, "text": "Send the contract"}
    preview = {"type": "preview", "width": 90, "height": 90}
    bodies: dict[str, JsonObject] = {
        "story": {"chat": chat, "id": 1},
        "paid_media": {"star_count": 5, "paid_media": [preview]},
        "giveaway": {"chats": [chat], "winners_selection_date": date, "winner_count": 1},
        "giveaway_winners": {
            "chat": chat,
            "giveaway_message_id": 1,
            "winners_selection_date": date,
            "winner_count": 1,
            "winners": [],
        },
        "checklist": {"title": "To do", "tasks": [task]},
        "game": {"title": "Snake", "description": "Eat and grow", "photo": [photo]},
        "invoice": {
            "title": "Seal",
            "description": "A seal",
            "start_parameter": "seal",
            "currency": "CNY",
            "total_amount": 9900,
        },
    }
    return Content(extra={kind: bodies[kind]})
