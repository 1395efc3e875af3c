"""What was used up of one limit, written down so that every process can go on from there."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Self

MEMORY: Final = 600.0
"""Seconds after which a warning of Telegram's is forgotten, one step at a time."""
_MOST_STRAIN: Final = 3


@dataclass(frozen=True, slots=True)
class Window:
    """At most ``limit`` calls in any ``seconds``."""

    limit: int
    seconds: float

    def strained(self, strain: int) -> int:
        """How many after so many warnings: half as many after each."""
        return max(1, self.limit >> strain)


@dataclass(slots=True)
class Meter:
    """Calls and warnings of one limit. Moments are seconds of a clock that processes share."""

    times: list[float] = field(default_factory=list)
    silent_from: float = 0.0
    silent_for: float = 0.0
    warnings: int = 0
    warned_at: float = 0.0

    @classmethod
    def read(cls, text: str, now: float) -> Self:
        """Read what was written. A clock that was put back must not silence us for ever."""
        meter = cls()
        with suppress(ValueError, TypeError):
            times, silent_from, meter.silent_for, meter.warnings, warned_at = json.loads(text)
            meter.times = [min(float(time), now) for time in times]
            meter.silent_from = min(float(silent_from), now)
            meter.warned_at = min(float(warned_at), now)
        return meter

    @property
    def text(self) -> str:
        """The form in which it is kept."""
        return json.dumps(
            [self.times, self.silent_from, self.silent_for, self.warnings, self.warned_at]
        )

    def strain(self, now: float) -> int:
        """How many warnings still count."""
        return max(0, self.warnings - int((now - self.warned_at) // MEMORY))

    def left(self, windows: Sequence[Window], now: float) -> int:
        """How many calls there is room for now."""
        if self.silent_from + self.silent_for > now:
            return 0
        strain = self.strain(now)
        return min(max(0, w.strained(strain) - self._within(w, now)) for w in windows)

    def wait(self, windows: Sequence[Window], now: float) -> float:
        """Return how long until there is room for a call; 0 when there is."""
        strain = self.strain(now)
        waits = [self.silent_from + self.silent_for - now]
        for window in windows:
            limit = window.strained(strain)
            if self._within(window, now) >= limit:
                waits.append(self.times[-limit] + window.seconds - now)
        return max(0.0, *waits)

    def take(self, windows: Sequence[Window], now: float) -> None:
        """Count a call, and forget those that count no more."""
        longest = max(window.seconds for window in windows)
        most = max(window.limit for window in windows)
        self.times = [time for time in self.times if time + longest > now][-most:]
        self.times.append(now)

    def silence(self, seconds: float, now: float) -> None:
        """Telegram wants silence; every warning that comes after the last was heeded adds to it."""
        over = self.silent_from + self.silent_for
        if over <= now:
            self.warnings = min(_MOST_STRAIN, self.strain(now) + 1)
            self.warned_at = now
        seconds += 2.0 ** (self.warnings - 1) - 1
        if now + seconds > over:
            self.silent_from, self.silent_for = now, seconds

    def matters_for(self, windows: Sequence[Window], now: float) -> float:
        """How many seconds it must be kept from now on."""
        longest = max(window.seconds for window in windows)
        memory = MEMORY * self.strain(now)
        return max(longest, memory, self.silent_from + self.silent_for - now)

    def _within(self, window: Window, now: float) -> int:
        return sum(time + window.seconds > now for time in self.times)
