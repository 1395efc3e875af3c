"""The life of one process, counted in steps, so that it can end at any of them.

A step is a transaction that is committed, a call of Telegram, or the thinking about a question,
before and after it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


class Killed(BaseException):
    """The process ends here; nothing in the product may catch it."""


@dataclass
class Life:
    """Counts steps and ends at ``die_at`` (the first is 1; 0 is never) by calling ``kill``."""

    die_at: int = 0
    kill: Callable[[], None] = lambda: None
    steps: int = 0
    alive: bool = True
    last: str = ""

    def step(self, name: str) -> None:
        """Count a step; raises ``Killed`` where the process ends, and ever after."""
        self.check()
        self.steps += 1
        if self.steps == self.die_at:
            self.last = name
            self.end()
            raise Killed

    def check(self) -> None:
        """Raise ``Killed`` in what is left of a process that has ended."""
        if not self.alive:
            raise Killed

    def end(self) -> None:
        """End the process."""
        self.alive = False
        self.kill()


@dataclass
class Ledger:
    """What has been committed, written down beside the storage and not by it.

    ``owned`` are conversations that a person has; ``fenced`` the bot's own words by chat.
    """

    owned: set[int] = field(default_factory=set)
    chats: dict[int, int] = field(default_factory=dict)
    fenced: dict[int, set[str]] = field(default_factory=dict)
    claims: int = 0

    def has_person(self, chat: int) -> bool:
        """Whether a claim on the conversation in this chat has been committed and still holds."""
        return any(self.chats.get(one) == chat for one in self.owned)
