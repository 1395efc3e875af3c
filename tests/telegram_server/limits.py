"""A model of Telegram's flood limits; off unless a test turns it on."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from tests.telegram_server import errors
from tests.telegram_server.clock import Clock

_WRITES = frozenset({"createForumTopic", "editForumTopic", "closeForumTopic", "reopenForumTopic"})
_WRITE_PREFIXES = ("send", "copy", "forward", "editMessage")
_TYPING = frozenset({"sendChatAction", "sendMessageDraft"})


class Window:
    """At most `count` events in any `seconds`."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._events: deque[float] = deque()

    def wait_needed(self, now: float) -> float:
        """Return how long the next event must wait."""
        while self._events and self._events[0] <= now - self._seconds:
            self._events.popleft()
        if len(self._events) < self._count:
            return 0.0
        return self._events[0] + self._seconds - now

    def note(self, now: float) -> None:
        """Count an event."""
        self._events.append(now)


@dataclass
class RateLimits:
    """The numbers of the model; Telegram does not publish its own."""

    per_second: int = 30
    private_burst: int = 5
    group_per_minute: int = 20
    typing_per_five_seconds: int = 20


class RateModel:
    """Answers 429 when a bot writes faster than Telegram lets it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.is_on = False
        self.limits = RateLimits()
        self.reset()

    def reset(self) -> None:
        """Forget what was sent so far; needed after the numbers changed."""
        limits = self.limits
        self._overall = Window(limits.per_second, 1.0)
        self._typing = Window(limits.typing_per_five_seconds, 5.0)
        # A burst spread over its own length averages one message a second.
        burst = limits.private_burst
        self._private: defaultdict[int, Window] = defaultdict(lambda: Window(burst, float(burst)))
        self._groups: defaultdict[int, Window] = defaultdict(
            lambda: Window(limits.group_per_minute, 60.0)
        )

    def check(self, method: str, chat_id: int | None) -> None:
        """Count a request, or refuse it with the time to wait."""
        if not self.is_on or chat_id is None:
            return
        windows = self._windows_for(method, chat_id)
        now = self._clock.now()
        wait = max((window.wait_needed(now) for window in windows), default=0.0)
        if wait > 0:
            raise errors.too_many_requests(max(1, math.ceil(wait)))
        for window in windows:
            window.note(now)

    def _windows_for(self, method: str, chat_id: int) -> list[Window]:
        if method in _TYPING:
            return [self._typing]
        if method not in _WRITES and not method.startswith(_WRITE_PREFIXES):
            return []
        return [self._overall, self._groups[chat_id] if chat_id < 0 else self._private[chat_id]]
