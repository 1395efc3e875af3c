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
from knowledge.durable import make_durable, write_durably
from knowledge.embedding import Vectors
from knowledge.errors import N_, DataFolderDamaged, EmbeddingError, ShelfOutdated
from knowledge.lexical import LexicalIndex
from knowledge.moments import Moments
from knowledge.passage import Audience, Passage
from knowledge.passage_table import LivePassage, PassageTable, Rows

_FORMAT = 2
_OTHER_WIDTH = N_(
    "its vectors have another length than those on the shelf; it is not the model that it was."
)
_STORED = np.dtype("<f2")
"""Half precision: cosines change in the fourth digit at most."""
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, BadZipFile)
"""What reading a damaged generation raises, in JSON and numpy."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One document on the shelf."""

    root: str
    content_hash: str
    title: str
    language: str
    audience: Audience
    passages: Sequence[LivePassage]


@dataclass(frozen=True)
class Snapshot:
    """One generation of a shelf.

    ``texts`` and ``vectors`` hold the stored form of each passage and of its vectors, by row.
    """

    generation: int
    fingerprint: str
    documents: Mapping[str, ManifestEntry]
    table: PassageTable
    lexical: LexicalIndex
    moments: Moments
    texts: Sequence[bytes] = field(repr=False)
    vectors: Sequence[bytes] = field(repr=False)

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

    def save(self, home: Path) -> None:
        """Write the generation and make it the current one."""
        folder = home / "generations" / str(self.generation)
        shutil.rmtree(folder, ignore_errors=True)
        self.lexical.save(folder / "lexical")
        self.moments.save(folder / "moments.npz")
        np.savez(folder / "table.npz", **self.table.columns())  # type: ignore[arg-type]  # numpy's stub forbids names
        write_blocks(folder / "passages.bin", self.texts)
        write_blocks(folder / "vectors.bin", self.vectors)
        write_durably(folder / "manifest.json", json.dumps(self._manifest(), ensure_ascii=False))
        make_durable(folder)
        write_durably(home / "current", str(self.generation))
        for old in (home / "generations").iterdir():
            if old.name.isdigit() and int(old.name) < self.generation - 1:
                shutil.rmtree(old, ignore_errors=True)

    def _manifest(self) -> dict[str, object]:
        return {
            "format": _FORMAT,
            "fingerprint": self.fingerprint,
            "ids": self.table.ids,
            "names": self.table.names,
            "documents": {
                name: {
                    "root": entry.root,
                    "content_hash": entry.content_hash,
                    "title": entry.title,
                    "language": entry.language,
                    "audience": entry.audience,
                    "passages": len(entry.passages),
                }
                for name, entry in self.documents.items()
            },
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
        return int(path.read_text(encoding="utf-8"))
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
    folder = home / "generations" / str(generation)
    if generation == 0:
        return make_empty(generation, fingerprint)
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest.get("format") != _FORMAT:
            raise ShelfOutdated(folder=home.parent.parent)
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
        )
    except _UNREADABLE as error:
        problem = str(error) or type(error).__name__
        raise DataFolderDamaged(path=folder, problem=problem) from error


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
        name: ManifestEntry(
            root=str(one["root"]),
            content_hash=str(one["content_hash"]),
            title=str(one["title"]),
            language=str(one["language"]),
            audience=Audience(one["audience"]),
            passages=Rows(table, range(start, end)),
        )
        for (name, one), (start, end) in zip(stored.items(), pairwise(ends), strict=True)
    }
