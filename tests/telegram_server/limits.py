"""A model of Telegram's flood limits; off unless a test turns it on."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from tests.telegram_server import errors
from tests.telegram_server.clock import Clock

_WRITES = frozenset({"createForumTopic", "editForumTopic", "closeForumTopic", "reopenForumTopic"})
_WRITE_PREFIXES = ("send", "copy", "forward", "editMessage")
_TYPING = frozenset({"sendChatAction", "sendMessageDraft"})
_LONGEST_TYPING_WAIT = 3.0


class Window:
    """At most `count` events in any `seconds`."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._events: deque[float] = deque()

    def wait_needed(self, now: float, events: int = 1) -> float:
        """Return how long so many events must wait; more than ever fit wait for an empty window."""
        while self._events and self._events[0] <= now - self._seconds:
            self._events.popleft()
        surplus = len(self._events) + min(events, self._count) - self._count
        return self._events[surplus - 1] + self._seconds - now if surplus > 0 else 0.0

    def note(self, now: float, events: int = 1) -> None:
        """Count events."""
        self._events.extend([now] * events)


@dataclass
class RateLimits:
    """The numbers of the model; Telegram does not publish its own."""

    per_second: int = 30
    private_burst: int = 5
    group_per_minute: int = 20
    typing_per_five_seconds: int = 20
    typing_per_half_minute: int = 40
    # Added for each request that does not wait as long as it was told; at most so much in all.
    penalty: float = 5.0
    longest_penalty: float = 300.0


@dataclass
class _Offender:
    """A chat in which the bot was told to wait."""

    until: float
    offences: int = 0


class RateModel:
    """Answers 429 when a bot writes faster than Telegram lets it.

    A forum is one chat, whatever its number of topics; sends, copies, edits and new topics share
    its minute, and each message of an album counts. Typing and drafts have windows of their own.
    Who writes again before the time is over waits longer each time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.is_on = False
        self.limits = RateLimits()
        self.reset()

    def reset(self) -> None:
        """Forget what was sent so far; needed after the numbers changed."""
        limits = self.limits
        # A burst spread over its own length averages one message a second.
        burst = limits.private_burst
        self._overall = Window(limits.per_second, 1.0)
        self._webhooks = Window(1, 1.0)
        self._private: defaultdict[int, Window] = defaultdict(lambda: Window(burst, float(burst)))
        self._groups: defaultdict[int, Window] = defaultdict(
            lambda: Window(limits.group_per_minute, 60.0)
        )
        self._typing: defaultdict[int, tuple[Window, Window]] = defaultdict(
            lambda: (
                Window(limits.typing_per_five_seconds, 5.0),
                Window(limits.typing_per_half_minute, 30.0),
            )
        )
        self._offenders: dict[int, _Offender] = {}

    def check(self, method: str, chat_id: int | None, messages: int = 1) -> None:
        """Count a request that makes so many messages, or refuse it with the time to wait."""
        if not self.is_on:
            return
        now = self._clock.now()
        windows = self._windows_for(method, chat_id)
        wait = max((window.wait_needed(now, messages) for window in windows), default=0.0)
        if method in _TYPING:
            wait = min(wait, _LONGEST_TYPING_WAIT)
        elif chat_id is not None and windows:
            wait = self._punish(chat_id, wait, now)
        if wait > 0:
            raise errors.too_many_requests(max(1, math.ceil(wait)))
        for window in windows:
            window.note(now, messages)

    def _punish(self, chat_id: int, wait: float, now: float) -> float:
        offender = self._offenders.get(chat_id)
        if offender is None or now >= offender.until:
            if wait > 0:
                self._offenders[chat_id] = _Offender(now + wait)
            else:
                self._offenders.pop(chat_id, None)
            return wait
        # The first may have been under way already when the bot was told.
        longer = offender.until - now + self.limits.penalty * offender.offences
        offender.offences += 1
        longer = min(max(wait, longer), self.limits.longest_penalty)
        offender.until = now + longer
        return longer

    def _windows_for(self, method: str, chat_id: int | None) -> list[Window]:
        if method == "setWebhook":
            return [self._webhooks]
        if chat_id is None:
            return []
        if method in _TYPING:
            return list(self._typing[chat_id])
        if method not in _WRITES and not method.startswith(_WRITE_PREFIXES):
            return []
        return [self._overall, self._groups[chat_id] if chat_id < 0 else self._private[chat_id]]
