"""Time that passes only when somebody waits."""

import asyncio
from dataclasses import dataclass


@dataclass
class Timeline:
    """A clock and the way to wait by it."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        # Floats that add up to a little less than the moment waited for would wait for ever.
        self.now += max(seconds, 1e-6)
        # Others have their turn meanwhile.
        await asyncio.sleep(0)
