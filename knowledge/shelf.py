"""The shelf: stocked by one writer at a time, read by anybody meanwhile.

Each embedding model has a shelf of its own, in a folder with its fingerprint as its name; the file
``model`` says which was stocked last (:mod:`knowledge.renewal`).

Order of a change: new vectors are written beside the old ones, the next generation is swapped in,
then the stale vectors are removed. A crash leaves the old shelf or the new one; vectors that
nobody lists any more are overlooked by readers and removed by the next change.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.chroma import VectorStore
from knowledge.embedding import Embedder
from knowledge.errors import DataFolderDamaged, ShelfOutdated
from knowledge.passage import Document, Passage
from knowledge.passage_table import LivePassage
from knowledge.preparation import Preparations, searchable, unit_texts
from knowledge.publishing import Stock, Stored
from knowledge.renewal import Inherited, write_model
from knowledge.shelf_lock import locked, refuse
from knowledge.shelf_reading import ShelfReader, looks_complete, open_shelf
from knowledge.snapshot import (
    STORE,
    ManifestEntry,
    Snapshot,
    generation_folder,
    load_digests,
    load_snapshot,
    make_empty,
    read_generation,
)
from knowledge.stocking import (
    KnownVectors,
    Storing,
    batched,
    embed,
    store_all,
)
from knowledge.strays import Strays

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["ShelfReader", "ShelfWriter", "open_shelf", "searchable", "unit_texts", "writing"]

Progress = Callable[[int, int, str], None]
"""Told (done, total, document), counted in passages."""
Now = Callable[[], datetime]

BATCH = 512
"""Passages that are embedded together: sorted by length there is little to fill up."""
_REFILL_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Start:
    """Where a repair begins: a generation that is whole (or empty), and vectors that are."""

    snapshot: Snapshot
    vectors: KnownVectors = field(default_factory=KnownVectors)


class ShelfWriter:
    """Changes a shelf. Use :func:`writing`, which keeps a second writer out."""

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        *,
        now: Now | None = None,
        start: Start | None = None,
    ) -> None:
        """Open the shelf as it is now; without a clock the manifest names no moments.

        With ``start`` it goes on from there, with a vector store of its own.
        """
        self._folder = folder
        self._home = folder / embedder.fingerprint
        self._embedder = embedder
        self._now = now
        self._vectors = start.vectors if start else KnownVectors()
        snapshot, self._place = self._open(start)
        self._store = VectorStore(self._home / self._place, embedder.fingerprint)
        self._preparations = Preparations()
        self._storing = Storing(self._store, self._preparations)
        self._take(snapshot)
        # Chroma may take its time with the question: whoever changes nothing need not wait.
        check = partial(looks_complete, snapshot, self._store)
        self._complete: Future[bool] | None = self._storing.submit(check)
        self._renewed = False
        self.inherited = 0
        """How many passages :meth:`inherit` has embedded."""

    def _take(self, snapshot: Snapshot) -> None:
        """Go on from a generation."""
        self._snapshot = snapshot
        self._strays = Strays(self._store, snapshot.table)
        self._digests = load_digests(self._home, snapshot)
        self._documents = dict(snapshot.documents)
        self._fresh: dict[str, Stored] = {}

    @property
    def renewed(self) -> bool:
        """Whether it had to be repaired, or took over what stood on the shelf of another model."""
        self.settle()
        return self._renewed

    def settle(self) -> None:
        """Give the store its vectors again if they were lost or moved away, before all else."""
        if self._complete is not None:
            complete, self._complete = self._complete.result(), None
            if not complete:
                self._renewed = True
                self.refill()

    @property
    def documents(self) -> Mapping[str, ManifestEntry]:
        """What the shelf will hold after the next :meth:`publish`, by document id."""
        return self._documents

    @property
    def snapshot(self) -> Snapshot:
        """The generation that stands now."""
        return self._snapshot

    def put(self, document: Document, *, root: str) -> int:
        """Write a document's passages beside its old version; return how many were embedded."""
        return self.put_all([(document, root)])[0]

    def put_all(self, documents: Sequence[tuple[Document, str]]) -> list[int]:
        """Write several documents, each with its root; what is new in them is embedded together.

        How many passages of each were embedded. A vector that is known is used again: that of the
        same text in the version before, or in a document of the same bytes.
        """
        self.settle()
        stock = self._stock()
        fresh = [
            [one for one in document.passages if stock.find(LivePassage.of(one)) is None]
            for document, _ in documents
        ]
        learners = [one for (one, _), own in zip(documents, fresh, strict=True) if own]
        known = self._vectors.over(learners, self._documents, self._snapshot, self._digests)
        embedded: set[str] = set()
        for batch in batched([one for own in fresh for one in own], BATCH):
            embedded |= self._write(batch, known)
        for document, root in documents:
            self._list(document, root)
        return [sum(one.id in embedded for one in own) for own in fresh]

    def drop(self, document_id: str) -> None:
        """Take a document away with the next :meth:`publish`."""
        self._documents.pop(document_id, None)

    def publish(self) -> None:
        """Make every put and drop visible at once, then remove what is stale."""
        self.settle()
        self._storing.finish()
        generation = read_generation(self._home) + 1
        try:
            edition = self._stock().make_edition(generation, self._documents, store=self._place)
            edition.save(self._home)
            write_model(self._folder, self._embedder.fingerprint)
        except OSError as error:
            raise refuse(self._folder, error) from error
        except ValueError as error:
            place = generation_folder(self._home, self._snapshot.generation)
            raise DataFolderDamaged(path=place, problem=str(error)) from error
        self._take(load_snapshot(self._home, self._embedder.fingerprint))
        self._remove_stale()

    def inherit(self, progress: Progress) -> None:
        """Take over what stands on the shelf of another model."""
        old = Inherited.find(self._folder, self._embedder.fingerprint)
        if old is None:
            return
        for name in self._documents.keys() - old.documents:
            self.drop(name)
        done, total = 0, sum(len(entry.passages) for entry in old.documents.values())
        for names in old.portions(BATCH):
            for name in names:
                self.assume(name, old.documents[name])
            portion = [(old.read(name), old.documents[name].root) for name in names]
            self.inherited += sum(self.put_all(portion))
            for name in names:
                done += len(old.documents[name].passages)
                progress(done, total, name)
        self.publish()
        self._renewed = True

    def assume(self, name: str, entry: ManifestEntry) -> None:
        """Take an entry for the earlier version of a document that is put here next."""
        own = self._documents.get(name)
        self._documents[name] = replace(entry, passages=own.passages if own else ())

    def close(self) -> None:
        """Let go of the files."""
        self._storing.close()
        self._store.close()

    def _open(self, start: Start | None) -> tuple[Snapshot, str]:
        """The shelf as it is, and the name of its store.

        It is an empty one where another version of the program has written it.
        """
        if start is not None:
            names = (f"{STORE}-{number}" for number in count(2))
            return start.snapshot, next(name for name in names if not (self._home / name).exists())
        fingerprint = self._embedder.fingerprint
        try:
            snapshot = load_snapshot(self._home, fingerprint)
        except ShelfOutdated:
            snapshot = make_empty(read_generation(self._home), fingerprint)
        return snapshot, snapshot.store

    def _stock(self) -> Stock:
        return Stock(self._snapshot, self._fresh, self._digests, self._preparations)

    def _list(self, document: Document, root: str) -> None:
        """List a document behind all others, as the successor of its earlier version."""
        earlier = self._documents.pop(document.id, None)
        now = self._now().isoformat(timespec="seconds") if self._now else ""
        self._documents[document.id] = ManifestEntry.of(document, root=root).after(earlier, now=now)

    def _write(self, passages: Sequence[Passage], known: KnownVectors) -> set[str]:
        """Embed and begin to store passages; return the ids of those that were embedded."""
        texts = self._storing.prepare(passages)
        vectors = {}
        if self._strays.ids:
            self._storing.finish()
            vectors = self._strays.recall(passages)
        fresh = [passage for passage in passages if passage.id not in vectors]
        found, computed = embed(self._embedder, fresh, known)
        vectors |= {one.id: rows for one, rows in zip(fresh, found, strict=True)}
        for rows in vectors.values():
            self._snapshot.check_width(rows)
        self._storing.begin([(LivePassage.of(one), vectors[one.id]) for one in fresh])
        written = zip(passages, texts.result(), strict=True)
        self._fresh |= {one.id: Stored.of(one, text, vectors[one.id]) for one, text in written}
        return {one.id for one, new in zip(fresh, computed, strict=True) if new}

    def refill(self) -> None:
        """Give the store the vectors of the generation again."""
        table = self._snapshot.table
        for start in range(0, len(table), _REFILL_BATCH):
            rows = range(start, min(start + _REFILL_BATCH, len(table)))
            own = [(table.passage(row), self._snapshot.vectors_of(row)) for row in rows]
            store_all(self._store, own)

    def _remove_stale(self) -> None:
        """Remove the vectors, and the stores, that the generation does not list."""
        self._strays.remove()
        for folder in self._home.glob(f"{STORE}*"):
            if folder.name != self._place:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def writing(
    folder: Path,
    make_embedder: Callable[[], Embedder],
    progress: Progress = lambda *_: None,
    *,
    now: Now | None = None,
) -> Iterator[ShelfWriter]:
    """Open a shelf for one writer; a second one gets ``DataFolderBusy`` at once.

    What stands on the shelf of another model is taken over first; ``progress`` is told of it.
    """
    with locked(folder):
        writer = ShelfWriter(folder, make_embedder(), now=now)
        try:
            writer.inherit(progress)
            yield writer
            writer.settle()
        finally:
            writer.close()
