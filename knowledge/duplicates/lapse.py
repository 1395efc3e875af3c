"""Undated copies of a text that is not in force: they take part in the time of its dated copy.

A mirror without dates would go on answering when the rule has ended or was replaced, or before it
begins. A passage counts as undated when it names no end, and no other beginning than its copy. What
stands in a dated copy that holds stays, whatever another copy says, and so does a document of which
much stands in no dated one: it may be the next edition.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from knowledge.duplicates.editions import Copy
from knowledge.duplicates.serving import Card
from knowledge.passage import Audience

_MOST: Final = 0.8
"""The share of a document's passages that must be copies of what is not in force."""


def find_lapsed(
    copies: Sequence[Copy], cards: Mapping[str, Card], sizes: Mapping[str, int], day: date
) -> dict[str, str]:
    """The undated passages whose text is not in force on a day, and the dated copy that says so.

    ``sizes``: how many passages each document has.
    """
    told: dict[str, str] = {}
    living: set[str] = set()
    replaced = _Replaced.on(day, cards.values())
    for copy in copies:
        own, within = cards[copy.of], [cards[other] for other in copy.within]
        if not all(_is_undated_beside(own, other) for other in within):
            continue
        over = [not other.holds(day) or replaced.has(other, own) for other in within]
        if all(over):
            told.setdefault(copy.of, copy.within[0])
        elif all(other.begins or other.ends for other in within):
            living.add(copy.of)
    lapsed = {name: other for name, other in told.items() if name not in living}
    counts = Counter(cards[name].document for name in lapsed)
    return {
        name: other
        for name, other in lapsed.items()
        if cards[name].group or _is_most(cards[name].document, counts, sizes)
    }


@dataclass(frozen=True, slots=True)
class _Replaced:
    """The names of the rules that others replace on a day, by the readers of these others."""

    names: frozenset[tuple[str, Audience]]

    @classmethod
    def on(cls, day: date, cards: Iterable[Card]) -> Self:
        ruling = [one for one in cards if one.replaces and one.answers and one.holds(day)]
        return cls(frozenset((name, one.audience) for one in ruling for name in one.replaces))

    def has(self, card: Card, reader: Card) -> bool:
        """Whether a rule is replaced for those who may see another passage."""
        audiences = {Audience.PUBLIC, reader.audience}
        return any((name, one) in self.names for name in card.names for one in audiences)


def _is_undated_beside(own: Card, other: Card) -> bool:
    return not own.ends and own.begins in {0, other.begins}


def _is_most(document: str, counts: Mapping[str, int], sizes: Mapping[str, int]) -> bool:
    return counts[document] >= _MOST * sizes[document]
