"""How long the rest will take, told from what the documents so far took.

The work is counted in bytes, for each kind of file by itself: a second goes by over a megabyte of
text, and over a tenth of one of scans. A kind that has not come yet is taken to go as the average.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath


def kind_of(name: str) -> str:
    """What files of one kind have in common: how their names end."""
    return PurePosixPath(name).suffix.lower()


@dataclass(slots=True)
class Pace:
    """Bytes left and seconds spent by kind; ``clock`` gives seconds from any beginning."""

    clock: Callable[[], float]
    left: Counter[str] = field(default_factory=Counter)
    _done: Counter[str] = field(default_factory=Counter, init=False)
    _spent: dict[str, float] = field(default_factory=dict, init=False)
    _latest: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin now."""
        self._latest = self.clock()

    def finish(self, files: Iterable[tuple[str, int]]) -> None:
        """Files, each with its kind and its bytes, are done with; together they took until now."""
        now = self.clock()
        sizes: Counter[str] = Counter()
        for kind, size in files:
            sizes[kind] += max(size, 1)
        weights = {kind: size * (self._rate(kind) or 1.0) for kind, size in sizes.items()}
        whole = sum(weights.values()) or 1.0
        for kind, weight in weights.items():
            spent = (now - self._latest) * weight / whole
            self._spent[kind] = self._spent.get(kind, 0.0) + spent
        self._done += sizes
        self.left -= sizes
        self._latest = now

    def remaining(self) -> float | None:
        """The seconds that the rest will take; None before anything is known."""
        if not self._done:
            return None
        return sum(size * self._rate(kind) for kind, size in self.left.items())

    def _rate(self, kind: str) -> float:
        """Seconds a byte, of this kind or of all; 0 before anything is known."""
        if self._done[kind]:
            return self._spent[kind] / self._done[kind]
        done = self._done.total()
        return sum(self._spent.values()) / done if done else 0.0
