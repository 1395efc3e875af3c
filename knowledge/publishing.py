"""The next generation of a shelf, made of what stands there and of what was put there since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from knowledge.codec import decode
from knowledge.digests import Digests, verified
from knowledge.duplicates.links import Links
from knowledge.duplicates.register import Register
from knowledge.embedding import Vectors
from knowledge.lexical import LexicalIndex
from knowledge.moments import Moments
from knowledge.parallel import begin
from knowledge.passage import Passage
from knowledge.passage_table import LivePassage, PassageTable
from knowledge.preparation import Preparations
from knowledge.prior import background_of
from knowledge.snapshot import (
    STORE,
    Edition,
    ManifestEntry,
    Snapshot,
    pack_vectors,
    unpack_vectors,
)

_BATCH = 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage in the form that is stored, with its vectors."""

    passage: LivePassage
    text: bytes
    vectors: bytes

    @classmethod
    def of(cls, passage: Passage, text: bytes, vectors: Vectors) -> "Stored":
        """A passage with what it is encoded as; ``vectors`` are its text's and its variants'."""
        return cls(LivePassage.of(passage), text, pack_vectors(vectors))


@dataclass(frozen=True, slots=True)
class Stock:
    """A generation, and what was stored after it by passage id.

    ``digests`` are those of the generation: what has changed by itself is not passed on.
    ``preparations`` may know already what is to be kept of texts.
    """

    snapshot: Snapshot
    fresh: Mapping[str, Stored]
    digests: Digests | None = None
    preparations: Preparations = field(default_factory=Preparations)

    def find(self, passage: LivePassage) -> Stored | None:
        """The stored form of a passage; None for one that is not here, or not like this."""
        fresh = self.fresh.get(passage.id)
        if fresh is not None and fresh.passage == passage:
            return fresh
        row = self.row_of(passage)
        if row is None:
            return None
        return Stored(passage, self.snapshot.texts[row], self.snapshot.vectors[row])

    def row_of(self, passage: LivePassage) -> int | None:
        """The row of a passage that stands in the generation just like this."""
        row = self.snapshot.table.rows.get(passage.id)
        return row if row is not None and self.snapshot.table.passage(row) == passage else None

    def make_edition(
        self, generation: int, documents: Mapping[str, ManifestEntry], *, store: str = STORE
    ) -> Edition:
        """Put the next generation together; every passage of ``documents`` must be here.

        Writing it raises ``ValueError`` where the last generation is damaged.
        """
        live = [one for entry in documents.values() for one in entry.passages]
        # Half of the work is the words', in numpy: another core can do it, as nothing is embedded.
        lexical = begin(partial(self._index, live))
        table, moments = PassageTable.of(live), self._count(live)
        links = self._link(live, table, moments)
        return Edition(
            generation=generation,
            fingerprint=self.snapshot.fingerprint,
            documents=documents,
            table=table,
            lexical=lexical(),
            moments=moments,
            texts=self._pass_on(live, "text"),
            vectors=self._pass_on(live, "vectors"),
            store=store,
            links=links,
        )

    def _index(self, live: Sequence[LivePassage]) -> LexicalIndex:
        """The words of the next generation."""
        return LexicalIndex.of(
            terms for one in self._read(live) for terms in self.preparations.terms(one.text)
        )

    def _link(self, live: Sequence[LivePassage], table: PassageTable, moments: Moments) -> Links:
        """What of the next generation stands there more than once."""
        groups = background_of(moments, self.snapshot.fingerprint).groups

        def read_text(row: int) -> bytes:
            return next(self._read([live[row]])).text

        def take(rows: Sequence[int]) -> Vectors:
            found = zip(self._read(live[row] for row in rows), rows, strict=True)
            return np.stack(
                [unpack_vectors(one.vectors, len(live[row].groups))[0] for one, row in found]
            )

        return Register(
            known=self.snapshot.links,
            before=self.snapshot.table,
            table=table,
            read=lambda row: decode(read_text(row)),
            vectors=take,
            mean=lambda language: groups[f"passage:{language}"][0],
            sketch=lambda row: self.preparations.outline(read_text(row)),
        ).update()

    def _pass_on(self, live: Sequence[LivePassage], part: str) -> Iterator[bytes]:
        """The texts or the vectors of passages, with those of the generation looked at again."""
        found = (
            (self._old_row(one.passage), one.text if part == "text" else one.vectors)
            for one in self._read(live)
        )
        if self.digests is None:
            return (data for _, data in found)
        fits = self.digests.fits_text if part == "text" else self.digests.fits_vectors
        return verified(found, fits, f"the {part} of a passage")

    def _old_row(self, passage: LivePassage) -> int | None:
        """The row of a passage that comes from the generation, and not from what is fresh."""
        fresh = self.fresh.get(passage.id)
        return None if fresh is not None and fresh.passage == passage else self.row_of(passage)

    def _read(self, passages: Iterable[LivePassage]) -> Iterator[Stored]:
        for passage in passages:
            stored = self.find(passage)
            if stored is None:
                raise LookupError(passage.id)
            yield stored

    def _count(self, live: Sequence[LivePassage]) -> Moments:
        """The moments of the generation, with what is new counted in and what is gone out."""
        moments = self.snapshot.moments
        kept = {row for passage in live if (row := self.row_of(passage)) is not None}
        table = self.snapshot.table
        gone = (table.passage(row) for row in range(len(table)) if row not in kept)
        new = (passage for passage in live if self.row_of(passage) is None)
        for sign, passages in ((-1, gone), (1, new)):
            for group, vectors in _grouped(self._read(passages)):
                moments.add(group, vectors, sign=sign)
        return moments


def _grouped(passages: Iterable[Stored]) -> Iterator[tuple[str, Vectors]]:
    """The vectors of passages by background group, some hundred at a time."""
    waiting: dict[str, list[Vectors]] = defaultdict(list)
    for stored in passages:
        vectors = unpack_vectors(stored.vectors, len(stored.passage.groups))
        for group, vector in zip(stored.passage.groups, vectors, strict=True):
            waiting[group].append(vector)
            if len(waiting[group]) == _BATCH:
                yield group, np.stack(waiting.pop(group))
    for group, rest in waiting.items():
        yield group, np.stack(rest)
