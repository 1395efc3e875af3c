"""Vectors for passages: found again where they are known, embedded where not, and stored."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from knowledge.chroma import VectorStore
from knowledge.codec import decode
from knowledge.digests import Digests
from knowledge.embedding import Embedder, Vectors
from knowledge.manifest import ManifestEntry
from knowledge.normalisation import fold
from knowledge.passage import Audience, Document, Passage
from knowledge.passage_table import LivePassage
from knowledge.preparation import Preparations, searchable
from knowledge.snapshot import Snapshot

_Vector = npt.NDArray[np.float32]
_Result = TypeVar("_Result")
Rows = Iterable[tuple[LivePassage, Vectors]]


@dataclass(slots=True)
class KnownVectors:
    """Vectors by what they are of: the text that was embedded for a passage, or a question."""

    bodies: dict[str, _Vector] = field(default_factory=dict)
    questions: dict[str, _Vector] = field(default_factory=dict)

    def learn(self, passage: Passage, vectors: Vectors) -> None:
        """Remember the vectors of a passage: its text's, then those of its variants."""
        self.bodies[fold(searchable(passage))] = vectors[0]
        asked = (fold(variant.text) for variant in passage.questions)
        self.questions |= dict(zip(asked, vectors[1:], strict=True))

    def over(
        self,
        documents: Sequence[Document],
        listed: Mapping[str, ManifestEntry],
        snapshot: Snapshot,
        digests: Digests | None,
    ) -> "KnownVectors":
        """These, with those of the versions before of documents, and of others of the same bytes.

        The versions are those that are ``listed``, as far as they stand in the ``snapshot`` and fit
        its ``digests``.
        """
        known = KnownVectors(dict(self.bodies), dict(self.questions))
        if not documents or not snapshot.documents:
            return known
        same = defaultdict(list)
        for entry in listed.values():
            same[entry.origin.source_hash].append(entry)
        for document in documents:
            earlier = listed.get(document.id)
            alike = same[document.origin.source_hash] if document.origin.source_hash else []
            for entry in [*alike, *([earlier] if earlier else [])]:
                known.read(entry, snapshot, digests)
        return known

    def read(self, entry: ManifestEntry, snapshot: Snapshot, digests: Digests | None) -> None:
        """Remember the vectors of a document that stands in a generation."""
        for passage in entry.passages:
            row = snapshot.table.rows.get(passage.id)
            if row is None:
                continue
            text = snapshot.texts[row]
            if digests is None or digests.fits_text(row, text):
                self.learn(decode(text), snapshot.vectors_of(row))


def embed(
    embedder: Embedder, passages: Sequence[Passage], known: KnownVectors
) -> tuple[list[Vectors], list[bool]]:
    """The vectors of each passage, and whether any of them had to be computed."""
    bodies = [fold(searchable(passage)) for passage in passages]
    asked = [[fold(variant.text) for variant in passage.questions] for passage in passages]
    computed = [
        body not in known.bodies or any(one not in known.questions for one in own)
        for body, own in zip(bodies, asked, strict=True)
    ]
    texts = list(dict.fromkeys(body for body in bodies if body not in known.bodies))
    variants = dict.fromkeys(one for own in asked for one in own if one not in known.questions)
    new_bodies = dict(zip(texts, embedder.embed_passages(texts) if texts else (), strict=True))
    found = embedder.embed_questions(list(variants)) if variants else ()
    all_bodies = known.bodies | new_bodies
    all_questions = known.questions | dict(zip(variants, found, strict=True))
    vectors = [
        np.stack([all_bodies[body], *(all_questions[one] for one in own)])
        for body, own in zip(bodies, asked, strict=True)
    ]
    return vectors, computed


def store_all(store: VectorStore, rows: Rows) -> None:
    """Store the vectors of passages, each audience's in its own collection."""
    walls: dict[Audience, list[tuple[LivePassage, Vectors]]] = {}
    for passage, vectors in rows:
        walls.setdefault(passage.audience, []).append((passage, vectors))
    for audience, own in walls.items():
        keys = [key for passage, _ in own for key in passage.records]
        store.add(audience, keys, np.concatenate([vectors for _, vectors in own]))


class Storing:
    """Stores vectors beside the embedding of the next ones, in the order in which they come."""

    def __init__(self, store: VectorStore, preparations: Preparations) -> None:
        """Into this store; nothing runs before there is something to do."""
        self._store = store
        self._preparations = preparations
        self._pool: ThreadPoolExecutor | None = None
        self._waiting: list[Future[None]] = []

    def begin(self, rows: Sequence[tuple[LivePassage, Vectors]]) -> None:
        """Store these; raises what storing the ones before raised."""
        self.finish()
        if rows:
            self._waiting.append(self.submit(partial(store_all, self._store, rows)))

    def prepare(self, passages: Sequence[Passage]) -> "Future[list[bytes]]":
        """Work out what a generation keeps of passages; gives them as they are stored."""
        return self.submit(partial(self._preparations.prepare, passages))

    def submit(self, work: Callable[[], _Result]) -> Future[_Result]:
        """Do this after what was begun; whoever asks for its result waits for it."""
        self._pool = self._pool or ThreadPoolExecutor(1, "storing")
        return self._pool.submit(work)

    def finish(self) -> None:
        """Wait until all that was begun is stored."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            one.result()

    def close(self) -> None:
        """Wait for what is being stored, whatever becomes of it."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def batched(passages: Sequence[Passage], size: int) -> Iterator[Sequence[Passage]]:
    """About so many passages at a time, half as many more at most: no few are left over."""
    parts = max(1, round(len(passages) / size))
    cuts = (len(passages) * number // parts for number in range(parts + 1))
    return (passages[start:end] for start, end in pairwise(cuts))
