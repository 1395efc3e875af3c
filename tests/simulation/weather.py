"""What can happen to a request on its way to Telegram and back, by a seeded chance."""

import random
from dataclasses import dataclass
from enum import StrEnum


class Fortune(StrEnum):
    """What becomes of a request."""

    FINE = "fine"
    FLOOD = "429, nothing done"
    REFUSED = "connection refused, nothing sent"
    LOST = "timed out, nothing done"
    UNHEARD = "done, but the answer was lost"
    LATE = "timed out, done a moment later"
    BROKEN = "500, nothing done"
    GARBLED = "markup refused, nothing done"


@dataclass(frozen=True, slots=True)
class Passage:
    """How a request fares: seconds until it arrives, until it is answered, and what happens."""

    there: float
    back: float
    fortune: Fortune = Fortune.FINE
    wait: int = 0


_SHARES = (
    (Fortune.FLOOD, 0.02),
    (Fortune.REFUSED, 0.02),
    (Fortune.LOST, 0.02),
    (Fortune.UNHEARD, 0.025),
    (Fortune.LATE, 0.01),
    (Fortune.BROKEN, 0.01),
    (Fortune.GARBLED, 0.01),
)
_THOUGHTS = (0.01, 0.2, 0.8, 2.5)
_SLOW = 0.04
_STORMS = (0.0, 1.0, 1.0, 3.0)
LATEST = 1.5
"""Seconds in which a request may still arrive after its answer was given up, or its process ended.

The courier waits two seconds before it looks whether such a message is there.
"""


class Weather:
    """Calm, usual or stormy for one world, until it clears."""

    def __init__(self, chance: random.Random, *, storm: float | None = None) -> None:
        self._chance = chance
        self.thoughts: tuple[float, ...] = _THOUGHTS
        self._storm = chance.choice(_STORMS) if storm is None else storm

    def clear(self) -> None:
        """From now on nothing goes wrong any more."""
        self._storm = 0.0

    def delay(self) -> float:
        """Seconds that a thread or a transaction waits for its turn."""
        return self._chance.expovariate(250.0)

    def thinking(self) -> float:
        """Seconds that an answer takes."""
        return self._chance.choice(self.thoughts)

    def passage(self) -> Passage:
        """What the next request meets."""
        there, back = self._chance.uniform(0.005, 0.09), self._chance.uniform(0.005, 0.09)
        drawn = self._chance.random()
        for fortune, share in _SHARES:
            drawn -= share * self._storm
            if drawn < 0:
                return self._misfortune(fortune, there)
        if drawn < _SLOW * self._storm:
            there += self._chance.uniform(0.5, 4.0)
        return Passage(there, back)

    def _misfortune(self, fortune: Fortune, there: float) -> Passage:
        if fortune is Fortune.LATE:
            return Passage(5.0 + self._chance.uniform(0.1, LATEST), 0.0, fortune)
        patience = self._chance.uniform(0.1, 5.0) if fortune is not Fortune.REFUSED else 0.01
        return Passage(there, patience, fortune, wait=self._chance.randint(1, 4))
