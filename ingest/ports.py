"""What this room needs of a shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ingest.documents import Filing
from ingest.outcome import Reading
from knowledge.origin import Origin
from knowledge.passage import Document


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """One document on the shelf; ``root`` is the folder (or the name) that it was read from."""

    root: str
    content_hash: str
    title: str
    passages: int
    origin: Origin = field(default_factory=Origin)


class Shelf(Protocol):
    """Where documents stand. Nothing that is put or dropped shows before ``publish``."""

    def entries(self) -> Mapping[str, ShelfEntry]:
        """What readers see now, by document id."""

    def put_all(self, documents: Sequence[tuple[Document, str]]) -> list[int]:
        """Write documents, each with its root, beside their old versions.

        How many passages of each were embedded.
        """

    def drop(self, document_id: str) -> None:
        """Take the document away with the next ``publish``."""

    def publish(self) -> None:
        """Make every put and drop visible at once, then remove what is stale."""


class Custodian(Protocol):
    """Who reads documents, and keeps what is held back of them for a person to decide."""

    def stamp(self, document: str, content_hash: str) -> str:
        """The hash of a document together with what was decided about it."""

    def read(self, data: bytes, filing: Filing, root: str) -> Reading:
        """Read a document; raises :class:`DocumentError` when nothing of it can be quoted."""

    def homes(self) -> Mapping[str, str]:
        """The documents of which anything is kept, with the folders that they were read from."""

    def forget(self, document: str) -> None:
        """Drop everything about a document that is gone."""
