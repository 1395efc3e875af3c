"""A circuit breaker: a model that keeps failing is left alone for a while.

Method: Nygard, Release It! (2007), “Circuit Breaker”; the pause doubles up to a limit.
"""

import threading
from collections.abc import Callable

FAILURES = 3
SHORTEST_PAUSE = 30.0
LONGEST_PAUSE = 900.0


class CircuitBreaker:
    """Counts failures in a row; safe to share between threads.

    After ``FAILURES`` of them nothing is let through for a pause, then one request at a time until
    one succeeds; each further failure doubles the pause. ``clock`` gives seconds and never runs
    backwards.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Let requests through until told of failures."""
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0

    def lets_through(self) -> bool:
        """Whether a request may be made now; one that may must be reported on."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            now = self._clock()
            if now < self._closed_until:
                return False
            # This one tries whether it works again; the others wait for what it reports.
            self._closed_until = now + self._pause()
            return True

    def succeeded(self) -> None:
        """It works."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """It does not work."""
        with self._lock:
            self._failures += 1
            self._closed_until = self._clock() + self._pause()

    def _pause(self) -> float:
        doublings = min(max(self._failures - FAILURES, 0), 10)
        return float(min(SHORTEST_PAUSE * 2**doublings, LONGEST_PAUSE))
