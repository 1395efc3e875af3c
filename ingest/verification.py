"""Whether the files are still those that the shelf was stocked from, and would be read the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.fingerprints import make_origin
from ingest.homes import STARTER, find_file
from ingest.scan import Revise, hash_bytes, leave, read_bytes
from knowledge.errors import DocumentError
from knowledge.faults import Fault, FaultKind, fault
from knowledge.manifest import ManifestEntry


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of the documents on a shelf; ``revise`` is what settings change in the starter."""

    documents: Mapping[str, ManifestEntry]
    revise: Revise = leave

    def inspect(self) -> Iterator[Fault]:
        """Read every file and compare its hash with the manifest."""
        for name, entry in sorted(self.documents.items()):
            found = self._inspect(name, entry)
            if found is not None:
                yield found

    def _inspect(self, name: str, entry: ManifestEntry) -> Fault | None:
        path = find_file(name, entry.root)
        try:
            data = self.revise_own(name, entry, read_bytes(path, name)) if entry.root else b""
        except DocumentError:
            return fault(FaultKind.GONE, document=name, path=path)
        if not (entry.root and entry.origin.source_hash):
            return fault(FaultKind.UNKNOWN, document=name)
        origin, now = entry.origin, make_origin(name, hash_bytes(data))
        if now.source_hash != origin.source_hash:
            return fault(FaultKind.CHANGED, document=name, path=path)
        if (now.parser, now.splitter) != (origin.parser, origin.splitter):
            return fault(FaultKind.READ_OTHERWISE, document=name)
        return None

    def revise_own(self, name: str, entry: ManifestEntry, data: bytes) -> bytes:
        """What the settings change in a document, if it is one of the starter knowledge."""
        return self.revise(name, data) if entry.root == STARTER else data
