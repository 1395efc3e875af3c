"""A shelf in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.ports import ShelfEntry
from knowledge.passage import Document, Passage


@dataclass
class MemoryShelf:
    """Keeps what is promised in :class:`ingest.ports.Shelf`, and counts what was done to it.

    ``published`` holds the ids that each publish changed; a passage whose id was already there
    counts as not embedded.
    """

    documents: dict[str, Document] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    puts: list[str] = field(default_factory=list)
    published: list[list[str]] = field(default_factory=list)
    waiting: dict[str, tuple[Document, str] | None] = field(default_factory=dict)

    def entries(self) -> Mapping[str, ShelfEntry]:
        """What readers see."""
        return {
            name: ShelfEntry(
                self.roots[name],
                document.content_hash,
                document.provenance.title,
                len(document.passages),
                document.origin,
            )
            for name, document in self.documents.items()
        }

    def put_all(self, documents: Sequence[tuple[Document, str]]) -> list[int]:
        """Keep the documents until the next publish."""
        return [self.put(document, root=root) for document, root in documents]

    def put(self, document: Document, *, root: str) -> int:
        """Keep the document until the next publish."""
        known = self.documents.get(document.id)
        before = {passage.id for passage in known.passages} if known else set()
        self.puts.append(document.id)
        self.waiting[document.id] = (document, root)
        return sum(passage.id not in before for passage in document.passages)

    def drop(self, document_id: str) -> None:
        """Mark the document as gone with the next publish."""
        self.waiting[document_id] = None

    def publish(self) -> None:
        """Show every put and drop."""
        for name, change in self.waiting.items():
            if change is None:
                self.documents.pop(name, None)
                self.roots.pop(name, None)
            else:
                self.documents[name], self.roots[name] = change
        self.published.append(list(self.waiting))
        self.waiting.clear()

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of a document as readers see them."""
        return self.documents[document_id].passages
