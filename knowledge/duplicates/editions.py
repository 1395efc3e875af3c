"""Of the passages that stand in other documents, which are copies and which another edition.

A passage may give way to its copy only where both stand under one name, or where the whole
document is a copy. Two documents of which one passage has another figure, or that exchange one
word for another more than once, are two editions: neither gives way to the other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.duplicates.matches import Match

_NAMELESS = (0.9, 60)
"""Where a document has no title: the share that must stand in the other, and its least signs."""
_EDITION = 0.5
"""Another edition, and no rule beside, is where so much stands in both."""

Documents = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a passage stands, and how long it is; ``curated``: it is the answer of a FAQ entry."""

    document: str
    weight: int
    curated: bool


@dataclass(frozen=True, slots=True, order=True)
class Copy:
    """A passage that may give way to those in which it stands."""

    of: str
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Editions:
    """What matches mean for documents.

    ``copies`` may be served by others; ``alike`` are passages that say the same, in both
    directions; ``versions`` are pairs of documents that are two editions.
    """

    copies: tuple[Copy, ...]
    alike: Mapping[str, frozenset[str]]
    versions: frozenset[Documents]


def tell_apart(matches: Iterable[Match], places: Mapping[str, Place]) -> Editions:
    """Sort matches; ``places`` has every passage of the shelf by id."""
    between: dict[Documents, list[Match]] = defaultdict(list)
    for match in matches:
        pair = places[match.of].document, places[match.within[0]].document
        between[pair].append(match)
    texts: Counter[str] = Counter()
    for place in places.values():
        texts[place.document] += place.weight * (not place.curated)
    apart = {
        (min(pair), max(pair))
        for pair, some in between.items()
        if _are_versions([one for one in some if not places[one.of].curated and one.same_kind])
    }
    copies: list[Copy] = []
    alike: dict[str, set[str]] = defaultdict(set)
    for pair, some in between.items():
        if (min(pair), max(pair)) in apart:
            some = [one for one in some if places[one.of].curated]  # noqa: PLW2901 - fewer of them
        said = [one for one in some if one.is_copy]
        length = sum(places[one.of].weight for one in said if not places[one.of].curated)
        known = _Share(length, texts[pair[0]])
        for one in said:
            alike[one.of].update(one.within)
            for other in one.within:
                alike[other].add(one.of)
            if one.same_kind and known.allows(one, curated=places[one.of].curated):
                copies.append(Copy(one.of, one.within))
    versions = frozenset(
        pair
        for pair in apart
        if any(
            sum(places[one.of].weight for one in between.get(each, ())) >= _EDITION * texts[each[0]]
            for each in (pair, pair[::-1])
        )
    )
    return Editions(
        tuple(sorted(copies)), {name: frozenset(some) for name, some in alike.items()}, versions
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """How many signs of a document stand in another one, of how many."""

    length: int
    whole: int

    def allows(self, match: Match, *, curated: bool) -> bool:
        """Whether a passage may give way."""
        if match.kin is not None or curated:
            return bool(match.kin)
        share, least = _NAMELESS
        return self.length >= share * self.whole and self.whole >= least


def _are_versions(matches: Sequence[Match]) -> bool:
    if any(one.difference.is_rival for one in matches):
        return True
    exchanged = Counter(pair for one in matches for pair in set(one.exchanges))
    return any(count > 1 for count in exchanged.values())
