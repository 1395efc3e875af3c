"""Pairs of passages anywhere on a shelf that disagree about an amount, a date or a length of time.

Not every two are compared: only neighbours by their vectors, and those that share several words
that are rare on the shelf. Their sentences are then held against each other as those of two
answers are (:mod:`knowledge.conflicts`). Left out are passages that hold for other places, that
are not in force together, of which one replaces the other, or that no one reader may see.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
import numpy.typing as npt

from knowledge.codec import decode
from knowledge.conflicts import Disagreement
from knowledge.language import base
from knowledge.lexical import LexicalIndex, tokenise
from knowledge.passage import Audience, Passage, Provenance
from knowledge.policy_time import is_history, is_to_come
from knowledge.review import Meaning, Review
from knowledge.snapshot import Snapshot

_NEIGHBOURS, _NEIGHBOURS_ABROAD = 12, 6
"""With how many passages one is compared, of any language and of other ones than its own."""
_RARE = 12
"""A word in more passages than this says little about what they share."""
_SHARED = 4
"""So many rare words make two passages worth a comparison."""
_PARTNERS = 20
_BLOCK = 1024
_ENOUGH = 60
_FIGURE = re.compile(
    r"[\d零〇一二三四五六七八九十百千万亿两]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
)

_Pairs = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What was found, how many pairs were compared, and among how many passages."""

    found: tuple[Disagreement, ...]
    compared: int
    passages: int


def find_contradictions(
    snapshot: Snapshot, *, today: date, reader: Audience, meaning: Meaning | None = None
) -> Contradictions:
    """Compare what ``reader`` may see of a shelf and what holds today."""
    stored = ((row, decode(text)) for row, text in enumerate(snapshot.texts))
    lapsed = snapshot.links.lapsed(snapshot.table, today)
    rows = {
        row: one for row, one in stored if one.id not in lapsed and _is_live(one, today, reader)
    }
    pairs = _neighbours(snapshot, rows) | _sharing(rows)
    return _compare_all(rows, pairs, snapshot.lexical, meaning)


def find_contradictions_between(
    passages: Sequence[Passage], *, today: date, meaning: Meaning | None = None
) -> Contradictions:
    """The same among passages that are on no shelf, found by their words alone."""
    living = (one for one in passages if _is_live(one, today, Audience.STAFF))
    rows = dict(enumerate(living))
    lexical = LexicalIndex.build(one.text for one in rows.values())
    return _compare_all(rows, _sharing(rows), lexical, meaning)


def find_contradictions_with(
    fresh: Sequence[Passage],
    beside: Sequence[Passage],
    *,
    today: date,
    meaning: Meaning | None = None,
) -> list[Disagreement]:
    """The same between passages that are to come onto a shelf and some that stand there."""
    new, old = (
        [one for one in some if _is_live(one, today, Audience.STAFF)] for some in (fresh, beside)
    )
    pairs = [(one, other) for one in new for other in old if _may_disagree(one, other)]
    lexical = LexicalIndex.build(one.text for one in (*new, *old))
    found = Review(Likeness(lexical), meaning).find(pairs, (*new, *old))
    return list(_each_once(found))


def _compare_all(
    rows: Mapping[int, Passage], pairs: _Pairs, lexical: LexicalIndex, meaning: Meaning | None
) -> Contradictions:
    spoken = _spoken(rows.values())
    considered = [
        (rows[one], rows[other])
        for one, other in sorted(pairs)
        if _may_disagree(rows[one], rows[other])
        and _is_best_pair(rows[one], rows[other], spoken=spoken)
    ]
    found = Review(Likeness(lexical), meaning).find(considered, rows.values())
    return Contradictions(tuple(_each_once(found)), len(considered), len(rows))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of the words of each of two texts occurs in the other, by their weight.

    Among few passages what is rare is what differs, so there each word weighs the same.
    """

    lexical: LexicalIndex

    def __call__(self, one: str, other: str) -> float:
        """From 0 to 1."""
        if self.lexical.size < _ENOUGH:
            return _share(one, other)
        return min(self.lexical.share(one, [other]), self.lexical.share(other, [one]))


def _share(one: str, other: str) -> float:
    mine, theirs = set(tokenise(one)), set(tokenise(other))
    return len(mine & theirs) / max(len(mine), len(theirs), 1)


def _is_live(passage: Passage, today: date, reader: Audience) -> bool:
    """Whether it can be quoted to a reader today, and says a figure."""
    source = passage.provenance
    held = not is_history(source, today) and not is_to_come(source, today)
    visible = source.audience in reader.readable and source.trust.answers
    return visible and held and _FIGURE.search(passage.text) is not None


def _neighbours(snapshot: Snapshot, rows: Mapping[int, Passage]) -> _Pairs:
    """Each passage with those whose texts' vectors are nearest to its own."""
    if len(rows) <= 1:
        return set()
    numbers = list(rows)
    vectors = np.stack([snapshot.vectors_of(row)[0] for row in numbers])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    languages = np.asarray([base(rows[row].language) for row in numbers])
    return {
        _ordered(numbers[start + at], numbers[near])
        for start in range(0, len(numbers), _BLOCK)
        for nearest in _nearest(vectors, languages, start)
        for at, some in enumerate(nearest)
        for near in some.tolist()
    }


def _nearest(
    vectors: npt.NDArray[np.float32], languages: npt.NDArray[np.str_], start: int
) -> Iterator[npt.NDArray[np.int64]]:
    """The numbers of the nearest others for the rows of one block, shape (rows, count)."""
    scores = vectors[start : start + _BLOCK] @ vectors.T
    scores[np.arange(len(scores)), np.arange(start, start + len(scores))] = -1.0
    yield _highest(scores, _NEIGHBOURS)
    scores[languages[start : start + _BLOCK, np.newaxis] == languages] = -1.0
    yield _highest(scores, _NEIGHBOURS_ABROAD)


def _highest(scores: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.int64]:
    count = min(count, scores.shape[1] - 1)
    return np.argpartition(-scores, count - 1, axis=1)[:, :count]


def _sharing(rows: Mapping[int, Passage]) -> _Pairs:
    """Each passage with those that have the most rare words in common with it, and several."""
    places: dict[str, list[int]] = defaultdict(list)
    for row, passage in rows.items():
        for token in set(tokenise(passage.text)):
            places[token].append(row)
    beside: dict[int, list[list[int]]] = defaultdict(list)
    for found in places.values():
        if len(found) <= _RARE:
            for row in found:
                beside[row].append(found)
    return {
        _ordered(row, other)
        for row, lists in beside.items()
        for other, count in Counter(chain.from_iterable(lists)).most_common(1 + _PARTNERS)
        if count >= _SHARED and other != row
    }


def _may_disagree(one: Passage, other: Passage) -> bool:
    if one.document == other.document and one.entry and one.entry == other.entry:
        return False  # one answer in two languages
    first, second = one.provenance, other.provenance
    if not {first.audience, second.audience} <= set(_narrower(first, second).readable):
        return False
    return not (_elsewhere(first, second) or _replaces(first, second) or _replaces(second, first))


def _spoken(passages: Iterable[Passage]) -> Mapping[tuple[str, str], frozenset[str]]:
    """The languages in which each entry is answered."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in passages:
        found[one.document, one.entry].add(one.language)
    return {key: frozenset(languages) for key, languages in found.items()}


def _is_best_pair(
    one: Passage, other: Passage, *, spoken: Mapping[tuple[str, str], frozenset[str]]
) -> bool:
    """Whether no pair of the same two answers is in one language, which tells more surely."""
    if one.language == other.language:
        return True
    mine, theirs = (
        spoken[each.document, each.entry] if each.entry else frozenset({each.language})
        for each in (one, other)
    )
    return not mine & theirs


def _narrower(first: Provenance, second: Provenance) -> Audience:
    """The reader for whom the narrower of two passages is meant."""
    return first.audience if first.audience is not Audience.PUBLIC else second.audience


def _elsewhere(first: Provenance, second: Provenance) -> bool:
    """Whether both hold for places of one level, and for other ones."""
    mine, theirs = first.jurisdiction, second.jurisdiction
    if mine is None or theirs is None or mine.level != theirs.level:
        return False
    return not set(mine.places) & set(theirs.places) and bool(mine.places and theirs.places)


def _replaces(one: Provenance, other: Provenance) -> bool:
    return bool({other.number, other.title} & set(one.replaces))


def _each_once(found: Iterable[Disagreement]) -> Iterator[Disagreement]:
    """Leave out a pair of sentences that was found already, be it in other passages."""
    seen: set[frozenset[str]] = set()
    for one in found:
        sentences = frozenset((one.one[1], one.other[1]))
        if sentences not in seen:
            seen.add(sentences)
            yield one


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
