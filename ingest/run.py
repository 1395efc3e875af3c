"""One run: what it reads, puts and drops, and what is said of it at the end."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.homes import find_file, name_root
from ingest.outcome import DISCARDED, Reading
from ingest.pace import Pace, kind_of
from ingest.ports import Shelf, ShelfEntry
from ingest.problems import DocumentDiscarded, EarlierVersionKept, Problem
from ingest.read_ahead import read_ahead
from ingest.report import Damaged, Failed, Progress, Report, Skipped
from ingest.scan import Scan, Work, read_bytes
from ingest.sources import Survey
from knowledge.errors import DocumentError, HelpdeskError
from knowledge.passage import Document

_BATCH = 50
"""Documents become visible so many at a time, or three times as many as are visible already:
publishing costs as much as the shelf is large, and nothing is embedded meanwhile. What was embedded
is not embedded again after a crash."""
_NOT_BEFORE, _VISIBLE_AFTER, _PUT_AFTER = 30.0, 300.0, 5.0
"""Seconds before which nothing becomes visible (a short run publishes once, at its end), and after
which what was read becomes visible, or goes to the shelf, however little it is: a scan can take
minutes."""
_TOGETHER, _FIRST = 512, 64
"""Passages that are given to the shelf together, from as many documents as it takes; the first are
fewer, because nothing is embedded until they are read."""


@dataclass(slots=True)
class Run:
    """``known`` is what will be on the shelf after the next publish.

    ``scan`` has looked at the files; ``clock`` gives seconds from any beginning.
    """

    shelf: Shelf
    scan: Scan
    known: dict[str, ShelfEntry]
    progress: Callable[[Progress], None]
    clock: Callable[[], float] = time.perf_counter
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)
    repaired: list[Damaged] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    pending: int = 0
    _waiting: list[tuple[Work, Document | None]] = field(default_factory=list)
    _done: int = 0
    _put_at: float = field(init=False)
    _published_at: float = field(init=False)
    _visible: int = field(init=False)

    def __post_init__(self) -> None:
        """Begin now."""
        self._put_at = self._published_at = self.clock()
        self._visible = len(self.known)

    def note(self, surveys: Iterable[Survey]) -> None:
        """Take over what the scan and the surveys have found out already."""
        self.unchanged.extend(self.scan.unchanged)
        for name, root, error in self.scan.failed:
            self._fail(name, error, root=root)
        for found in surveys:
            self.skipped.extend(found.skipped)
            for failure in found.failed:
                self._fail(failure.path, failure.error, root=name_root(found.folder))

    def take(self, works: Sequence[Work]) -> None:
        """Read files and put what they hold on the shelf, in their order."""
        pace = Pace(self.clock)
        for work in works:
            pace.left[kind_of(work.name)] += max(work.size, 1)
        total = sum(work.size for work in works)
        if works:
            self.progress(Progress(0, total, works[0].name))
        for work, outcome in read_ahead(works, self._read):
            self._waiting.append((work, self._judge(work, outcome)))
            if self._is_enough():
                self._put_waiting(pace, total)
        self._put_waiting(pace, total)

    def _read(self, work: Work) -> Reading | DocumentError:
        """Read one file; in another thread than everything else here."""
        try:
            data = self.scan.revise(work.name, read_bytes(work.path, work.name))
            return self.scan.custody.read(data, self.scan.file(work.name, data), work.root)
        except DocumentError as error:
            return error

    def _judge(self, work: Work, outcome: Reading | DocumentError) -> Document | None:
        """The document that is to be put on the shelf, if there is any; the rest is reported."""
        if isinstance(outcome, DocumentDiscarded):
            self.skipped.append(Skipped(work.name, Problem(DISCARDED)))
            return None
        if isinstance(outcome, DocumentError):
            self._fail(work.name, outcome, root=work.root)
            return None
        self.failed.extend(Failed(work.name, problem) for problem in outcome.problems)
        self.skipped.extend(outcome.skipped)
        self.damaged.extend(Damaged(work.name, loss) for loss in outcome.losses)
        self.repaired.extend(Damaged(work.name, repair) for repair in outcome.repairs)
        document = outcome.document
        entry = self.known.get(work.name)
        if entry and (entry.root, entry.content_hash) == (work.root, document.content_hash):
            self.unchanged.append(work.name)
            return None
        complete = not (outcome.problems or outcome.losses)
        return replace(document, origin=replace(document.origin, complete=complete))

    def _is_enough(self) -> bool:
        """Whether what waits is to be put now: it is much, or enough to be published."""
        documents = [document for _, document in self._waiting if document]
        passages = sum(len(document.passages) for document in documents)
        if passages >= (_TOGETHER if self.passages else _FIRST):
            return True
        return self._is_due(len(documents)) or self.clock() - self._put_at >= _PUT_AFTER

    def _put_waiting(self, pace: Pace, total: int) -> None:
        works, self._waiting = self._waiting, []
        self._put([(document, work.root) for work, document in works if document])
        self._put_at = self.clock()
        pace.finish((kind_of(work.name), work.size) for work, _ in works)
        for work, _ in works:
            self._done += work.size
            self.progress(Progress(self._done, total, work.name, pace.remaining()))

    def _put(self, documents: Sequence[tuple[Document, str]]) -> None:
        if not documents:
            return
        self.embedded += sum(self.shelf.put_all(documents))
        for document, root in documents:
            (self.changed if document.id in self.known else self.added).append(document.id)
            title, count = document.provenance.title, len(document.passages)
            self.known[document.id] = ShelfEntry(root, document.content_hash, title, count)
            self.passages += count
            self.pending += 1
        self._publish_some()

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
            roots = {name: entry.root for name, entry in self.known.items()}
            for name, root in {**self.scan.custody.homes(), **roots}.items():
                path = find_file(name, root)
                gone = _is_below(path, [found.folder]) and path not in read
                if gone and not _is_below(path, found.present):
                    self._drop(name)

    def _drop(self, name: str) -> None:
        self.scan.custody.forget(name)
        if name not in self.known:
            return
        self.shelf.drop(name)
        del self.known[name]
        self.removed.append(name)
        self.pending += 1
        self._publish_some()

    def _is_due(self, more: int = 0) -> bool:
        """Whether to publish what was put, with so many documents more."""
        passed = self.clock() - self._published_at
        many = self.pending + more >= max(_BATCH, 3 * self._visible)
        return passed >= _VISIBLE_AFTER or (many and passed >= _NOT_BEFORE)

    def _publish_some(self) -> None:
        if self._is_due():
            self.publish()

    def publish(self) -> None:
        """Make visible what was put and dropped since the last time."""
        if self.pending:
            self.shelf.publish()
            self.pending = 0
        self._published_at, self._visible = self.clock(), len(self.known)

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
            repaired=tuple(self.repaired),
            passages=self.passages,
            embedded=self.embedded,
            elapsed=elapsed,
        )


def _is_below(path: str, folders: Iterable[Path]) -> bool:
    """Whether the path is one of these or lies below one of them."""
    return any(path == str(one) or path.startswith(f"{one}{os.sep}") for one in folders)
