"""The duplicates of a shelf as people read them: what is served, and why the rest is not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.duplicates.differences import Difference
from knowledge.duplicates.links import Links
from knowledge.duplicates.matches import Match
from knowledge.passage import Audience
from knowledge.passage_table import PassageTable


class Reason(StrEnum):
    """Why a document gives way to another."""

    COPY = "same text"
    MISREAD = "same text, signs misread"
    MIRROR = "same number, or title, issuer and date"
    PART = "part of it"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document of which so many passages, of all it has, give way to those of another."""

    document: str
    served: str
    passages: int
    whole: int
    reason: Reason

    def as_json(self) -> dict[str, object]:
        """The same in values that JSON knows."""
        return {
            "document": self.document,
            "served": self.served,
            "passages": self.passages,
            "of": self.whole,
            "reason": self.reason.value,
        }


def list_duplicates(
    links: Links,
    table: PassageTable,
    *,
    audience: Audience = Audience.STAFF,
    day: date | None = None,
) -> list[Duplicate]:
    """The documents that this reader gets no hits on, or fewer, by what is served instead."""
    home = _Home(table)
    served = links.give_way(audience.readable, day, table)
    counts: Counter[tuple[str, str]] = Counter()
    for one in served:
        counts[home.of(one), home.of(_last(one, served))] += 1
    whole = Counter(table.document.tolist())
    numbers = {name: number for number, name in enumerate(table.names)}
    reasons = _reasons(links.found.matches, home)
    return sorted(
        (
            Duplicate(one, other, count, whole[numbers[one]], _reason(reasons, one, other))
            for (one, other), count in counts.items()
        ),
        key=lambda each: (each.served, each.document),
    )


def list_alike(
    links: Links, table: PassageTable, *, audience: Audience = Audience.STAFF
) -> Iterator[tuple[str, str]]:
    """Pairs of passages in one language that say the same and are both served."""
    readable = audience.readable
    hidden = links.give_way(readable)
    seen = {name for name, row in table.rows.items() if table.passage(row).audience in readable}
    for one, others in sorted(links.editions.alike.items()):
        for other in sorted(others):
            if one < other and {one, other} <= seen and not {one, other} & hidden.keys():
                yield one, other


@dataclass(frozen=True, slots=True)
class _Home:
    table: PassageTable

    def of(self, passage: str) -> str:
        """The document of a passage."""
        return str(self.table.names[int(self.table.document[self.table.rows[passage]])])


def _last(passage: str, served: Mapping[str, str]) -> str:
    """What is served in the end: what is served instead may itself be part of something longer."""
    while passage in served:
        passage = served[passage]
    return passage


def _reasons(matches: Iterable[Match], home: _Home) -> Mapping[tuple[str, str], frozenset[Reason]]:
    found: dict[tuple[str, str], set[Reason]] = defaultdict(set)
    for match in matches:
        if match.is_copy:
            pair = home.of(match.of), home.of(match.within[0])
            found[pair].add(_reason_of(match))
    return {pair: frozenset(some) for pair, some in found.items()}


def _reason_of(match: Match) -> Reason:
    if match.same_rule:
        return Reason.MIRROR
    if match.difference is Difference.MISREAD:
        return Reason.MISREAD
    return Reason.COPY if match.whole else Reason.PART


def _reason(reasons: Mapping[tuple[str, str], frozenset[Reason]], one: str, other: str) -> Reason:
    """The reason that says most: a mirror may be misread, and only a whole copy is no part."""
    known = reasons.get((one, other), frozenset())
    order = (Reason.MIRROR, Reason.MISREAD, Reason.PART)
    return next((each for each in order if each in known), Reason.COPY)
