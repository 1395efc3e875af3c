"""The vector store: Chroma on disk, one collection per audience and embedding fingerprint.

Audiences are collections of their own because a filter at query time is slow (50,000 passages:
1.8 ms a query without one, 65 ms with one) and because a wall is better than a condition. Only
vectors are kept here; what they stand for is in the generation (:mod:`knowledge.snapshot`). All
Chroma exceptions become ``IndexFailure`` in :func:`mapped`, and nowhere else.
"""

import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from knowledge.chroma_files import count_written
from knowledge.embedding import Vectors
from knowledge.errors import HelpdeskError, IndexFailure
from knowledge.passage import Audience

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_BATCH = 2000
# Chroma shares clients by folder, and not safely between threads. A store may be collected, and
# so closed, while the same thread opens another.
_opening = threading.RLock()
_BEAM = 160  # breadth of the graph search; wider than any number of neighbours we ask for


class VectorStore:
    """Reads and writes vectors of one embedding fingerprint."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Open (or create) the store in ``folder``."""
        self._folder = folder
        self._fingerprint = fingerprint
        self._collections: dict[Audience, Collection] = {}
        with mapped(folder), _opening:
            self._client = _open_client(folder)
        self._release = weakref.finalize(self, _close, self._client)

    def close(self) -> None:
        """Let go of the files; a store opened afterwards sees what others wrote meanwhile."""
        with mapped(self._folder):
            self._release()

    def add(self, audience: Audience, ids: Sequence[str], vectors: Vectors) -> None:
        """Write vectors, one for each id; one with a known id is replaced."""
        collection = self._collection(audience)
        for start in range(0, len(ids), _BATCH):
            with mapped(self._folder):
                collection.upsert(
                    ids=list(ids[start : start + _BATCH]),
                    embeddings=vectors[start : start + _BATCH],
                )

    def remove(self, audience: Audience, ids: Sequence[str]) -> None:
        """Delete vectors; unknown ids are no error."""
        collection = self._collection(audience)
        for start in range(0, len(ids), _BATCH):
            with mapped(self._folder):
                collection.delete(ids=list(ids[start : start + _BATCH]))

    def ids(self, audience: Audience) -> list[str]:
        """Return the ids of all vectors, live or not."""
        collection = self._collection(audience)
        with mapped(self._folder):
            return list(collection.get(include=[])["ids"])

    def count(self, audience: Audience) -> int:
        """How many vectors there are, live or not."""
        collection = self._collection(audience)
        with mapped(self._folder):
            return collection.count()

    def count_written(self) -> dict[Audience, int]:
        """How many vectors there are at least, where that shows without loading them."""
        written = count_written(self._folder)
        names = {audience: self._name(audience) for audience in Audience}
        return {one: written[name] for one, name in names.items() if name in written}

    def nearest(self, audience: Audience, vectors: Vectors, limit: int) -> list[dict[str, float]]:
        """Return the ``limit`` nearest ids with their cosine similarity, for each vector."""
        collection = self._collection(audience)
        with mapped(self._folder):
            found = collection.query(
                query_embeddings=vectors, n_results=limit, include=["distances"]
            )
        return [
            {key: 1.0 - float(distance) for key, distance in zip(ids, distances, strict=True)}
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def vectors(self, audience: Audience, ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
        """Return the stored vectors of those ids that exist."""
        result: dict[str, npt.NDArray[np.float32]] = {}
        for start in range(0, len(ids), _BATCH):
            with mapped(self._folder):
                found = self._collection(audience).get(
                    ids=list(ids[start : start + _BATCH]), include=["embeddings"]
                )
            stored = found["embeddings"]
            rows = np.asarray([] if stored is None else stored, dtype=np.float32)
            result |= dict(zip(found["ids"], rows, strict=True))
        return result

    def _collection(self, audience: Audience) -> "Collection":
        if audience not in self._collections:
            with mapped(self._folder):
                self._collections[audience] = self._client.get_or_create_collection(
                    self._name(audience),
                    configuration={"hnsw": {"space": "cosine", "ef_search": _BEAM}},
                    embedding_function=None,
                )
        return self._collections[audience]

    def _name(self, audience: Audience) -> str:
        return f"{audience}-{self._fingerprint}"


@contextmanager
def mapped(folder: Path) -> Iterator[None]:
    """Turn whatever Chroma raises into ``IndexFailure``."""
    try:
        yield
    except HelpdeskError:
        raise
    except Exception as error:  # its Rust core raises types of its own
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise IndexFailure(folder=folder, problem=f"{reason}.") from error


def _open_client(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    # Telemetry would need a network, and nobody asked our users.
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    try:
        return chromadb.PersistentClient(str(folder), settings=settings)
    except BaseException:
        _forget(folder)
        raise


def _forget(folder: Path) -> None:
    """Let a folder that could not be opened be opened later, when it can be.

    Chroma keeps what it began to open, and from then on fails in this process.
    """
    from chromadb.api.shared_system_client import SharedSystemClient as Shared

    name = str(folder)
    if name not in Shared._identifier_to_refcount:  # noqa: SLF001 - nothing else forgets it
        Shared._identifier_to_system.pop(name, None)  # noqa: SLF001 - as above


def _close(client: "ClientAPI") -> None:
    with _opening:
        client.close()  # type: ignore[attr-defined]  # the client has it, its type not
