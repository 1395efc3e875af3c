"""Contradictions for a person who goes through a shelf: bolder than before an answer, by meaning.

Two sentences are held against each other when they are limited alike, stand on the same side of
every distinction (:mod:`knowledge.contrasts`), and a value of one kind is another in each. They
speak of one thing when they have the same words, or when their vectors, without the figures, are
near. What another sentence of the same document says as the other document does is no
contradiction: a list of amounts agrees with itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.assertions import Assertion, of_other_years, read_assertions
from knowledge.conflicts import ALIKE, Disagreement, Likeness, likeness_of
from knowledge.contrasts import Sides, are_apart, differ_in_place, is_example, read_sides
from knowledge.embedding import Vectors
from knowledge.language import base
from knowledge.passage import Passage
from knowledge.stated_values import Stated, read_stated

Meaning = Callable[[Sequence[Assertion]], Vectors]
"""Sentences to what they say without figures: rows of unit length, (sentences, dimensions)."""

_REVIEWED: Final = 0.8
"""How alike in words two sentences must be for each value to count, and where one alone names a
platform or a firm."""
_NEAR, _TOGETHER, _WORDS = 0.68, 0.95, 0.5
"""How near in meaning two sentences of one language must be, and how near and alike together."""
_NEAR_ABROAD, _SHARED, _MANY, _EACH = 0.6, 2, 4, 0.05
"""The same between two languages, where two things at least must be named in both; up to four
count."""
_COMMON: Final = frozenset(
    {"new", "start", "hour", "day", "month", "year", "fee", "price", "get", "submit"}
    | {"requirement", "accept", "hold_have"}
)
_FORMAL: Final = ("_v", "_w")
"""Things that say little about a subject: how something is done, and since when."""
_MOST: Final = 3
"""A sentence with more values than that is a report, and is compared by its words alone."""
_AS_NEAR: Final = 0.05
"""So much less near, another sentence of the document still speaks of the same."""
_NAME: Final = "name:"


@dataclass(frozen=True, eq=False)
class _Said:
    """A sentence that states something, and where it stands."""

    passage: Passage
    assertion: Assertion
    stated: Stated
    sides: Sides

    @property
    def language(self) -> str:
        return base(self.assertion.language)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Two sentences that differ in some kinds of values, and how alike they are."""

    one: _Said
    other: _Said
    kinds: frozenset[str]
    worded: float
    near: float

    @property
    def is_abroad(self) -> bool:
        return self.one.language != self.other.language

    @property
    def is_named_alike(self) -> bool:
        return self.one.assertion.named == self.other.assertion.named

    @property
    def is_likely(self) -> bool:
        """Whether both speak of one thing, by their words or by their meaning."""
        return (self.is_worded_alike or self.is_meant_alike) and not self._differ_in_place()

    @property
    def is_worded_alike(self) -> bool:
        return self.worded >= (ALIKE if self.is_named_alike else _REVIEWED)

    @property
    def is_meant_alike(self) -> bool:
        """Whether the vectors say that both speak of one thing; in one document nothing does."""
        if self.one.passage.document == self.other.passage.document or not self.is_named_alike:
            return False
        if max(self.one.stated.size, self.other.stated.size) > _MOST:
            return False
        if self.is_abroad:
            shared = self._shared()
            return shared >= _SHARED and self.near + _EACH * min(shared, _MANY) >= _NEAR_ABROAD
        return self.near >= _NEAR and self.near + _WORDS * self.worded >= _TOGETHER

    def _differ_in_place(self) -> bool:
        mine, theirs = self.one.assertion, self.other.assertion
        return not self.is_abroad and differ_in_place(mine.bare, theirs.bare, self.one.language)

    def _shared(self) -> int:
        mine, theirs = self.one.assertion.statement, self.other.assertion.statement
        return sum(
            one not in _COMMON and not one.endswith(_FORMAL)
            for one in mine.concepts & theirs.concepts
        )


@dataclass(frozen=True)
class Review:
    """Goes through pairs of passages; without ``meaning`` words alone tell what they speak of."""

    likeness: Likeness
    meaning: Meaning | None = None
    _said: dict[str, tuple[_Said, ...]] = field(default_factory=dict)
    _vectors: dict[Assertion, Vectors] = field(default_factory=dict)

    def find(
        self, pairs: Iterable[tuple[Passage, Passage]], passages: Iterable[Passage]
    ) -> list[Disagreement]:
        """The contradictions among pairs, one for two passages; ``passages`` are all there are."""
        differing = [two for one, other in pairs for two in self._differing(one, other)]
        self._learn(said for two in differing for said in two)
        doubts = [doubt for one, other in differing if (doubt := self._weigh(one, other))]
        likely = [one for one in doubts if one.is_likely]
        likely.sort(key=lambda one: -max(one.worded, one.near))
        documents = self._documents(passages, likely)
        found: dict[tuple[str, str], Disagreement] = {}
        for one in _best_abroad(likely):
            pair = (one.one.passage.id, one.other.passage.id)
            if pair not in found and not self._is_settled(one, documents):
                found[pair] = _describe(one)
        return list(found.values())

    def _read(self, passage: Passage) -> tuple[_Said, ...]:
        """The sentences of a passage that state something, but for examples."""
        if passage.id not in self._said:
            self._said[passage.id] = tuple(
                _Said(passage, one, stated, read_sides(one.text))
                for one in read_assertions(passage)
                if (stated := read_stated(one)).values and not is_example(one.text)
            )
        return self._said[passage.id]

    def _differing(self, one: Passage, other: Passage) -> Iterator[tuple[_Said, _Said]]:
        """The pairs of sentences that may speak of one thing and give other values."""
        for mine in self._read(one):
            for given in self._read(other):
                apart = mine.assertion.named ^ given.assertion.named
                if (
                    mine.stated.differing(given.stated, same=True)
                    | mine.stated.differing(given.stated, same=False)
                    and all(tag.startswith(_NAME) for tag in apart)
                    and not of_other_years(mine.assertion, given.assertion)
                    and not are_apart(mine.sides, given.sides)
                ):
                    yield mine, given

    def _weigh(self, one: _Said, other: _Said) -> _Doubt | None:
        worded = likeness_of(one.assertion, other.assertion, self.likeness)
        kinds = one.stated.differing(other.stated, same=worded >= _REVIEWED)
        return _Doubt(one, other, kinds, worded, self._near(one, other)) if kinds else None

    def _learn(self, said: Iterable[_Said]) -> None:
        """Read what sentences mean, each once."""
        if self.meaning is None:
            return
        sentences = dict.fromkeys(one.assertion for one in said)
        new = [one for one in sentences if one not in self._vectors]
        if new:
            self._vectors.update(zip(new, self.meaning(new), strict=True))

    def _near(self, one: _Said, other: _Said) -> float:
        if self.meaning is None:
            return 0.0
        return float(self._vectors[one.assertion] @ self._vectors[other.assertion])

    def _documents(
        self, passages: Iterable[Passage], doubts: Sequence[_Doubt]
    ) -> Mapping[str, Sequence[_Said]]:
        """What the documents that are in doubt state."""
        wanted = {side.passage.document for one in doubts for side in (one.one, one.other)}
        found: dict[str, list[_Said]] = defaultdict(list)
        for passage in passages:
            if passage.document in wanted:
                found[passage.document] += self._read(passage)
        return found

    def _is_settled(self, doubt: _Doubt, documents: Mapping[str, Sequence[_Said]]) -> bool:
        """Whether either document says elsewhere, of as like a thing, what the other one says."""
        agreeing = [
            (said, theirs)
            for mine, theirs in ((doubt.one, doubt.other), (doubt.other, doubt.one))
            for said in documents[mine.passage.document]
            if said is not mine
            and said.stated.agrees(theirs.stated, doubt.kinds)
            and said.assertion.named == theirs.assertion.named
        ]
        self._learn(said for said, _ in agreeing)
        return any(
            self._alike(said, theirs) >= self._alike(doubt.one, doubt.other) - _AS_NEAR
            for said, theirs in agreeing
        )

    def _alike(self, one: _Said, other: _Said) -> float:
        if self.meaning is None:
            return likeness_of(one.assertion, other.assertion, self.likeness)
        return self._near(one, other)


def _best_abroad(doubts: Sequence[_Doubt]) -> Iterator[_Doubt]:
    """Leave out what is nearer to another sentence of that language; the nearest come first."""
    taken: set[tuple[_Said, str]] = set()
    for one in doubts:
        if one.is_abroad:
            pair = {(one.one, one.other.language), (one.other, one.one.language)}
            if pair & taken:
                continue
            taken |= pair
        yield one


def _describe(doubt: _Doubt) -> Disagreement:
    one, other = ((side.passage, side.assertion.text) for side in (doubt.one, doubt.other))
    return Disagreement(one, other)
