"""Making the parts of a shelf agree again, from what of it is whole.

A new generation with a vector store of its own is written beside what is there, and swapped in as
every change is. A crash leaves the damaged shelf or the repaired one.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.digests import checksum
from knowledge.durable import write_durably
from knowledge.embedding import Embedder
from knowledge.errors import DataFolderDamaged, DocumentError
from knowledge.faults import Fault, FaultKind, fault
from knowledge.inspection import Inspection
from knowledge.passage import Document
from knowledge.renewal import read_model, write_model
from knowledge.salvage import Salvage, Salvaged, list_generations, salvage
from knowledge.shelf import BATCH, Now, ShelfWriter, Start
from knowledge.snapshot import (
    MANIFEST,
    SEAL,
    generation_folder,
    make_empty,
    read_generation,
)
from knowledge.stocking import KnownVectors

REMAINS = "damaged"
"""The folder for generations of which something could not be repaired."""

_INSIDE = frozenset(
    {
        FaultKind.GENERATION,
        FaultKind.FILE,
        FaultKind.TEXT,
        FaultKind.TABLE,
        FaultKind.WORDS,
        FaultKind.BACKGROUND,
        FaultKind.STORED,
    }
)
_IN_STORE = frozenset(
    {
        FaultKind.STORE,
        FaultKind.MISSING,
        FaultKind.STRAY,
        FaultKind.WALL,
        FaultKind.DIFFERENT,
        FaultKind.UNFOUND,
    }
)
Reread = Callable[[str, Salvaged], Document]
"""Reads a document from its file again; raises ``DocumentError``."""


@dataclass(slots=True)
class Rebuilt:
    """What a repair of the shelf itself did: documents read again, and those that are lost."""

    changed: bool = True
    reread: list[str] = field(default_factory=list)
    lost: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """Repairs the shelf in ``folder``; a writer's lock must be held."""

    folder: Path
    embedder: Embedder
    reread: Reread
    now: Now | None = None

    @property
    def _home(self) -> Path:
        return self.folder / self.embedder.fingerprint

    def settle(self) -> bool:
        """Let ``current`` and ``model`` name what is there; whether they did not."""
        generation = self._find_current()
        path = self._home / "current"
        try:
            named = read_generation(self._home)
        except DataFolderDamaged:
            named = -1
        settled = named != generation and (generation > 0 or path.exists())
        if settled:
            write_durably(path, str(generation))
        try:
            model = read_model(self.folder)
        except DataFolderDamaged:
            (self.folder / "model").unlink(missing_ok=True)
            model = ""
        # A name that stands for no shelf has been damaged.
        if generation and not (model and (self.folder / model).is_dir()):
            write_model(self.folder, self.embedder.fingerprint)
            settled = True
        return settled

    def _find_current(self) -> int:
        """The generation that is named; if there is none, the last that was completed."""
        try:
            named = read_generation(self._home)
        except DataFolderDamaged:
            named = 0
        if named and generation_folder(self._home, named).is_dir():
            return named
        found = [path for path in list_generations(self._home, named) if _is_complete(path)]
        return int(found[0].name) if found else 0

    def mend(self, inspection: Inspection) -> Rebuilt:
        """Write the shelf anew as far as the faults that were found make it necessary."""
        kinds = {one.kind for one in inspection.faults}
        snapshot = inspection.snapshot
        if FaultKind.OUTDATED in kinds or not kinds & (_INSIDE | _IN_STORE):
            return Rebuilt(changed=False)
        if kinds & _INSIDE or snapshot is None:
            return self._rebuild()
        writer = ShelfWriter(self.folder, self.embedder, now=self.now, start=Start(snapshot))
        try:
            writer.publish()
        finally:
            writer.close()
        return Rebuilt()

    def _rebuild(self) -> Rebuilt:
        generation = read_generation(self._home)
        if not generation:
            return Rebuilt()
        found, done = salvage(self._home, generation), Rebuilt()
        if not found.documents:
            done.lost.append(fault(FaultKind.NOTHING, path=self._home))
        documents = self._collect(found, done, self._home / REMAINS / str(generation))
        if done.lost:
            remains = generation_folder(self._home, generation)
            shutil.copytree(remains, self._home / REMAINS / remains.name, dirs_exist_ok=True)
        self._write(documents, found.documents, found.vectors)
        return done

    def _collect(self, found: Salvage, done: Rebuilt, kept: Path) -> dict[str, Document]:
        """The documents, those that are damaged read again."""
        documents = {}
        for name, one in found.documents.items():
            if one.passages is not None:
                documents[name] = one.entry.document(name, one.passages)
                continue
            try:
                documents[name] = self.reread(name, one)
                done.reread.append(name)
            except DocumentError as error:
                problem = error.fields.get("problem", error)
                done.lost.append(fault(FaultKind.LOST, document=name, problem=problem, path=kept))
        return documents

    def _write(
        self,
        documents: Mapping[str, Document],
        salvaged: Mapping[str, Salvaged],
        vectors: KnownVectors,
    ) -> None:
        """Write a generation of these documents and swap it in."""
        generation = read_generation(self._home)
        start = Start(make_empty(generation, self.embedder.fingerprint), vectors)
        writer = ShelfWriter(self.folder, self.embedder, now=self.now, start=start)
        names = list(documents)
        try:
            for at in range(0, len(names), BATCH):
                portion = names[at : at + BATCH]
                for name in portion:
                    writer.assume(name, salvaged[name].entry)
                roots = {name: salvaged[name].entry.root for name in portion}
                writer.put_all([(documents[name], roots[name]) for name in portion])
            writer.publish()
        finally:
            writer.close()


def _is_complete(folder: Path) -> bool:
    try:
        manifest = (folder / MANIFEST).read_text(encoding="utf-8")
        return (folder / SEAL).read_text(encoding="utf-8") == checksum(manifest)
    except (OSError, ValueError):
        return False
