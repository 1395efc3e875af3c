"""What readers see of a shelf: one generation, swapped in whole.

A generation is a folder that is complete before the file ``current`` names it; that file is
replaced in one step. It holds everything but the search among vectors, which is Chroma's: Chroma
may already hold newer vectors or still hold older ones, and only those that the current generation
lists are live.
"""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from knowledge.blocks import Blocks, write_blocks
from knowledge.codec import decode
from knowledge.digests import NAME as DIGESTS
from knowledge.digests import Digesting, Digests, checksum, checksum_folder
from knowledge.duplicates.links import Links
from knowledge.durable import make_durable, write_durably
from knowledge.embedding import Vectors
from knowledge.errors import N_, DataFolderDamaged, EmbeddingError, ShelfOutdated
from knowledge.lexical import LexicalIndex
from knowledge.manifest import ManifestEntry
from knowledge.memory import without_collector
from knowledge.moments import Moments
from knowledge.passage import Passage
from knowledge.passage_table import LivePassage, PassageTable, Rows

__all__ = [
    "Edition",
    "ManifestEntry",
    "Snapshot",
    "generation_folder",
    "load_digests",
    "load_snapshot",
    "make_empty",
    "pack_vectors",
    "read_generation",
    "unpack_vectors",
]

MANIFEST, SEAL = "manifest.json", "manifest.sha256"
COPY = "manifest.copy.json"
"""Nothing else says where documents came from: it is there twice."""
STORE = "vectors"
"""The folder of the vector store, unless a generation names another."""
FORMAT = 3
READABLE = frozenset({2, FORMAT})
"""Format 2 had no checksums and knew less of each document; the next change writes the latest."""
_OTHER_WIDTH = N_(
    "its vectors have another length than those on the shelf; it is not the model that it was."
)
_STORED = np.dtype("<f2")
"""Half precision: cosines change in the fourth digit at most."""
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, BadZipFile)
"""What reading a damaged generation raises, in JSON and numpy."""


@dataclass(frozen=True)
class Snapshot:
    """One generation of a shelf.

    ``texts`` and ``vectors`` hold the stored form of each passage and of its vectors, by row.
    ``store`` is the name of the folder of the vector store that belongs to it; ``links`` say what
    stands there more than once.
    """

    generation: int
    fingerprint: str
    documents: Mapping[str, ManifestEntry]
    table: PassageTable
    lexical: LexicalIndex
    moments: Moments
    texts: Sequence[bytes] = field(repr=False)
    vectors: Sequence[bytes] = field(repr=False)
    store: str = STORE
    links: Links = field(default_factory=Links, repr=False)

    def read(self, passages: Iterable[LivePassage]) -> list[Passage]:
        """Passages in full, in the order given; one that is not live is left out."""
        rows = (self.table.rows.get(one.id) for one in passages)
        return [decode(self.texts[row]) for row in rows if row is not None]

    def check_width(self, vectors: Vectors) -> None:
        """Raise ``EmbeddingError`` for vectors that cannot be compared with those that are here."""
        width = self.vectors_of(0).shape[1] if len(self.table) else vectors.shape[-1]
        if vectors.shape[-1] != width:
            raise EmbeddingError(model=self.fingerprint, problem=_OTHER_WIDTH)

    def vectors_of(self, row: int) -> Vectors:
        """The vectors of a passage: its text's, then those of its variants."""
        return unpack_vectors(self.vectors[row], int(np.diff(self.table.first[row : row + 2])[0]))


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The next generation, on its way to the disk; ``texts`` and ``vectors`` are read once."""

    generation: int
    fingerprint: str
    documents: Mapping[str, ManifestEntry]
    table: PassageTable
    lexical: LexicalIndex
    moments: Moments
    texts: Iterable[bytes]
    vectors: Iterable[bytes]
    store: str = STORE
    links: Links = field(default_factory=Links)

    def save(self, home: Path) -> None:
        """Write the generation and make it the current one."""
        folder = generation_folder(home, self.generation)
        shutil.rmtree(folder, ignore_errors=True)
        self.lexical.save(folder / "lexical")
        self.moments.save(folder / "moments.npz")
        np.savez(folder / "table.npz", **self.table.columns())  # type: ignore[arg-type]  # numpy's stub forbids names
        texts, vectors = Digesting(self.texts), Digesting(self.vectors)
        write_blocks(folder / "passages.bin", texts)
        write_blocks(folder / "vectors.bin", vectors)
        self.links.save(folder)
        np.savez(folder / DIGESTS, texts=texts.rows(), vectors=vectors.rows())
        manifest = json.dumps(self._manifest(checksum_folder(folder)), ensure_ascii=False)
        (folder / COPY).write_text(manifest, encoding="utf-8")
        (folder / SEAL).write_text(checksum(manifest), encoding="utf-8")
        write_durably(folder / MANIFEST, manifest)
        make_durable(folder)
        write_durably(home / "current", str(self.generation))
        for old in (home / "generations").iterdir():
            if old.name.isdigit() and int(old.name) < self.generation - 1:
                shutil.rmtree(old, ignore_errors=True)

    def _manifest(self, files: Mapping[str, str]) -> dict[str, object]:
        return {
            "format": FORMAT,
            "fingerprint": self.fingerprint,
            "store": self.store,
            "files": files,
            "ids": self.table.ids,
            "names": self.table.names,
            "documents": {name: entry.stored() for name, entry in self.documents.items()},
        }


def pack_vectors(vectors: Vectors) -> bytes:
    """Vectors of shape (n, dimensions) as they are stored."""
    return vectors.astype(_STORED).tobytes()


def unpack_vectors(stored: bytes, count: int) -> Vectors:
    """So many stored vectors, shape (count, dimensions)."""
    rows = np.frombuffer(stored, dtype=_STORED).reshape(count, -1)
    return rows.astype(np.float32)


def read_generation(home: Path) -> int:
    """The number of the current generation, 0 on a shelf that was never filled."""
    path = home / "current"
    try:
        with path.open("rb", buffering=0) as file:  # several times a question
            return int(file.read())
    except FileNotFoundError:
        return 0
    except ValueError as error:
        raise DataFolderDamaged(path=path, problem="it names no generation") from error
    except OSError as error:
        raise DataFolderDamaged(path=path, problem=error.strerror or str(error)) from error


def make_empty(generation: int, fingerprint: str) -> Snapshot:
    """A shelf with nothing on it."""
    table, lexical = PassageTable.of([]), LexicalIndex.build([])
    return Snapshot(generation, fingerprint, {}, table, lexical, Moments(), (), ())


def load_snapshot(home: Path, fingerprint: str) -> Snapshot:
    """Read the current generation; an empty one when there is none for this embedding model.

    ``ShelfOutdated`` where another version of the program has written it in a form of its own.
    """
    generation = read_generation(home)
    folder = generation_folder(home, generation)
    if generation == 0:
        return make_empty(generation, fingerprint)
    try:
        with without_collector():
            return _read_snapshot(folder, generation, fingerprint)
    except UNREADABLE as error:
        problem = str(error) or type(error).__name__
        raise DataFolderDamaged(path=folder, problem=problem) from error


def _read_snapshot(folder: Path, generation: int, fingerprint: str) -> Snapshot:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest.get("format") not in READABLE:
        raise ShelfOutdated(folder=folder.parents[3])
    if manifest["fingerprint"] != fingerprint:
        return make_empty(generation, fingerprint)
    table = _read_table(folder / "table.npz", manifest)
    return Snapshot(
        generation=generation,
        fingerprint=fingerprint,
        documents=_read_documents(manifest["documents"], table),
        table=table,
        lexical=LexicalIndex.load(folder / "lexical"),
        moments=Moments.load(folder / "moments.npz"),
        texts=_read_blocks(folder / "passages.bin", len(table)),
        vectors=_read_blocks(folder / "vectors.bin", len(table)),
        store=str(manifest.get("store", STORE)),
        links=Links.load(folder),
    )


def load_digests(home: Path, snapshot: Snapshot) -> Digests | None:
    """The digests of a generation; None for one of before there were any.

    Raises ``DataFolderDamaged``.
    """
    path = generation_folder(home, snapshot.generation) / DIGESTS
    if not len(snapshot.table) or not path.parent.joinpath(SEAL).exists():
        return None
    try:
        return Digests.load(path)
    except UNREADABLE as error:
        problem = str(error) or type(error).__name__
        raise DataFolderDamaged(path=path, problem=problem) from error


def generation_folder(home: Path, generation: int) -> Path:
    """Where a generation is kept."""
    return home / "generations" / str(generation)


def _read_table(path: Path, manifest: Mapping[str, Any]) -> PassageTable:
    with path.open("rb") as file, np.load(file) as stored:
        return PassageTable(manifest["ids"], manifest["names"], **stored)


def _read_blocks(path: Path, count: int) -> Blocks:
    blocks = Blocks(path)
    if len(blocks) != count:
        message = f"{path.name} belongs to another generation"
        raise ValueError(message)
    return blocks


def _read_documents(stored: Mapping[str, Any], table: PassageTable) -> dict[str, ManifestEntry]:
    """The documents; their passages stand in the table in the same order."""
    ends = list(accumulate((int(one["passages"]) for one in stored.values()), initial=0))
    if ends[-1] != len(table):
        message = "the manifest and the table do not belong together"
        raise ValueError(message)
    return {
        name: ManifestEntry.restore(one, Rows(table, range(start, end)))
        for (name, one), (start, end) in zip(stored.items(), pairwise(ends), strict=True)
    }
