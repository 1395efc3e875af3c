"""What an outbox row of this door holds, and how it is written and read.

A payload has ``parameters`` (of the call) and, where it applies:

* ``ticket``: the call goes to this ticket's topic, whose number is filled in when it exists;
* ``plain``: the text to send when Telegram does not understand the markup;
* ``mirrors``: what the new message stands for, as chat and message; the two are tied when it is
  sent, so that ``edits`` of another row can name it before anybody knows its number;
* ``renews``: from now on it is this message that ``edits`` finds;
* ``receipt``: the message in the staff group to react to when this one has arrived;
* ``after``: a message of the chat that is older than this one will be;
* ``fold``: the text, where the message is nothing else and may become a part of another one;
* ``answers``: the question that this is the bot's answer to, in the first part of the answer;
* ``mirrors_each``: the same as ``mirrors`` for each message of an album;
* ``caption``, ``caption_entities`` and ``media``: what a copied message or album says, in case that
  it goes out with another text;
* ``edits``: the call is about the mirror of this message, whose number is filled in;
* ``replies``: what it replies to, ``chat`` and ``message`` on the other side, perhaps a ``quote``;
* ``otherwise``: messages to write if this one comes to nothing; ``incomplete``: if parts of an
  album do; ``unlinked``: if what it replies to has no mirror;
* ``then``: messages to write once it has arrived;
* ``problem``: how staff are told that this one came to nothing;
* ``receipt_sign``: the reaction for ``receipt`` where it is another one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.desk.mail import Draft, Priority

DOOR: Final = "telegram"
OUTBOX: Final = f"{DOOR}:"
"""How the names of this door's queues begin."""

CUSTOMERS: Final = f"{OUTBOX}chat:"
"""How the queues of private chats begin; all others lead to staff."""

CREATE_TOPIC: Final = "createForumTopic"
ALBUM_METHODS: Final = frozenset({"copyMessages", "sendMediaGroup"})
NEW_MESSAGE_METHODS: Final = frozenset({"sendMessage", "copyMessage", *ALBUM_METHODS})
"""Calls that must not be repeated once they have arrived; all others are."""

FOLD: Final = "fold"

WARNING: Final = "warning"
"""The key of what tells staff that a customer did not get something."""

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})

Tie = tuple[str, str]
"""A chat and a message in it."""


def customer_queue(chat: str) -> str:
    """Return the queue of a private chat."""
    return f"{CUSTOMERS}{chat}"


def ticket_queue(ticket: int) -> str:
    """Return the queue of a ticket's topic."""
    return f"{OUTBOX}ticket:{ticket}"


def card_of(ticket: int) -> Tie:
    """Return what a ticket's case card is tied to."""
    return (f"{OUTBOX}ticket:{ticket}", "card")


def edit_of(ticket: int) -> Tie:
    """Return what messages are tied to whose replies go out instead of a ticket's draft."""
    return (f"{OUTBOX}ticket:{ticket}", "edit")


def closing_of(ticket: int) -> Tie:
    """Return what the message is tied to that tells a customer of a ticket's end."""
    return (f"{OUTBOX}ticket:{ticket}", "closing")


def rating_of(ticket: int) -> Tie:
    """Return what messages are tied to whose replies are a customer's comment on a ticket."""
    return (f"{OUTBOX}ticket:{ticket}", "rating")


def read_role(tie: Tie | None) -> tuple[int, str]:
    """Return the ticket, and which of its messages a message is; (0, "") for any other."""
    place, role = tie or ("", "")
    number = place.removeprefix(f"{OUTBOX}ticket:")
    return (int(number), role) if number != place and number.isdigit() else (0, "")


def to_chat(
    chat: str,
    method: str,
    parameters: Mapping[str, object],
    *,
    fenced: bool = False,
    extra: Mapping[str, object] = _NOTHING,
) -> Draft:
    """Write a call that goes to a private chat; ``extra`` is what else the payload holds."""
    payload = {"parameters": {"chat_id": int(chat), **parameters}, **extra}
    return Draft(queue=customer_queue(chat), method=method, payload=payload, fenced=fenced)


def to_topic(
    ticket: int,
    method: str,
    parameters: Mapping[str, object],
    *,
    silent: bool = False,
    extra: Mapping[str, object] = _NOTHING,
) -> Draft:
    """Write a call that goes to a ticket's topic; ``extra`` is what else the payload holds."""
    payload = {"parameters": dict(parameters), "ticket": ticket, **extra}
    return Draft(queue=ticket_queue(ticket), method=method, payload=payload, silent=silent)


def pressing(drafts: Sequence[Draft]) -> list[Draft]:
    """Let these go before what other tickets have to say, where there is not room for all."""
    return [replace(draft, priority=Priority.URGENT) for draft in drafts]


def read_tie(payload: Mapping[str, object], key: str) -> Tie | None:
    """Read a chat and a message; JSON has made a list of them."""
    return _as_tie(payload.get(key))


def read_ties(payload: Mapping[str, object], key: str) -> list[Tie]:
    """Read several of them."""
    found = payload.get(key)
    return [tie for each in found if (tie := _as_tie(each))] if isinstance(found, list) else []


def _as_tie(value: object) -> Tie | None:
    match value:
        case [chat, message]:
            return str(chat), str(message)
        case _:
            return None


def packed(drafts: Sequence[Draft]) -> list[Mapping[str, object]]:
    """Write drafts as a part of another one's payload."""
    return [
        {
            "queue": one.queue,
            "method": one.method,
            "payload": one.payload,
            "silent": one.silent,
            "priority": one.priority.value,
        }
        for one in drafts
    ]


def unpacked(payload: Mapping[str, object], key: str) -> list[Draft]:
    """Read the drafts that a payload holds; older ones do not say how urgent they are."""
    kept = payload.get(key)
    drafts = [Draft(**one) for one in kept] if isinstance(kept, list) else []
    return [replace(one, priority=Priority(one.priority)) for one in drafts]
