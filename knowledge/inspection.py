"""Whether all parts of a shelf agree: its files, its texts, what was made of them, and Chroma.

Every file and every vector is looked at; only searching is tried with a sample.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from knowledge.codec import decode
from knowledge.digests import Digests, checksum, checksum_file
from knowledge.errors import DataFolderDamaged, HelpdeskError, ShelfOutdated
from knowledge.faults import Fault, FaultKind, fault
from knowledge.lexical import LexicalIndex
from knowledge.moments import Moments
from knowledge.passage import Passage
from knowledge.passage_table import LivePassage
from knowledge.preparation import unit_texts
from knowledge.renewal import read_model
from knowledge.snapshot import (
    COPY,
    MANIFEST,
    SEAL,
    UNREADABLE,
    Snapshot,
    generation_folder,
    load_digests,
    load_snapshot,
    read_generation,
)
from knowledge.vector_inspection import inspect_vectors

_NEAR = 1e-3
"""Means of groups may differ by this: they are summed up in another order."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. ``snapshot`` is the generation, None where it cannot be read.

    ``vectors`` of Chroma were compared with those of the shelf, and ``probes`` searched for.
    """

    faults: tuple[Fault, ...]
    snapshot: Snapshot | None
    vectors: int = 0
    probes: int = 0


def inspect_shelf(folder: Path, fingerprint: str) -> Inspection:
    """Look at the shelf of an embedding model; nothing is changed."""
    home = folder / fingerprint
    if not home.is_dir():
        return Inspection(tuple(_find_other_model(folder, fingerprint)), None)
    try:
        generation = _find_generation(home)
        faults = [*_find_other_model(folder, fingerprint), *_inspect_files(home, generation)]
        snapshot = load_snapshot(home, fingerprint)
        digests = load_digests(home, snapshot)
    except DataFolderDamaged as error:
        return Inspection((fault(FaultKind.GENERATION, **error.fields),), None)
    except ShelfOutdated:
        return Inspection((fault(FaultKind.OUTDATED, path=home),), None)
    faults += _inspect_texts(snapshot, digests)
    if not any(one.kind is FaultKind.TEXT for one in faults):
        faults += _inspect_words(snapshot)
    faults += _inspect_stored(snapshot, digests)
    if not any(one.kind is FaultKind.STORED for one in faults):
        faults += _inspect_background(snapshot)
    found, vectors, probes = inspect_vectors(home, snapshot)
    return Inspection((*faults, *found), snapshot, vectors, probes)


def _find_generation(home: Path) -> int:
    generation = read_generation(home)
    if not generation and any((home / "generations").glob(f"*/{MANIFEST}")):
        raise DataFolderDamaged(path=home / "current", problem="it names no generation")
    return generation


def _find_other_model(folder: Path, fingerprint: str) -> Iterator[Fault]:
    try:
        model = read_model(folder)
    except HelpdeskError as error:
        yield fault(FaultKind.FILE, **error.fields)
        return
    if model not in {"", fingerprint}:
        yield fault(FaultKind.MODEL, model=model)


def _inspect_files(home: Path, generation: int) -> Iterator[Fault]:
    """Compare the files of a generation with the checksums in its manifest, and that with its own.

    A generation of before there were checksums has none to compare with.
    """
    folder = generation_folder(home, generation)
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        files: Mapping[str, str] = json.loads(text).get("files", {})
    except UNREADABLE:
        return  # whoever loads it says so
    for name in (MANIFEST, COPY) if files else ():
        if _read(folder / SEAL) != checksum(_read(folder / name)):
            yield fault(FaultKind.FILE, path=folder / name, problem="its checksum differs")
    for name, wanted in files.items():
        try:
            found = checksum_file(folder / name)
        except OSError as error:
            yield fault(FaultKind.FILE, path=folder / name, problem=error.strerror)
        else:
            if found != wanted:
                yield fault(FaultKind.FILE, path=folder / name, problem="its checksum differs")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _inspect_texts(snapshot: Snapshot, digests: Digests | None) -> Iterator[Fault]:
    damaged: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    for row, text in enumerate(snapshot.texts):
        live = snapshot.table.passage(row)
        passage = read_text(text)
        if passage is None or (digests and not digests.fits_text(row, text)):
            damaged[live.document] += 1
        elif LivePassage.of(passage) != live:
            differing[live.document] += 1
    listed = {one.document for entry in snapshot.documents.values() for one in entry.passages}
    for name in listed - snapshot.documents.keys():
        differing[name] += 1
    for kind, found in ((FaultKind.TEXT, damaged), (FaultKind.TABLE, differing)):
        yield from (fault(kind, document=name, count=count) for name, count in found.items())


def read_text(text: bytes) -> Passage | None:
    """The passage of a stored text; None where it is none."""
    try:
        return decode(text)
    except UNREADABLE:
        return None


def _inspect_words(snapshot: Snapshot) -> Iterator[Fault]:
    """Make the index of words anew and compare every byte."""
    units = (unit for text in snapshot.texts for unit in unit_texts(decode(text)).values())
    with TemporaryDirectory(prefix="helpdesk-words-") as place:
        made, kept = Path(place) / "made", Path(place) / "kept"
        LexicalIndex.build(units).save(made)
        snapshot.lexical.save(kept)
        if any(path.read_bytes() != (kept / path.name).read_bytes() for path in made.iterdir()):
            yield fault(FaultKind.WORDS)


def _inspect_stored(snapshot: Snapshot, digests: Digests | None) -> Iterator[Fault]:
    damaged: Counter[str] = Counter()
    width = 0
    for row, stored in enumerate(snapshot.vectors):
        try:
            vectors = snapshot.vectors_of(row)
        except ValueError:
            vectors = np.zeros((0, 0), dtype=np.float32)
        width = width or vectors.shape[1]
        whole = vectors.shape[1] == width > 0 and np.isfinite(vectors).all()
        if not whole or (digests and not digests.fits_vectors(row, stored)):
            damaged[snapshot.table.passage(row).document] += 1
    for name, count in damaged.items():
        yield fault(FaultKind.STORED, document=name, count=count)


def _inspect_background(snapshot: Snapshot) -> Iterator[Fault]:
    made = Moments()
    groups: dict[str, list[Sequence[float]]] = {}
    for row in range(len(snapshot.table)):
        vectors = snapshot.vectors_of(row)
        for group, vector in zip(snapshot.table.passage(row).groups, vectors, strict=True):
            groups.setdefault(group, []).append(vector)
    for group, own in groups.items():
        made.add(group, np.asarray(own, dtype=np.float32))
    wanted, kept = made.background().groups, snapshot.moments.background().groups
    same = wanted.keys() == kept.keys() and made.count == snapshot.moments.count
    pairs = ((wanted[name], kept[name]) for name in wanted) if same else ()
    near = all(
        np.allclose(a, b, atol=_NEAR) for one, two in pairs for a, b in zip(one, two, strict=True)
    )
    if not (same and near):
        yield fault(FaultKind.BACKGROUND)
