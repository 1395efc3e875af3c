"""What readers see of a shelf: one generation, swapped in whole.

A generation is a folder that is complete before the file ``current`` names it; that file is
replaced in one step. Chroma may already hold newer passages or still hold older ones: only those
that the manifest of the current generation lists are live.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

from knowledge.errors import DataFolderDamaged
from knowledge.lexical import LexicalIndex
from knowledge.moments import Moments
from knowledge.passage import Audience, Passage

_FORMAT = 1
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, BadZipFile)
"""What reading a damaged generation raises, in JSON, numpy and bm25s."""


@dataclass(frozen=True, slots=True)
class LivePassage:
    """What the manifest remembers of a passage: enough to rank it without reading it.

    ``variants`` holds the language of each question variant, in the order of its vectors.
    """

    id: str
    document: str
    entry: str
    language: str
    audience: Audience
    variants: tuple[str, ...]

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """Read it off a passage."""
        return cls(
            id=passage.id,
            document=passage.document,
            entry=passage.entry,
            language=passage.language,
            audience=passage.provenance.audience,
            variants=tuple(variant.language for variant in passage.questions),
        )

    @property
    def records(self) -> dict[str, str]:
        """The ids of its vectors, each with the background group that it belongs to."""
        own = {self.id: f"passage:{self.language}"}
        return own | {
            f"{self.id}~{number}": f"question:{language}"
            for number, language in enumerate(self.variants)
        }


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One document on the shelf."""

    root: str
    content_hash: str
    title: str
    language: str
    audience: Audience
    passages: tuple[LivePassage, ...]


@dataclass(frozen=True)
class Unit:
    """One text of the lexical index: a passage, or its variants in one language."""

    passage: LivePassage
    language: str


@dataclass(frozen=True)
class Snapshot:
    """One generation of a shelf."""

    generation: int
    fingerprint: str
    documents: Mapping[str, ManifestEntry]
    lexical: LexicalIndex
    moments: Moments
    units: tuple[Unit, ...] = field(repr=False)

    @cached_property
    def passages(self) -> dict[str, LivePassage]:
        """Live passages by id."""
        return {
            passage.id: passage for entry in self.documents.values() for passage in entry.passages
        }

    @cached_property
    def siblings(self) -> dict[tuple[str, str], tuple[LivePassage, ...]]:
        """The answers of one FAQ entry in several languages, by (document, entry)."""
        found: dict[tuple[str, str], tuple[LivePassage, ...]] = {}
        for passage in self.passages.values():
            if passage.entry:
                key = (passage.document, passage.entry)
                found[key] = (*found.get(key, ()), passage)
        return found

    def save(self, folder: Path) -> None:
        """Write the generation and make it the current one."""
        home = folder / "generations" / str(self.generation)
        shutil.rmtree(home, ignore_errors=True)
        self.lexical.save(home / "lexical")
        self.moments.save(home / "moments.npz")
        units = [[unit.passage.id, unit.language] for unit in self.units]
        manifest = {
            "format": _FORMAT,
            "fingerprint": self.fingerprint,
            "documents": {key: asdict(entry) for key, entry in self.documents.items()},
            "units": units,
        }
        _write_durably(home / "manifest.json", json.dumps(manifest, ensure_ascii=False))
        _write_durably(folder / "current", str(self.generation))
        for old in (folder / "generations").iterdir():
            if old.name.isdigit() and int(old.name) < self.generation - 1:
                shutil.rmtree(old, ignore_errors=True)


def read_generation(folder: Path) -> int:
    """The number of the current generation, 0 on a shelf that was never filled."""
    path = folder / "current"
    try:
        return int(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return 0
    except ValueError as error:
        raise DataFolderDamaged(path=path, problem="it names no generation") from error
    except OSError as error:
        raise DataFolderDamaged(path=path, problem=error.strerror or str(error)) from error


def make_empty(generation: int, fingerprint: str) -> Snapshot:
    """A shelf with nothing on it."""
    return Snapshot(generation, fingerprint, {}, LexicalIndex.build([]), Moments(), ())


def load_snapshot(folder: Path, fingerprint: str) -> Snapshot:
    """Read the current generation; an empty one when there is none for this embedding model."""
    generation = read_generation(folder)
    home = folder / "generations" / str(generation)
    empty = make_empty(generation, fingerprint)
    if generation == 0:
        return empty
    try:
        manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
        if manifest["fingerprint"] != fingerprint or manifest["format"] != _FORMAT:
            return empty
        documents = {key: _read_entry(entry) for key, entry in manifest["documents"].items()}
        passages = {p.id: p for entry in documents.values() for p in entry.passages}
        units = tuple(Unit(passages[key], language) for key, language in manifest["units"])
        lexical = LexicalIndex.load(home / "lexical")
        moments = Moments.load(home / "moments.npz")
    except _UNREADABLE as error:
        problem = str(error) or type(error).__name__
        raise DataFolderDamaged(path=home, problem=problem) from error
    return Snapshot(generation, fingerprint, documents, lexical, moments, units)


def _read_entry(stored: dict[str, object]) -> ManifestEntry:
    passages = stored.pop("passages")
    if not isinstance(passages, list):
        message = "the manifest lists no passages"
        raise TypeError(message)
    return ManifestEntry(
        **{**stored, "audience": Audience(str(stored["audience"]))},  # type: ignore[arg-type]  # JSON
        passages=tuple(_read_passage(passage) for passage in passages),
    )


def _read_passage(stored: dict[str, object]) -> LivePassage:
    variants, audience = stored.pop("variants"), stored.pop("audience")
    return LivePassage(
        **stored,  # type: ignore[arg-type]  # JSON
        audience=Audience(str(audience)),
        variants=tuple(str(item) for item in variants),  # type: ignore[attr-defined]  # JSON
    )


def _write_durably(path: Path, text: str) -> None:
    """Replace a file in one step; after a crash it holds the old text or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
