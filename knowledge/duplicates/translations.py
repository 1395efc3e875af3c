"""Documents that are one text in two languages.

Two documents are a translation of each other when their passages, laid side by side in order, lie
near each other (vectors less the mean of their language), when they have the same figures and
dates, and when nothing contradicts that: a figure, a date or a place that one passage has where the
other has another. Fitted on the starter guides, which are 25 pairs: the least true pair reaches
.42 and .85, the best of 600 wrong ones .25 and .43.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from knowledge.duplicates.parallel import Facts, align, of_another_place, read_facts
from knowledge.embedding import Vectors
from knowledge.language import base
from knowledge.passage import Passage
from knowledge.passage_table import PassageTable

_SIMILAR = 0.3
"""The cosine of whole documents from which on they are read."""
_ALIGNED, _FIGURES = 0.33, 0.7
_PLAIN = 0.42
"""How near documents with few figures must lie."""
_FEW_FIGURES = 5
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class Translation:
    """Two documents, and the passages that say the same in each of them, by id.

    ``nearness``: how near these lie on average, a cosine.
    """

    documents: tuple[str, str]
    passages: tuple[tuple[str, str], ...]
    nearness: float

    @property
    def merit(self) -> tuple[int, float]:
        """What tells a translation from that of another edition."""
        return len(self.passages), self.nearness

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Read what JSON has of it."""
        one, other = stored["documents"]
        pairs = tuple((mine, theirs) for mine, theirs in stored["passages"])
        return cls((one, other), pairs, float(stored["nearness"]))


@dataclass(frozen=True)
class Shelf:
    """The rows among which translations are looked for.

    ``vectors`` gives those of the texts of rows, ``mean`` that of all passages of a language.
    """

    table: PassageTable
    read: Callable[[int], Passage]
    vectors: Callable[[Sequence[int]], Vectors]
    mean: Callable[[str], npt.NDArray[np.float32]]

    @cached_property
    def rows_of(self) -> Mapping[str, list[int]]:
        """The rows of each document that are no answers of FAQ entries."""
        rows: dict[str, list[int]] = {}
        texts = np.flatnonzero(np.diff(self.table.first) == 1).tolist()
        for row in texts:
            rows.setdefault(self.table.names[self.table.document[row]], []).append(row)
        return rows

    def language_of(self, document: str) -> str:
        """The language of a document's first passage."""
        return str(self.table.names[int(self.table.language[self.rows_of[document][0]])])

    def centred(self, document: str) -> npt.NDArray[np.float32]:
        """The vectors of a document less the mean of its language, of unit length."""
        vectors = self.vectors(self.rows_of[document]) - self.mean(self.language_of(document))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-6), dtype=np.float32)


def find_translations(
    shelf: Shelf, known: Iterable[Translation], changed: frozenset[str]
) -> tuple[Translation, ...]:
    """The likely translations; of documents that have not changed those that were known."""
    kept = [
        one
        for one in known
        if not changed & {*one.documents} and shelf.rows_of.keys() >= {*one.documents}
    ]
    search = _Search(shelf)
    pairs = dict.fromkeys(search.candidates(changed & shelf.rows_of.keys()))
    found = (search.verify(*pair) for pair in pairs)
    return (*kept, *(one for one in found if one is not None))


def choose(
    translations: Iterable[Translation], versions: frozenset[tuple[str, str]]
) -> tuple[Translation, ...]:
    """Those that are left where a document seems a translation of two editions: the best."""
    chosen: list[Translation] = []
    for one in sorted(translations, key=lambda each: each.merit, reverse=True):
        if not any(_are_rivals(one, other, versions) for other in chosen):
            chosen.append(one)
    return tuple(chosen)


def _are_rivals(one: Translation, other: Translation, versions: frozenset[tuple[str, str]]) -> bool:
    shared = {*one.documents} & {*other.documents}
    pair = tuple(sorted({*one.documents} ^ {*other.documents}))
    return len(shared) == 1 and pair in versions


@dataclass(frozen=True)
class _Search:
    shelf: Shelf

    def candidates(self, changed: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Pairs of documents in two languages that lie near each other as a whole."""
        names = list(self.shelf.rows_of)
        spoken = np.asarray([base(self.shelf.language_of(name)) for name in names])
        if not changed or len(set(spoken.tolist())) == 1:
            return
        whole = np.stack([self._mean_of(name) for name in names])
        for place, name in enumerate(names):
            if name not in changed:
                continue
            near = np.where(spoken == spoken[place], -1.0, whole @ whole[place])
            for other in np.argsort(-near)[:_LOOKED_AT].tolist():
                if near[other] >= _SIMILAR or self._is_said(name, names[other]):
                    yield min(name, names[other]), max(name, names[other])
        yield from self._said(names, changed)

    def verify(self, one: str, other: str) -> Translation | None:
        """Read two documents side by side."""
        cosines = self.shelf.centred(one) @ self.shelf.centred(other).T
        places, score = align(cosines)
        said = self._is_said(one, other)
        if score < _ALIGNED and not said:
            return None
        mine, theirs = self._facts(one), self._facts(other)
        if not said and not _is_translation(mine, theirs, places, score):
            return None
        rows = self.shelf.rows_of[one], self.shelf.rows_of[other]
        passages = tuple(
            (self.shelf.table.ids[rows[0][here]], self.shelf.table.ids[rows[1][there]])
            for here, there in places
            if mine[here].agrees(theirs[there])
        )
        return Translation((one, other), passages, round(score, 4))

    def _facts(self, document: str) -> list[Facts]:
        return [read_facts(self.shelf.read(row)) for row in self.shelf.rows_of[document]]

    def _mean_of(self, document: str) -> npt.NDArray[np.float32]:
        total = self.shelf.centred(document).mean(axis=0)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-6), dtype=np.float32)

    def _said(self, names: Sequence[str], changed: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Pairs of which one says that it is a translation of the other."""
        heads = {name: self.shelf.read(self.shelf.rows_of[name][0]) for name in changed}
        for name, head in heads.items():
            for other in names if original_of(head) else ():
                if other != name and self._is_said(name, other):
                    yield min(name, other), max(name, other)

    def _is_said(self, one: str, other: str) -> bool:
        heads = [self.shelf.read(self.shelf.rows_of[name][0]) for name in (one, other)]
        return names(heads[0], heads[1]) or names(heads[1], heads[0])


def original_of(passage: Passage) -> str:
    """What a document says that it is a translation of; "" where it says nothing."""
    return passage.provenance.translation_of


def names(one: Passage, other: Passage) -> bool:
    """Whether a document says that it is a translation of another."""
    source = other.provenance
    known = {other.document, source.number, source.title, source.url} - {""}
    return original_of(one) in known


def _is_translation(
    mine: Sequence[Facts],
    theirs: Sequence[Facts],
    places: Sequence[tuple[int, int]],
    score: float,
) -> bool:
    if any(mine[here].contradicts(theirs[there]) for here, there in places):
        return False
    one, other = sum(mine, Facts()), sum(theirs, Facts())
    if one.contradicts_dates(other) or of_another_place(mine, theirs):
        return False
    if min(one.count, other.count) < _FEW_FIGURES:
        return score >= _PLAIN
    return one.shared(other) >= _FIGURES
