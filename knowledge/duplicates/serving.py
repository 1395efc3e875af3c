"""Which of several copies is served, to whom and on which day.

The order: the issuer's own page, a source that names its issuer, a reprint; what is better
supported; what was checked later; the id. A passage gives way only to one that the reader may see,
that holds on that day and is not replaced itself; so nobody loses an answer because others may see
a better copy, and when that copy is gone, ends or is replaced the next one stands in for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.duplicates.editions import Copy
from knowledge.duplicates.sketch import standing
from knowledge.passage import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What serving goes by. Days are ordinals, 0 where none is named; ``names``: number and title.

    ``group``: the FAQ entry, which is served whole or not at all; "" for a text.
    """

    document: str
    audience: Audience
    rank: int
    weight: int
    begins: int
    ends: int
    answers: bool
    names: tuple[str, ...]
    replaces: tuple[str, ...]
    group: str = ""

    @property
    def order(self) -> tuple[int, str]:
        """The lowest is served first."""
        return self.rank, self.document

    def holds(self, day: date | None) -> bool:
        """Whether it is in force on a day."""
        number = day.toordinal() if day else 0
        return not number or (self.begins <= number and (not self.ends or number <= self.ends))


@dataclass(frozen=True)
class Serving:
    """The copies of a shelf, and what is known of each passage that is one or replaces a rule."""

    copies: Sequence[Copy]
    cards: Mapping[str, Card]

    def give_way(
        self, audiences: Iterable[Audience], day: date | None, lapsed: AbstractSet[str]
    ) -> dict[str, str]:
        """Each passage that gives way, and the one that is served instead.

        ``day``: None where no time is asked about. ``lapsed`` are served to nobody.
        """
        readable = frozenset(audiences)
        seen = {
            name: card
            for name, card in self.cards.items()
            if card.audience in readable and name not in lapsed
        }
        replaced = self._replaced(seen, day)
        good = {
            name for name, card in seen.items() if card.holds(day) and not replaced & {*card.names}
        }
        served: dict[str, str] = {}
        for copy in self._equal:
            if copy.of in seen and copy.of not in served:
                self._serve(copy, seen, good, served, equal=True)
        for copy in self._parts:
            if copy.of in seen and copy.of not in served:
                self._serve(copy, seen, good, served, equal=False)
        return self._whole(served, seen)

    def _serve(
        self,
        copy: Copy,
        seen: Mapping[str, Card],
        good: set[str],
        served: dict[str, str],
        *,
        equal: bool,
    ) -> None:
        mine = seen[copy.of]
        for other in copy.within:
            theirs = seen.get(other)
            if theirs is None or other in served or (other not in good and copy.of in good):
                return
            if theirs.order >= mine.order if equal else not _is_as_good(theirs, mine):
                return
        served[copy.of] = copy.within[0]

    @cached_property
    def _edges(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for copy in self.copies:
            found[copy.of].update(copy.within)
        return {name: frozenset(some) for name, some in found.items()}

    @cached_property
    def _equal(self) -> list[Copy]:
        """Those that say no more and no less than the others, the best first."""
        equal = [one for one in self.copies if self._is_mutual(one)]
        return sorted(equal, key=lambda one: (*self.cards[one.of].order, self._best(one)))

    @cached_property
    def _parts(self) -> list[Copy]:
        """Those that are part of something longer, the longest first."""
        parts = [one for one in self.copies if not self._is_mutual(one)]
        return sorted(parts, key=lambda one: (-self.cards[one.of].weight, self._best(one)))

    def _best(self, copy: Copy) -> tuple[int, str]:
        return max(self.cards[other].order for other in copy.within)

    def _is_mutual(self, copy: Copy) -> bool:
        return all(copy.of in self._edges.get(other, ()) for other in copy.within)

    @staticmethod
    def _replaced(seen: Mapping[str, Card], day: date | None) -> frozenset[str]:
        return frozenset(
            name
            for card in seen.values()
            if card.answers and card.holds(day)
            for name in card.replaces
        )

    @staticmethod
    def _whole(served: dict[str, str], seen: Mapping[str, Card]) -> dict[str, str]:
        """Without FAQ entries of which a language would stay."""
        kept = {card.group for name, card in seen.items() if card.group and name not in served}
        return {name: other for name, other in served.items() if seen[name].group not in kept}


def _is_as_good(one: Card, other: Card) -> bool:
    return standing(one.rank) <= standing(other.rank)
