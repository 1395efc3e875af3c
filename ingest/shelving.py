"""The real shelf behind this room's port."""

from collections.abc import Mapping

from ingest.ports import ShelfEntry
from knowledge.passage import Document
from knowledge.shelf import ShelfWriter


class WrittenShelf:
    """Stocks the shelf of :mod:`knowledge.shelf`."""

    def __init__(self, writer: ShelfWriter) -> None:
        """Use an open writer; closing it stays with whoever opened it."""
        self._writer = writer

    def entries(self) -> Mapping[str, ShelfEntry]:
        """What stands there, by document id."""
        return {
            name: ShelfEntry(entry.root, entry.content_hash, entry.title, len(entry.passages))
            for name, entry in self._writer.documents.items()
        }

    def put(self, document: Document, *, root: str) -> int:
        """Write the document's passages beside its old version; how many were embedded."""
        return self._writer.put(document, root=root)

    def drop(self, document_id: str) -> None:
        """Take the document away with the next ``publish``."""
        self._writer.drop(document_id)

    def publish(self) -> None:
        """Make every put and drop visible at once, then remove what is stale."""
        self._writer.publish()
