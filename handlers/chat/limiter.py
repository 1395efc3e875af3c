"""How often we may write: Telegram's unpublished limits, kept to with some room.

A private chat bears one message a second and short bursts, a group (with all its topics) about 20
in a minute, a bot about 30 in a second. Every limit here is so many calls in the last so many
seconds; a 429 silences only the chat that it was about.
"""

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Final

_PRIVATE: Final = (3, 3.0)
_GROUP: Final = (18, 60.0)
_OVERALL: Final = (25, 1.0)
_MANY_CHATS: Final = 1000


class Window:
    """At most ``limit`` calls in any ``seconds``."""

    def __init__(self, limit: int, seconds: float) -> None:
        """Begin with an empty window."""
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=limit)

    def wait(self, now: float) -> float:
        """Return how long until there is room; 0 when there is."""
        if len(self._times) < (self._times.maxlen or 0):
            return 0.0
        return max(0.0, self._times[0] + self._seconds - now)

    def take(self, now: float) -> None:
        """Count a call."""
        self._times.append(now)

    def idle(self, now: float) -> bool:
        """Whether nothing of it counts any more."""
        return not self._times or self._times[-1] + self._seconds <= now


class Limiter:
    """Room for calls: by chat, and over all of them. Time comes from outside."""

    def __init__(
        self, *, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        """Use a clock that never goes back, and a way to wait."""
        self._clock = clock
        self._sleep = sleep
        self._overall = Window(*_OVERALL)
        self._chats: dict[int, Window] = {}
        self._silent_until: defaultdict[int, float] = defaultdict(float)

    async def take(self, chat: int) -> None:
        """Wait until the chat may be written to, and count it."""
        while not self.try_take(chat):
            await self._sleep(self.wait(chat))

    def try_take(self, chat: int) -> bool:
        """Count a call if there is room for it now."""
        if self.wait(chat) > 0:
            return False
        now = self._clock()
        self._overall.take(now)
        self._window(chat).take(now)
        return True

    async def take_overall(self) -> None:
        """Wait for a call that no chat sees."""
        while (wait := self._overall.wait(self._clock())) > 0:
            await self._sleep(wait)
        self._overall.take(self._clock())

    def pause(self, chat: int, seconds: float) -> None:
        """Be silent in one chat."""
        until = self._clock() + seconds
        self._silent_until[chat] = max(self._silent_until[chat], until)

    def wait(self, chat: int) -> float:
        """Return how long until a chat may be written to."""
        now = self._clock()
        return max(
            self._silent_until.get(chat, now) - now,
            self._window(chat).wait(now),
            self._overall.wait(now),
        )

    def _window(self, chat: int) -> Window:
        if chat not in self._chats:
            self._forget_idle()
            self._chats[chat] = Window(*(_PRIVATE if chat > 0 else _GROUP))
        return self._chats[chat]

    def _forget_idle(self) -> None:
        if len(self._chats) < _MANY_CHATS:
            return
        now = self._clock()
        self._chats = {chat: w for chat, w in self._chats.items() if not w.idle(now)}
        live = {chat: until for chat, until in self._silent_until.items() if until > now}
        self._silent_until = defaultdict(float, live)
