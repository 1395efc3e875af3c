"""The time of the local Bot API server, under the control of the tests."""

import time


class Clock:
    """Seconds since the epoch; frozen, or following real time with an offset."""

    def __init__(self, frozen_at: float | None = None) -> None:
        self._frozen_at = frozen_at
        self._offset = 0.0

    @property
    def follows_real_time(self) -> bool:
        """Whether time passes by itself."""
        return self._frozen_at is None

    def now(self) -> float:
        """Return the present moment."""
        base = time.time() if self._frozen_at is None else self._frozen_at
        return base + self._offset

    def seconds(self) -> int:
        """Return the present moment as Telegram writes dates."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        """Let time pass at once, in either mode."""
        self._offset += seconds
