"""Which of the files that there are have to be read: those that the shelf does not hold so yet."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.documents import Filing, find_origin, hash_work
from ingest.homes import find_file, name_root
from ingest.ports import Custodian, ShelfEntry
from ingest.problems import IdTaken
from ingest.quarantine.custody import NoCustody
from ingest.sources import Survey, explain
from knowledge.errors import DocumentError, DocumentUnreadable
from knowledge.origin import Origin
from knowledge.passage import Audience

Revise = Callable[[str, bytes], bytes]
"""What the operator's settings change in a document (its id, its bytes) before it is read."""


def leave(name: str, data: bytes) -> bytes:  # noqa: ARG001 - the form is Revise
    """Change nothing in a document."""
    return data


@dataclass(frozen=True, slots=True)
class Work:
    """A file that has to be read, and how large it is, in bytes."""

    path: Path
    name: str
    root: str
    size: int


@dataclass(slots=True)
class Scan:
    """Looks at files; what it finds is in ``works``, ``unchanged`` and ``failed``.

    ``known`` is what stands on the shelf. ``audience``, ``revise`` and ``custody`` are those of the
    run.
    """

    known: Mapping[str, ShelfEntry]
    audience: Audience | None = None
    revise: Revise = leave
    custody: Custodian = field(default_factory=NoCustody)
    works: list[Work] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[tuple[str, str, DocumentError]] = field(default_factory=list)
    """Name, root and what is wrong."""
    _claimed: dict[str, str] = field(default_factory=dict)

    def look(self, surveys: Iterable[Survey]) -> None:
        """Look at every file once, even where the given paths overlap."""
        roots = [(found, name_root(found.folder)) for found in surveys]
        sources = {
            source.path: (source.name, root)
            for found, root in reversed(roots)
            for source in found.sources
        }
        homes = {find_file(name, entry.root): name for name, entry in self.known.items()}
        for path, source in sorted(sources.items()):
            # A file that is on the shelf already keeps its id, whichever folder was given.
            home = homes.get(path)
            name, root = (home, self.known[home].root) if home is not None else source
            self._look_at(path, name, root)

    def _look_at(self, path: str, name: str, root: str) -> None:
        try:
            self._claim(name, root)
            data = self.revise(name, read_bytes(path, name))
        except DocumentError as error:
            self.failed.append((name, root, error))
            return
        if self.stands(name, root, data):
            self.unchanged.append(name)
        else:
            self.works.append(Work(Path(path), name, root, len(data)))

    def _claim(self, name: str, root: str) -> None:
        """An id belongs to one folder, until the file there is gone."""
        claimed = self._claimed.setdefault(name, root)
        entry = self.known.get(name)
        if claimed != root:
            raise IdTaken(document=name, root=root, other=claimed)
        if entry and entry.root != root and os.path.exists(find_file(name, entry.root)):  # noqa: PTH110 - as above
            raise IdTaken(document=name, root=root, other=entry.root)

    def stands(self, name: str, root: str, data: bytes) -> bool:
        """Whether the shelf holds what these bytes would become now."""
        entry = self.known.get(name)
        if entry is None or entry.root != root:
            return False
        return entry.content_hash == self.hash(name, data)

    def hash(self, name: str, data: bytes) -> str:
        """What the content hash of the document is while there is nothing to do for it."""
        return self._stamp(name, find_origin(data, document=name))

    def file(self, name: str, data: bytes) -> Filing:
        """What is known of a document before it is read."""
        origin = find_origin(data, document=name)
        stamped = self._stamp(name, origin)
        if self.audience:
            origin = replace(origin, audience=self.audience.value)
        return Filing(name, stamped, self.audience, origin=origin)

    def _stamp(self, name: str, origin: Origin) -> str:
        hashed = hash_work(origin, document=name, audience=self.audience)
        return self.custody.stamp(name, hashed)


def hash_bytes(data: bytes) -> str:
    """The hash of a file's bytes alone."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: str | Path, name: str) -> bytes:
    """The bytes of a document's file; raises ``DocumentUnreadable``."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a Path for each takes time
            return file.read()
    except OSError as error:
        raise DocumentUnreadable(document=name, problem=explain(error)) from error
