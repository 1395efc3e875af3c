"""Repair a shelf: make manifest, Chroma and files agree, and say what could not be repaired."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.homes import find_file
from ingest.ports import Custodian
from ingest.quarantine.custody import NoCustody
from ingest.report import Failed, Progress, Report
from ingest.run import Run
from ingest.scan import Revise, Scan, Work, leave, read_bytes
from ingest.shelving import WrittenShelf
from ingest.sync import ignore
from ingest.verification import Sources
from knowledge.embedding import Embedder
from knowledge.faults import Fault, FaultKind
from knowledge.inspection import Inspection, inspect_shelf
from knowledge.manifest import ManifestEntry
from knowledge.passage import Audience, Document
from knowledge.rebuilding import Rebuilding
from knowledge.salvage import Salvaged
from knowledge.shelf import Now, ShelfWriter
from knowledge.shelf_lock import locked

_IN_FILES = frozenset({FaultKind.CHANGED, FaultKind.READ_OTHERWISE})


@dataclass(frozen=True, slots=True)
class Check:
    """What an inspection found; ``documents`` and ``vectors`` say how much was looked at."""

    faults: tuple[Fault, ...]
    documents: int
    vectors: int
    probes: int

    def as_json(self) -> dict[str, object]:
        """The check in values that JSON knows."""
        return {
            "faults": [one.as_json() for one in self.faults],
            "documents": self.documents,
            "vectors_compared": self.vectors,
            "vectors_searched_for": self.probes,
        }


@dataclass(slots=True)
class Repair:
    """What was wrong, what still is, what was read again, and files that could not be read."""

    found: tuple[Fault, ...] = ()
    left: tuple[Fault, ...] = ()
    reread: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    @property
    def mended(self) -> tuple[Fault, ...]:
        """What was wrong and is no more."""
        left = {(one.kind, one.document) for one in self.left}
        return tuple(one for one in self.found if (one.kind, one.document) not in left)

    def as_json(self) -> dict[str, object]:
        """The repair in values that JSON knows."""
        return {
            "mended": [one.as_json() for one in self.mended],
            "left": [one.as_json() for one in self.left],
            "reread": self.reread,
            "failed": [{"path": one.path, "reason": str(one.error)} for one in self.failed],
        }


def check_shelf(folder: Path, fingerprint: str, *, revise: Revise = leave) -> Check:
    """Look at everything and change nothing; raises ``DataFolderBusy`` while somebody writes."""
    with locked(folder):
        return _check(folder, fingerprint, revise)[0]


def _check(folder: Path, fingerprint: str, revise: Revise) -> tuple[Check, Inspection]:
    inspection = inspect_shelf(folder, fingerprint)
    documents = inspection.snapshot.documents if inspection.snapshot else {}
    faults = (*inspection.faults, *Sources(documents, revise).inspect())
    return Check(faults, len(documents), inspection.vectors, inspection.probes), inspection


@dataclass(frozen=True, slots=True)
class Repairing:
    """How a shelf is repaired; see :meth:`repair`."""

    folder: Path
    embedder: Embedder
    revise: Revise = leave
    custody: Custodian = field(default_factory=NoCustody)
    progress: Callable[[Progress], None] = ignore
    now: Now | None = None

    def repair(self) -> Repair:
        """Repair what can be repaired; what is whole is left alone."""
        with locked(self.folder):
            rebuilding = Rebuilding(self.folder, self.embedder, self._reread, self.now)
            check, inspection = self._look()
            done = Repair(found=check.faults)
            if rebuilding.settle():
                check, inspection = self._look()
            rebuilt = rebuilding.mend(inspection)
            done.reread += rebuilt.reread
            if rebuilt.changed:
                check, inspection = self._look()
            if self._read_changed(done, check, inspection):
                check, _ = self._look()
            done.left = (*rebuilt.lost, *check.faults)
            return done

    def _look(self) -> tuple[Check, Inspection]:
        return _check(self.folder, self.embedder.fingerprint, self.revise)

    def _read_changed(self, done: Repair, check: Check, inspection: Inspection) -> bool:
        """Read the files that have changed, or would be read differently now; if there are any."""
        names = [one.document for one in check.faults if one.kind in _IN_FILES]
        if not names or inspection.snapshot is None:
            return False
        documents = inspection.snapshot.documents
        writer = ShelfWriter(self.folder, self.embedder, now=self.now)
        try:
            for audience, own in _by_audience(names, documents).items():
                report = self._run(writer, own, documents, audience)
                done.reread += report.changed
                done.failed += report.failed
        finally:
            writer.close()
        return True

    def _run(
        self,
        writer: ShelfWriter,
        names: Iterable[str],
        documents: Mapping[str, ManifestEntry],
        audience: Audience | None,
    ) -> Report:
        shelf = WrittenShelf(writer)
        known = dict(shelf.entries())
        scan = Scan(known, audience, self._revise(documents), self.custody)
        run = Run(shelf, scan, known, self.progress)
        paths = {name: Path(find_file(name, documents[name].root)) for name in names}
        run.take(
            [
                Work(path, name, documents[name].root, path.stat().st_size if path.exists() else 0)
                for name, path in paths.items()
            ]
        )
        run.publish()
        return run.report(elapsed=0.0)

    def _revise(self, documents: Mapping[str, ManifestEntry]) -> Revise:
        sources = Sources(documents, self.revise)
        return lambda name, data: sources.revise_own(name, documents[name], data)

    def _reread(self, name: str, salvaged: Salvaged) -> Document:
        """Read a document from its file again; raises ``DocumentError``."""
        entry = salvaged.entry
        data = read_bytes(find_file(name, entry.root), name)
        data = Sources({}, self.revise).revise_own(name, entry, data)
        scan = Scan({}, _named_audience(entry), custody=self.custody)
        filing = scan.file(name, data)
        reading = self.custody.read(data, filing, entry.root)
        complete = not (reading.problems or reading.losses)
        return replace(reading.document, origin=replace(filing.origin, complete=complete))


def _by_audience(
    names: Iterable[str], documents: Mapping[str, ManifestEntry]
) -> dict[Audience | None, list[str]]:
    """The names by the audience that they were taken onto the shelf for."""
    found: dict[Audience | None, list[str]] = {}
    for name in names:
        found.setdefault(_named_audience(documents[name]), []).append(name)
    return found


def _named_audience(entry: ManifestEntry) -> Audience | None:
    """The audience that was named for a document, so that it is never for more than before.

    An entry of before that was written down is for whom it is.
    """
    if entry.origin.parser:
        return Audience(entry.origin.audience) if entry.origin.audience else None
    return None if entry.audience is Audience.PUBLIC else entry.audience
