"""Keep the shelf like the folders: new documents in, changed ones replaced, deleted ones out."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.homes import STARTER, find_file, find_starter
from ingest.loaders import LOADERS
from ingest.ports import Custodian, Shelf, ShelfEntry
from ingest.quarantine.custody import NoCustody
from ingest.report import Progress, Report
from ingest.run import Run
from ingest.scan import Revise, Scan, leave
from ingest.sources import Source, Survey, survey
from knowledge.memory import without_collector
from knowledge.passage import Audience

__all__ = [
    "STARTER",
    "Keeping",
    "Revise",
    "find_starter",
    "leave",
    "synchronise",
    "synchronise_starter",
]


def ignore(progress: Progress) -> None:
    """Show no progress."""


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
    keeping = Keeping(shelf, progress=progress)
    return keeping.synchronise(paths, audience=audience, revise=revise)


def synchronise_starter(
    shelf: Shelf,
    *,
    progress: Callable[[Progress], None] = ignore,
    revise: Revise = leave,
) -> Report:
    """Bring the documents that come with the program onto the shelf."""
    return synchronise([find_starter()], shelf, progress=progress, revise=revise)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Keeps one shelf like the folders; ``custody`` keeps what is held back.

    ``clock`` gives seconds from any beginning.
    """

    shelf: Shelf
    custody: Custodian = field(default_factory=NoCustody)
    progress: Callable[[Progress], None] = ignore
    clock: Callable[[], float] = time.perf_counter

    def synchronise(
        self, paths: Sequence[Path], *, audience: Audience | None = None, revise: Revise = leave
    ) -> Report:
        """See :func:`synchronise`."""
        started = time.perf_counter()
        with without_collector():
            surveys = [survey(path, endings=LOADERS.keys()) for path in paths]
        scan = Scan(self._known(), audience, revise, self.custody)
        return self._run(surveys, scan, started=started)

    def synchronise_starter(self, *, revise: Revise = leave) -> Report:
        """Bring the documents that come with the program onto the shelf."""
        return self.synchronise([find_starter()], revise=revise)

    def read_again(
        self, name: str, root: str, *, audience: Audience | None = None, revise: Revise = leave
    ) -> Report:
        """Read one document anew from where it was read before; nothing is taken away."""
        source = Source(find_file(name, root), name)
        found = Survey(Path(root), whole=False, sources=[source])
        scan = Scan(self._known(), audience, revise, self.custody)
        return self._run([found], scan, started=time.perf_counter())

    def _known(self) -> dict[str, ShelfEntry]:
        return dict(self.shelf.entries())

    def _run(self, surveys: Sequence[Survey], scan: Scan, *, started: float) -> Report:
        with without_collector():
            scan.look(surveys)
        run = Run(self.shelf, scan, dict(scan.known), self.progress, self.clock)
        run.note(surveys)
        run.take(scan.works)
        run.drop_missing(surveys)
        run.publish()
        return run.report(elapsed=time.perf_counter() - started)
