"""One request at a time to a server, and time between them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

DELAY = 2.0
"""Seconds between two requests to one server, unless its robots.txt asks for more."""


@dataclass(slots=True)
class Pace:
    """Waits before a request until the server has had its rest.

    ``clock`` gives seconds and never runs backwards. It is used by one thread.
    """

    delay: float = DELAY
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str, delay: float = 0.0) -> float:
        """Wait for our turn with the server; the seconds that it took."""
        now = self.clock()
        pause = max(0.0, self._free.get(host, now) - now)
        if pause:
            self.sleep(pause)
        self.done(host, delay)
        return pause

    def done(self, host: str, delay: float = 0.0) -> None:
        """Let the server rest from now on, for so many seconds at least."""
        self._free[host] = self.clock() + max(delay, self.delay)
