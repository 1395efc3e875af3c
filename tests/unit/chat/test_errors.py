from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
import telegram.error
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from handlers.chat.errors import MEANINGS, Fate, judge


def test_every_error_of_the_library_has_a_meaning() -> None:
    known = {getattr(telegram.error, name) for name in telegram.error.__all__}
    assert len(known) > 8
    assert set(MEANINGS) == known


@pytest.mark.parametrize(
    ("cause", "fate"),
    [
        (httpx.ConnectError("refused"), Fate.NOT_SENT),
        (httpx.ConnectTimeout("slow"), Fate.NOT_SENT),
        (httpx.PoolTimeout("full"), Fate.NOT_SENT),
        (httpx.ReadTimeout("slow"), Fate.UNKNOWN),
        (httpx.WriteTimeout("slow"), Fate.UNKNOWN),
        (httpx.ReadError("gone"), Fate.UNKNOWN),
        (httpx.RemoteProtocolError("gone"), Fate.UNKNOWN),
        (None, Fate.UNKNOWN),
    ],
)
@pytest.mark.parametrize("kind", [TimedOut, lambda: NetworkError("x")])
def test_only_what_never_left_is_known_not_to_have_arrived(
    cause: Exception | None, fate: Fate, kind: Callable[[], TelegramError]
) -> None:
    error = kind()
    error.__cause__ = cause
    assert judge(error).fate is fate


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("Bad Request: can't parse entities: byte offset 3", Fate.MARKUP),
        ("Bad Request: message is not modified: exactly the same", Fate.DONE),
        ("Bad Request: TOPIC_NOT_MODIFIED", Fate.DONE),
        ("Bad Request: message thread not found", Fate.TOPIC_GONE),
        ("Bad Request: TOPIC_DELETED", Fate.TOPIC_GONE),
        ("Bad Request: TOPIC_CLOSED", Fate.TOPIC_CLOSED),
        ("Bad Request: not enough rights to create a topic", Fate.NO_RIGHTS),
        ("Bad Request: chat not found", Fate.UNREACHABLE),
        ("Bad Request: something new", Fate.REFUSED),
    ],
)
def test_refusals_are_told_apart_by_their_words(words: str, fate: Fate) -> None:
    assert judge(BadRequest(words)).fate is fate


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
def test_a_flood_wait_says_how_long(wait: int | timedelta) -> None:
    verdict = judge(RetryAfter(wait))
    assert (verdict.fate, verdict.wait) == (Fate.FLOOD, 7.0)
