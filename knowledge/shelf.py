"""The shelf: stocked by one writer at a time, read by anybody meanwhile.

Each embedding model has a shelf of its own, in a folder with its fingerprint as its name; the file
``model`` says which was stocked last (:mod:`knowledge.renewal`).

Order of a change: new vectors are written beside the old ones, the next generation is swapped in,
then the stale vectors are removed. A crash leaves the old shelf or the new one; vectors that
nobody lists any more are overlooked by readers and removed by the next change.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import numpy as np

from knowledge.chroma import VectorStore
from knowledge.embedding import Embedder, Vectors
from knowledge.errors import (
    DataFolderBusy,
    DataFolderDamaged,
    DataFolderError,
    ShelfOfAnotherModel,
    ShelfOutdated,
)
from knowledge.normalisation import fold
from knowledge.passage import Audience, Document, Passage
from knowledge.passage_table import LivePassage
from knowledge.publishing import Stock, Stored, searchable, unit_texts
from knowledge.renewal import Inherited, read_model, write_model
from knowledge.snapshot import (
    ManifestEntry,
    Snapshot,
    load_snapshot,
    make_empty,
    read_generation,
)

__all__ = ["ShelfReader", "ShelfWriter", "open_shelf", "searchable", "unit_texts", "writing"]

Progress = Callable[[int, int, str], None]
"""Told (done, total, document)."""

_EMBED_BATCH = 64
_REFILL_BATCH = 1000
_VECTORS = "vectors"
_ONCE = "current"
"""Stood in the index itself before each embedding model had a folder of its own there."""


class ShelfReader:
    """Reads the current generation, and follows when a writer swaps in the next one."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Nothing is opened before the first reading."""
        self._folder = folder
        self._fingerprint = fingerprint
        self._opened: tuple[Snapshot, VectorStore] | None = None
        self._opening = threading.Lock()

    def current(self) -> tuple[Snapshot, VectorStore]:
        """The generation that is current now, with the store that holds its vectors."""
        with self._opening:
            generation = self.generation()
            if self._opened is None or self._opened[0].generation != generation:
                if self._opened is not None:
                    self._opened[1].close()  # an open store does not see another process's writes
                    self._opened = None
                self._opened = self._open()
            return self._opened

    def _open(self) -> tuple[Snapshot, VectorStore]:
        if not self.generation():
            if read_model(self._folder) not in {"", self._fingerprint}:
                raise ShelfOfAnotherModel(folder=self._folder.parent)
            if (self._folder / _ONCE).exists():
                raise ShelfOutdated(folder=self._folder.parent)
        snapshot, store = open_shelf(self._folder, self._fingerprint)
        while not is_complete(snapshot, store):
            store.close()
            if self.generation() == snapshot.generation:
                path = self._folder / self._fingerprint / _VECTORS
                raise DataFolderDamaged(path=path, problem="vectors are missing")
            # A writer has swapped in the next generation and removed what is stale.
            snapshot, store = open_shelf(self._folder, self._fingerprint)
        return snapshot, store

    def generation(self) -> int:
        """The number of the generation that is current now."""
        return read_generation(self._folder / self._fingerprint)

    def passages(self, live: Sequence[LivePassage]) -> list[Passage]:
        """Read passages in full, in the order given."""
        return self.current()[0].read(live)


def open_shelf(folder: Path, fingerprint: str) -> tuple[Snapshot, VectorStore]:
    """Open the current generation and the vectors."""
    home = folder / fingerprint
    return load_snapshot(home, fingerprint), VectorStore(home / _VECTORS, fingerprint)


def is_complete(snapshot: Snapshot, store: VectorStore) -> bool:
    """Whether the store can hold every vector that the snapshot lists."""
    listed = snapshot.table.records_of
    return all(store.count(audience) >= count for audience, count in listed.items())


class ShelfWriter:
    """Changes a shelf. Use :func:`writing`, which keeps a second writer out."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Open the shelf as it is now."""
        self._folder = folder
        self._home = folder / embedder.fingerprint
        self._embedder = embedder
        self._snapshot, self._store = self._open()
        self.renewed = not is_complete(self._snapshot, self._store)
        """Whether it had to be repaired, or took over what stood on the shelf of another model."""
        if self.renewed:  # the vectors were lost or moved away
            self._refill()
        self._documents = dict(self._snapshot.documents)
        self._fresh: dict[str, Stored] = {}
        self.inherited = 0
        """How many passages :meth:`inherit` has embedded."""

    @property
    def documents(self) -> Mapping[str, ManifestEntry]:
        """What the shelf will hold after the next :meth:`publish`, by document id."""
        return self._documents

    def put(self, document: Document, *, root: str) -> int:
        """Write a document's passages beside its old version; return how many were embedded."""
        live = tuple(LivePassage.of(passage) for passage in document.passages)
        stock = self._stock()
        fresh = [
            passage
            for passage, known in zip(document.passages, live, strict=True)
            if stock.find(known) is None
        ]
        embedded = 0
        for start in range(0, len(fresh), _EMBED_BATCH):
            embedded += self._write(fresh[start : start + _EMBED_BATCH])
        self._documents.pop(document.id, None)
        self._documents[document.id] = ManifestEntry(
            root=root,
            content_hash=document.content_hash,
            title=document.provenance.title,
            language=document.language,
            audience=document.provenance.audience,
            passages=live,
        )
        return embedded

    def drop(self, document_id: str) -> None:
        """Take a document away with the next :meth:`publish`."""
        self._documents.pop(document_id, None)

    def publish(self) -> None:
        """Make every put and drop visible at once, then remove what is stale."""
        generation = read_generation(self._home) + 1
        edition = self._stock().make_edition(generation, self._documents)
        try:
            edition.save(self._home)
            write_model(self._folder, self._embedder.fingerprint)
        except OSError as error:
            raise _refuse(self._folder, error) from error
        self._snapshot = load_snapshot(self._home, self._embedder.fingerprint)
        self._documents, self._fresh = dict(self._snapshot.documents), {}
        live = self._snapshot.table
        for audience in Audience:
            gone = [key for key in self._store.ids(audience) if live.find_record(key) is None]
            if gone:
                self._store.remove(audience, gone)

    def inherit(self, progress: Progress) -> None:
        """Take over what stands on the shelf of another model."""
        old = Inherited.find(self._folder, self._embedder.fingerprint)
        if old is None:
            return
        for name in self._documents.keys() - old.documents:
            self.drop(name)
        for done, name in enumerate(old.documents, start=1):
            document, root = old.read(name)
            self.inherited += self.put(document, root=root)
            progress(done, len(old.documents), name)
        self.publish()
        self.renewed = True

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    def _open(self) -> tuple[Snapshot, VectorStore]:
        """The shelf as it is; an empty one where another version of the program has written it."""
        fingerprint = self._embedder.fingerprint
        try:
            return open_shelf(self._folder, fingerprint)
        except ShelfOutdated:
            empty = make_empty(read_generation(self._home), fingerprint)
            return empty, VectorStore(self._home / _VECTORS, fingerprint)

    def _stock(self) -> Stock:
        return Stock(self._snapshot, self._fresh)

    def _refill(self) -> None:
        """Give the store the vectors of the generation again."""
        table = self._snapshot.table
        for start in range(0, len(table), _REFILL_BATCH):
            rows = range(start, min(start + _REFILL_BATCH, len(table)))
            self._store_all([(table.passage(row), self._snapshot.vectors_of(row)) for row in rows])

    def _write(self, passages: Sequence[Passage]) -> int:
        """Embed and store passages with their question variants; return how many were embedded."""
        vectors = self._find_left_over(passages)
        fresh = [passage for passage in passages if passage.id not in vectors]
        vectors |= {one.id: rows for one, rows in zip(fresh, self._embed(fresh), strict=True)}
        for rows in vectors.values():
            self._snapshot.check_width(rows)
        self._store_all([(LivePassage.of(passage), vectors[passage.id]) for passage in fresh])
        self._fresh |= {one.id: Stored.of(one, vectors[one.id]) for one in passages}
        return len(fresh)

    def _embed(self, passages: Sequence[Passage]) -> list[Vectors]:
        """The vectors of each passage: its text's, then those of its variants."""
        texts = [fold(searchable(passage)) for passage in passages]
        asked = [fold(variant.text) for passage in passages for variant in passage.questions]
        bodies = self._embedder.embed_passages(texts) if texts else ()
        variants = iter(self._embedder.embed_questions(asked) if asked else ())
        return [
            np.stack([body, *islice(variants, len(passage.questions))])
            for passage, body in zip(passages, bodies, strict=True)
        ]

    def _find_left_over(self, passages: Sequence[Passage]) -> dict[str, Vectors]:
        """Vectors that an interrupted change has stored already: an id stands for its content."""
        found: dict[str, Vectors] = {}
        for audience in {passage.provenance.audience for passage in passages}:
            own = [LivePassage.of(one) for one in passages if one.provenance.audience is audience]
            stored = self._store.vectors(audience, [key for one in own for key in one.records])
            found |= {
                one.id: np.stack([stored[key] for key in one.records])
                for one in own
                if stored.keys() >= one.records.keys()
            }
        return found

    def _store_all(self, rows: Iterable[tuple[LivePassage, Vectors]]) -> None:
        """Store the vectors of passages, each audience's in its own collection."""
        walls: dict[Audience, list[tuple[LivePassage, Vectors]]] = {}
        for passage, vectors in rows:
            walls.setdefault(passage.audience, []).append((passage, vectors))
        for audience, own in walls.items():
            keys = [key for passage, _ in own for key in passage.records]
            self._store.add(audience, keys, np.concatenate([vectors for _, vectors in own]))


@contextmanager
def writing(
    folder: Path, make_embedder: Callable[[], Embedder], progress: Progress = lambda *_: None
) -> Iterator[ShelfWriter]:
    """Open a shelf for one writer; a second one gets ``DataFolderBusy`` at once.

    What stands on the shelf of another model is taken over first; ``progress`` is told of it.
    """
    with _lock(folder):
        writer = ShelfWriter(folder, make_embedder())
        try:
            writer.inherit(progress)
            yield writer
        finally:
            writer.close()


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "writer.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise DataFolderBusy(folder=folder.parent) from error
    except OSError as error:
        raise _refuse(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _refuse(folder: Path, error: OSError) -> DataFolderError:
    problem = f"{error.filename or folder}: {error.strerror or error}."
    return DataFolderError(folder=folder.parent, problem=problem)
