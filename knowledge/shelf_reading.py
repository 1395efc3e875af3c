"""Reading a shelf, and following a writer from one generation to the next."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from knowledge.chroma import VectorStore
from knowledge.errors import DataFolderDamaged, HelpdeskError, ShelfOfAnotherModel, ShelfOutdated
from knowledge.passage import Passage
from knowledge.passage_table import LivePassage
from knowledge.renewal import read_model
from knowledge.snapshot import Snapshot, load_snapshot, read_generation

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

    def release(self) -> None:
        """Let go of a store that failed; whoever reads next opens it anew."""
        with self._opening:
            opened, self._opened = self._opened, None
            if opened is not None:
                with suppress(HelpdeskError):
                    opened[1].close()

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
                path = self._folder / self._fingerprint / snapshot.store
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
    snapshot = load_snapshot(home, fingerprint)
    return snapshot, VectorStore(home / snapshot.store, fingerprint)


def looks_complete(snapshot: Snapshot, store: VectorStore) -> bool:
    """The same for who may not need the vectors: told from the files of the store if they tell."""
    listed, written = snapshot.table.records_of, store.count_written()
    seen = all(written.get(audience, 0) >= count for audience, count in listed.items())
    return seen or is_complete(snapshot, store)


def is_complete(snapshot: Snapshot, store: VectorStore) -> bool:
    """Whether the store can hold every vector that the snapshot lists."""
    listed = snapshot.table.records_of
    return all(store.count(audience) >= count for audience, count in listed.items())
