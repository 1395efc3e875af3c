"""The real shelf behind this room's port."""

from collections.abc import Mapping, Sequence

from ingest.ports import ShelfEntry
from knowledge.manifest import ManifestEntry
from knowledge.passage import Document
from knowledge.shelf import ShelfWriter


class WrittenShelf:
    """Stocks the shelf of :mod:`knowledge.shelf`."""

    def __init__(self, writer: ShelfWriter) -> None:
        """Use an open writer; closing it stays with whoever opened it."""
        self._writer = writer

    def entries(self) -> Mapping[str, ShelfEntry]:
        """What stands there, by document id."""
        return {name: describe_entry(entry) for name, entry in self._writer.documents.items()}

    def put_all(self, documents: Sequence[tuple[Document, str]]) -> list[int]:
        """Write documents, each with its root, beside their old versions."""
        return self._writer.put_all(documents)

    def drop(self, document_id: str) -> None:
        """Take the document away with the next ``publish``."""
        self._writer.drop(document_id)

    def publish(self) -> None:
        """Make every put and drop visible at once, then remove what is stale."""
        self._writer.publish()


def describe_entry(entry: ManifestEntry) -> ShelfEntry:
    """What this room needs to know of an entry of the manifest."""
    count = len(entry.passages)
    return ShelfEntry(entry.root, entry.content_hash, entry.title, count, entry.origin)
