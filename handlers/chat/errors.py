"""What each error of the library means for the call that was made: the one place that decides.

``BadRequest`` and ``TimedOut`` are both kinds of ``NetworkError`` there, so a rule for the latter
would send delivered messages again and repeat refused ones for ever. A class is therefore looked up
by its own name; tests/unit/chat/test_errors.py fails when the library grows one that is not here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)


class Fate(StrEnum):
    """What became of a call."""

    DONE = "done"
    """Refused because everything is already as it should be."""
    NOT_SENT = "not-sent"
    """Nothing has arrived: try again soon."""
    FLOOD = "flood"
    """Nothing has arrived, and Telegram says when to try again."""
    UNKNOWN = "unknown"
    """It may have arrived or not."""
    UNREACHABLE = "blocked"
    """The customer cannot be written to."""
    REPLY = "reply"
    """What it replies to or quotes is not there, or makes it too long."""
    MARKUP = "markup"
    """Telegram does not understand the markup."""
    TOPIC_GONE = "topic-gone"
    TOPIC_CLOSED = "topic-closed"
    NO_RIGHTS = "no-rights"
    """An administrator of the group has to do something."""
    TOKEN = "token"  # noqa: S105 - the name of a fate, not a secret
    MOVED = "moved"
    """The chat has another number now."""
    REFUSED = "refused"
    """It will never be accepted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fate, and what Telegram said: how many seconds to wait, or where a chat has gone."""

    fate: Fate
    wait: float = 0.0
    words: str = ""
    moved_to: int = 0

    @property
    def deleted(self) -> bool:
        """Whether somebody cannot be written to because their account is gone."""
        return "deactivated" in self.words.casefold()


# Parts of what Telegram writes, in lower case: the library changes the case of it.
_REFUSALS: Final = {
    "can't parse entities": Fate.MARKUP,
    "message to be replied not found": Fate.REPLY,
    "reply message not found": Fate.REPLY,
    "quote": Fate.REPLY,
    "caption is too long": Fate.REPLY,
    "message is not modified": Fate.DONE,
    "topic_not_modified": Fate.DONE,
    "query is too old": Fate.DONE,
    "message thread not found": Fate.TOPIC_GONE,
    "topic_deleted": Fate.TOPIC_GONE,
    "topic_id_invalid": Fate.TOPIC_GONE,
    "topic_closed": Fate.TOPIC_CLOSED,
    "not enough rights": Fate.NO_RIGHTS,
    "the chat is not a forum": Fate.NO_RIGHTS,
    "chat not found": Fate.UNREACHABLE,
    "user not found": Fate.UNREACHABLE,
    "can't initiate conversation": Fate.UNREACHABLE,
}

# Kinds of failure before a single byte of the request has left; named, because httpx is the
# library's dependency and not ours.
_BEFORE_SENDING: Final = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})


def _judge_refusal(error: TelegramError) -> Fate:
    words = error.message.casefold()
    return next((fate for part, fate in _REFUSALS.items() if part in words), Fate.REFUSED)


def _judge_network(error: TelegramError) -> Fate:
    cause = type(error.__cause__).__name__
    return Fate.NOT_SENT if cause in _BEFORE_SENDING else Fate.UNKNOWN


def _always(fate: Fate) -> Callable[[TelegramError], Fate]:
    return lambda _: fate


MEANINGS: Final[dict[type[TelegramError], Callable[[TelegramError], Fate]]] = {
    BadRequest: _judge_refusal,
    ChatMigrated: _always(Fate.MOVED),
    Conflict: _always(Fate.NOT_SENT),
    EndPointNotFound: _always(Fate.TOKEN),
    Forbidden: _always(Fate.UNREACHABLE),
    InvalidToken: _always(Fate.TOKEN),
    NetworkError: _judge_network,
    PassportDecryptionError: _always(Fate.REFUSED),
    RetryAfter: _always(Fate.FLOOD),
    # An answer that cannot be read: the call itself may well have been carried out.
    TelegramError: _always(Fate.UNKNOWN),
    TimedOut: _judge_network,
}


def judge(error: TelegramError) -> Verdict:
    """Return what an error means."""
    fate = MEANINGS[type(error)](error)
    wait = seconds_to_wait(error) if isinstance(error, RetryAfter) else 0.0
    moved_to = error.new_chat_id if isinstance(error, ChatMigrated) else 0
    return Verdict(fate, wait, error.message, moved_to)


def seconds_to_wait(error: RetryAfter) -> float:
    """Return how long Telegram wants us to be silent."""
    # The attribute for it warns of its next form on every use. This form is the one for pickles.
    (seconds,) = error.__reduce__()[1]
    return float(seconds)
