"""The shelf: stocked by one writer at a time, read by anybody meanwhile.

Order of a change: new vectors are written beside the old ones, the next generation is swapped in,
then the stale vectors are removed. A crash leaves the old shelf or the new one; vectors that
nobody lists any more are overlooked by readers and removed by the next change.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from knowledge.chroma import Record, VectorStore
from knowledge.codec import decode, encode
from knowledge.embedding import Embedder, Vectors
from knowledge.errors import DataFolderBusy, DataFolderDamaged, DataFolderError
from knowledge.lexical import LexicalIndex
from knowledge.normalisation import fold
from knowledge.passage import Audience, Document, Passage
from knowledge.snapshot import (
    LivePassage,
    ManifestEntry,
    Snapshot,
    Unit,
    load_snapshot,
    make_empty,
    read_generation,
)

_EMBED_BATCH = 64
_VECTORS = "vectors"


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
            generation = read_generation(self._folder)
            if self._opened is None or self._opened[0].generation != generation:
                if self._opened is not None:
                    self._opened[1].close()  # an open store does not see another process's writes
                    self._opened = None
                self._opened = self._open()
            return self._opened

    def _open(self) -> tuple[Snapshot, VectorStore]:
        snapshot, store = open_shelf(self._folder, self._fingerprint)
        while not is_complete(snapshot, store):
            store.close()
            if read_generation(self._folder) == snapshot.generation:
                path = self._folder / _VECTORS
                raise DataFolderDamaged(path=path, problem="vectors are missing")
            # A writer has swapped in the next generation and removed what is stale.
            snapshot, store = open_shelf(self._folder, self._fingerprint)
        return snapshot, store

    def generation(self) -> int:
        """The number of the generation that is current now."""
        return read_generation(self._folder)

    def passages(self, live: Sequence[LivePassage]) -> list[Passage]:
        """Read passages in full, in the order given."""
        _, store = self.current()
        return read_passages(store, live)


def open_shelf(folder: Path, fingerprint: str) -> tuple[Snapshot, VectorStore]:
    """Open the current generation and the vectors."""
    return load_snapshot(folder, fingerprint), VectorStore(folder / _VECTORS, fingerprint)


def is_complete(snapshot: Snapshot, store: VectorStore) -> bool:
    """Whether the store can hold every vector that the snapshot lists."""
    listed = Counter(
        passage.audience for passage in snapshot.passages.values() for _ in passage.records
    )
    return all(store.count(audience) >= count for audience, count in listed.items())


def read_passages(store: VectorStore, live: Sequence[LivePassage]) -> list[Passage]:
    """Read passages in full, in the order given; one that is gone is left out."""
    records: dict[str, Record] = {}
    for audience in Audience:
        ids = [passage.id for passage in live if passage.audience is audience]
        if ids:
            records |= store.records(audience, ids)
    return [
        decode(record.id, record.text, record.metadata)
        for passage in live
        if (record := records.get(passage.id)) is not None
    ]


class ShelfWriter:
    """Changes a shelf. Use :func:`writing`, which keeps a second writer out."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Open the shelf as it is now."""
        self._folder = folder
        self._embedder = embedder
        self._snapshot, self._store = open_shelf(folder, embedder.fingerprint)
        if not is_complete(self._snapshot, self._store):  # the vectors were lost or moved away
            self._snapshot = make_empty(self._snapshot.generation, embedder.fingerprint)
        self._documents = dict(self._snapshot.documents)
        self._stale: list[LivePassage] = []

    @property
    def documents(self) -> Mapping[str, ManifestEntry]:
        """What the shelf will hold after the next :meth:`publish`, by document id."""
        return self._documents

    def put(self, document: Document, *, root: str) -> int:
        """Write a document's passages beside its old version; return how many were embedded."""
        # What became stale since the last publish is still stored, and may come back.
        known = {p.id: p for p in (*self._stale, *self._passages_of(document.id))}
        fresh = [p for p in document.passages if known.get(p.id) != LivePassage.of(p)]
        for start in range(0, len(fresh), _EMBED_BATCH):
            self._write(fresh[start : start + _EMBED_BATCH])
        self._replace(
            document.id,
            ManifestEntry(
                root=root,
                content_hash=document.content_hash,
                title=document.provenance.title,
                language=document.language,
                audience=document.provenance.audience,
                passages=tuple(LivePassage.of(passage) for passage in document.passages),
            ),
        )
        return len(fresh)

    def drop(self, document_id: str) -> None:
        """Take a document away with the next :meth:`publish`."""
        self._replace(document_id, None)

    def publish(self) -> None:
        """Make every put and drop visible at once, then remove what is stale."""
        units, texts = self._units()
        generation = read_generation(self._folder) + 1
        live = {
            record
            for entry in self._documents.values()
            for p in entry.passages
            for record in p.records
        }
        self._count_out(live)
        self._snapshot = Snapshot(
            generation,
            self._embedder.fingerprint,
            dict(self._documents),
            LexicalIndex.build(texts),
            self._snapshot.moments,
            tuple(units),
        )
        self._save()
        for audience in Audience:
            gone = [record for record in self._store.ids(audience) if record not in live]
            if gone:
                self._store.remove(audience, gone)
        self._stale = []

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    def _save(self) -> None:
        try:
            self._snapshot.save(self._folder)
        except OSError as error:
            raise _refuse(self._folder, error) from error

    def _passages_of(self, document_id: str) -> tuple[LivePassage, ...]:
        entry = self._documents.get(document_id)
        return entry.passages if entry else ()

    def _replace(self, document_id: str, entry: ManifestEntry | None) -> None:
        kept = {passage.id for passage in entry.passages} if entry else set()
        self._stale += [p for p in self._passages_of(document_id) if p.id not in kept]
        self._documents.pop(document_id, None)
        if entry:
            self._documents[document_id] = entry

    def _write(self, passages: Sequence[Passage]) -> None:
        """Embed and store passages and their question variants, and count them in."""
        bodies = [
            (p.provenance.audience, f"passage:{p.language}", Record(p.id, p.text, encode(p)))
            for p in passages
        ]
        variants = [
            (
                p.provenance.audience,
                f"question:{variant.language}",
                Record(f"{p.id}~{n}", variant.text, {"language": variant.language}),
            )
            for p in passages
            for n, variant in enumerate(p.questions)
        ]
        self._store_all(bodies, self._embed_bodies(passages))
        if variants:
            asked = [fold(record.text) for _, _, record in variants]
            self._store_all(variants, self._embedder.embed_questions(asked))

    def _embed_bodies(self, passages: Sequence[Passage]) -> Vectors:
        return self._embedder.embed_passages([fold(searchable(p)) for p in passages])

    def _store_all(self, rows: Sequence[tuple[Audience, str, Record]], vectors: Vectors) -> None:
        """Store records in their audience's collection and count them into their group."""
        for audience in {row[0] for row in rows}:
            chosen = [n for n, row in enumerate(rows) if row[0] is audience]
            self._store.add(audience, [rows[n][2] for n in chosen], vectors[chosen])
        for group in {row[1] for row in rows}:
            chosen = [n for n, row in enumerate(rows) if row[1] == group]
            self._snapshot.moments.add(group, vectors[chosen])

    def _count_out(self, live: set[str]) -> None:
        for passage in dict.fromkeys(self._stale):
            groups = {key: group for key, group in passage.records.items() if key not in live}
            vectors = self._store.vectors(passage.audience, list(groups))
            for key, vector in vectors.items():
                self._snapshot.moments.add(groups[key], np.asarray([vector]), sign=-1)

    def _units(self) -> tuple[list[Unit], list[str]]:
        """The units of the lexical index with their texts."""
        live = [p for entry in self._documents.values() for p in entry.passages]
        by_id = {passage.id: passage for passage in live}
        units: list[Unit] = []
        texts: list[str] = []
        for passage in read_passages(self._store, live):
            for language, text in unit_texts(passage).items():
                units.append(Unit(by_id[passage.id], language))
                texts.append(text)
        return units, texts


def searchable(passage: Passage) -> str:
    """What is embedded for a passage: its title and heading path stand with its text."""
    return "\n".join((passage.provenance.title, " > ".join(passage.headings), passage.text))


def unit_texts(passage: Passage) -> dict[str, str]:
    """The lexical units of a passage by language: its text, and its variants in each language."""
    units = {passage.language: searchable(passage)}
    for variant in passage.questions:
        units[variant.language] = f"{units.get(variant.language, '')}\n{variant.text}"
    return units


@contextmanager
def writing(folder: Path, make_embedder: Callable[[], Embedder]) -> Iterator[ShelfWriter]:
    """Open a shelf for one writer; a second one gets ``DataFolderBusy`` at once."""
    with _lock(folder):
        writer = ShelfWriter(folder, make_embedder())
        try:
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
