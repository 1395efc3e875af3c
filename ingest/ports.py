"""What this room needs of a shelf."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from knowledge.passage import Document


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One document on the shelf; ``root`` is the folder (or the name) that it was read from."""

    root: str
    content_hash: str
    title: str
    passages: int


class Shelf(Protocol):
    """Where documents stand. Nothing that is put or dropped shows before ``publish``."""

    def entries(self) -> Mapping[str, ShelfEntry]:
        """What readers see now, by document id."""

    def put(self, document: Document, *, root: str) -> int:
        """Write the document's passages beside its old version; how many were embedded."""

    def drop(self, document_id: str) -> None:
        """Take the document away with the next ``publish``."""

    def publish(self) -> None:
        """Make every put and drop visible at once, then remove what is stale."""
