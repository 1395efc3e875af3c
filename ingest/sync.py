"""Keep the shelf like the folders: new documents in, changed ones replaced, deleted ones out."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import knowledge
from ingest.documents import Filing, hash_source
from ingest.isolation import read_apart
from ingest.loaders import LOADERS
from ingest.ports import Shelf, ShelfEntry
from ingest.problems import EarlierVersionKept, IdTaken
from ingest.report import Damaged, Failed, Progress, Report, Skipped
from ingest.sources import Survey, explain, is_below, survey
from knowledge.errors import DocumentError, DocumentUnreadable, HelpdeskError
from knowledge.passage import Audience, Document

STARTER = "starter"
"""The root of the documents that come with the program, wherever it is installed."""

_BATCH = 50
_SHARE = 4
"""Documents become visible, and safe, so many at a time, or a fourth of what is on the shelf:
publishing costs as much as the shelf is large."""


Revise = Callable[[str, bytes], bytes]
"""What the operator's settings change in a document (its id, its bytes) before it is read."""


def ignore(progress: Progress) -> None:
    """Show no progress."""


def leave(name: str, data: bytes) -> bytes:  # noqa: ARG001 - the form is Revise
    """Change nothing in a document."""
    return data


def synchronise(
    paths: Sequence[Path],
    shelf: Shelf,
    *,
    audience: Audience | None = None,
    progress: Callable[[Progress], None] = ignore,
    revise: Revise = leave,
) -> Report:
    """Bring the documents below ``paths`` onto the shelf, and take away what is gone from there.

    What cannot be read is in the report; :class:`UsageError` only for a path that does not exist,
    before anything is done. Errors of the shelf itself end the run; what was published stays.
    """
    started = time.perf_counter()
    surveys = [survey(path, endings=LOADERS.keys()) for path in paths]
    run = _Run(shelf, audience, revise, dict(shelf.entries()))
    run.take_all(surveys, progress)
    run.drop_missing(surveys)
    run.publish()
    return run.report(elapsed=time.perf_counter() - started)


def synchronise_starter(
    shelf: Shelf,
    *,
    progress: Callable[[Progress], None] = ignore,
    revise: Revise = leave,
) -> Report:
    """Bring the documents that come with the program onto the shelf."""
    return synchronise([find_starter()], shelf, progress=progress, revise=revise)


def find_starter() -> Path:
    """The folder of the documents that come with the program."""
    return Path(knowledge.__file__).parent / STARTER


@dataclass(slots=True)
class _Run:
    """One run; ``known`` is what will be on the shelf after the next publish."""

    shelf: Shelf
    audience: Audience | None
    revise: Revise
    known: dict[str, ShelfEntry]
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    pending: int = 0

    def take_all(self, surveys: Iterable[Survey], progress: Callable[[Progress], None]) -> None:
        """Take every document once, even where the given paths overlap."""
        sources = {
            source.path: (source, _name_root(found.folder))
            for found in reversed(list(surveys))
            for source in found.sources
        }
        homes = {_find_file(name, entry): name for name, entry in self.known.items()}
        ordered = sorted(sources.values(), key=lambda one: one[0].path)
        for done, (source, root) in enumerate(ordered, start=1):
            # A file that is on the shelf already keeps its id, whichever folder was given.
            name = homes.get(source.path)
            self._take(source.path, name or source.name, self.known[name].root if name else root)
            progress(Progress(done, len(ordered), name or source.name))
        for found in surveys:
            self.skipped.extend(found.skipped)
            for failure in found.failed:
                self._fail(failure.path, failure.error, root=_name_root(found.folder))

    def _take(self, path: Path, name: str, root: str) -> None:
        try:
            self._check_root(name, root)
            self._file(self.revise(name, _read_bytes(path, name)), name, root)
        except DocumentError as error:
            self._fail(name, error, root=root)

    def _check_root(self, name: str, root: str) -> None:
        """An id belongs to one folder, until the file there is gone."""
        entry = self.known.get(name)
        if entry and entry.root != root and _find_file(name, entry).exists():
            raise IdTaken(document=name, root=root, other=entry.root)

    def _file(self, data: bytes, name: str, root: str) -> None:
        content_hash = hash_source(data, document=name, audience=self.audience)
        if self._stands(name, root, content_hash):
            self.unchanged.append(name)
            return
        reading = read_apart(data, Filing(name, content_hash, self.audience))
        self.failed.extend(Failed(name, problem) for problem in reading.problems)
        self.skipped.extend(reading.skipped)
        self.damaged.extend(Damaged(name, loss) for loss in reading.losses)
        if self._stands(name, root, reading.document.content_hash):
            self.unchanged.append(name)
        else:
            self._put(reading.document, root)

    def _stands(self, name: str, root: str, content_hash: str) -> bool:
        entry = self.known.get(name)
        return entry is not None and (entry.root, entry.content_hash) == (root, content_hash)

    def _put(self, document: Document, root: str) -> None:
        self.embedded += self.shelf.put(document, root=root)
        self.passages += len(document.passages)
        (self.changed if document.id in self.known else self.added).append(document.id)
        title, count = document.provenance.title, len(document.passages)
        self.known[document.id] = ShelfEntry(root, document.content_hash, title, count)
        self._count()

    def _fail(self, name: str, error: HelpdeskError, *, root: str) -> None:
        entry = self.known.get(name)
        if entry and entry.root == root and "problem" in error.fields:
            error = EarlierVersionKept(document=name, problem=error.fields["problem"])
        self.failed.append(Failed(name, error))

    def drop_missing(self, surveys: Iterable[Survey]) -> None:
        """Drop what was read from below the given folders and is not there any more."""
        for found in surveys:
            if not found.whole:
                continue
            read = {source.path for source in found.sources}
            for name, entry in list(self.known.items()):
                path = _find_file(name, entry)
                gone = is_below(path, [found.folder]) and path not in read
                if gone and not is_below(path, found.present):
                    self._drop(name)

    def _drop(self, name: str) -> None:
        self.shelf.drop(name)
        del self.known[name]
        self.removed.append(name)
        self._count()

    def _count(self) -> None:
        self.pending += 1
        if self.pending >= max(_BATCH, len(self.known) // _SHARE):
            self.publish()

    def publish(self) -> None:
        """Make visible what was put and dropped since the last time."""
        if self.pending:
            self.shelf.publish()
            self.pending = 0

    def report(self, *, elapsed: float) -> Report:
        """What was done."""
        return Report(
            added=tuple(self.added),
            changed=tuple(self.changed),
            unchanged=tuple(self.unchanged),
            removed=tuple(self.removed),
            skipped=tuple(self.skipped),
            failed=tuple(self.failed),
            damaged=tuple(self.damaged),
            passages=self.passages,
            embedded=self.embedded,
            elapsed=elapsed,
        )


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentUnreadable(document=name, problem=explain(error)) from error


def _name_root(folder: Path) -> str:
    return STARTER if folder == find_starter() else str(folder)


def _find_file(name: str, entry: ShelfEntry) -> Path:
    """The file that an entry was read from."""
    return (find_starter() if entry.root == STARTER else Path(entry.root)) / name
