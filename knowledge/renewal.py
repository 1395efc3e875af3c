"""From the shelf of one embedding model to that of another.

Vectors of two models cannot be compared, so each model has a shelf of its own. The file ``model``
beside them names the one that was stocked last. Whoever writes with another model first takes over
what stands there, from the stored texts: the sources need not be there any more. The new shelf is
named when it is complete; until then, and after a crash, the old one is.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from knowledge.durable import write_durably
from knowledge.errors import DataFolderDamaged, ShelfOutdated
from knowledge.passage import Document
from knowledge.snapshot import ManifestEntry, Snapshot, load_snapshot

_NAME = "model"
_SHELF = "generations"


@dataclass(frozen=True, slots=True)
class Inherited:
    """A shelf whose documents another one takes over."""

    snapshot: Snapshot

    @classmethod
    def find(cls, folder: Path, fingerprint: str) -> Self | None:
        """The shelf that was stocked last, if it is not that of ``fingerprint`` and holds any."""
        other = read_model(folder)
        if other in {"", fingerprint}:
            return None
        try:
            snapshot = load_snapshot(folder / other, other)
        except ShelfOutdated:
            return None  # what is ingested now takes its place
        return cls(snapshot) if snapshot.documents else None

    @property
    def documents(self) -> Mapping[str, ManifestEntry]:
        """What stands there, by document id."""
        return self.snapshot.documents

    def read(self, name: str) -> Document:
        """A document as it was put there."""
        entry = self.documents[name]
        return entry.document(name, self.snapshot.read(entry.passages))

    def portions(self, passages: int) -> Iterator[list[str]]:
        """The documents in portions of at least so many passages."""
        portion, count = [], 0
        for name, entry in self.documents.items():
            portion.append(name)
            count += len(entry.passages)
            if count >= passages:
                yield portion
                portion, count = [], 0
        if portion:
            yield portion


def read_model(folder: Path) -> str:
    """The fingerprint of the shelf that was stocked last; "" where none was."""
    path = folder / _NAME
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise DataFolderDamaged(path=path, problem=str(error)) from error


def write_model(folder: Path, fingerprint: str) -> None:
    """Name the shelf that was stocked last."""
    if read_model(folder) != fingerprint:
        write_durably(folder / _NAME, fingerprint)


def remove_others(folder: Path, fingerprint: str) -> None:
    """Remove the shelves of other models, once that of ``fingerprint`` is the one stocked last.

    For a process that knows that nobody reads them.
    """
    if read_model(folder) != fingerprint:
        return
    for shelf in folder.iterdir():
        if shelf.name != fingerprint and (shelf / _SHELF).is_dir():
            shutil.rmtree(shelf, ignore_errors=True)
