"""What can be read of a damaged shelf, and is proved to be what was written.

Texts are taken from any generation that is there, also from the front part of a file that was cut
off; digests tell which are whole. What a document consists of says the manifest, or, where that is
damaged, what the texts say themselves.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from knowledge.blocks import Blocks
from knowledge.digests import NAME as DIGESTS
from knowledge.digests import Digests, checksum, checksum_file, digest
from knowledge.inspection import read_text
from knowledge.manifest import ManifestEntry
from knowledge.passage import Document, Passage
from knowledge.snapshot import COPY, FORMAT, MANIFEST, READABLE, SEAL, UNREADABLE, unpack_vectors
from knowledge.stocking import KnownVectors


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A document that was listed; ``passages`` is None where not all of them are whole."""

    entry: ManifestEntry
    passages: tuple[Passage, ...] | None


@dataclass(slots=True)
class Salvage:
    """The documents of the best manifest, and the vectors that are whole."""

    documents: dict[str, Salvaged] = field(default_factory=dict)
    vectors: KnownVectors = field(default_factory=KnownVectors)

    @property
    def damaged(self) -> list[str]:
        """The documents that have to be read again."""
        return [name for name, one in self.documents.items() if one.passages is None]


def salvage(home: Path, current: int) -> Salvage:
    """Look through the generations of a shelf, the current one first; nothing is changed."""
    result = Salvage()
    pool: dict[str, Passage] = {}
    remains = [_Remains.read(folder) for folder in list_generations(home, current)]
    for one in remains:
        one.collect(pool, result.vectors)
    manifests = [one for one in remains if one.manifest is not None]
    sealed = next((one for one in manifests if one.is_sealed), None)
    if remains and remains[0] is not sealed:
        result.documents |= _list_unsealed(remains[0], manifests, pool)
    elif sealed is not None:
        result.documents |= sealed.list_documents(pool)
    return result


def list_generations(home: Path, current: int) -> list[Path]:
    """The folders of the generations that are there: the current one, then the latest first."""
    folders = (path for path in (home / "generations").glob("*") if path.name.isdigit())
    return sorted(folders, key=lambda one: (int(one.name) != current, -int(one.name)))


@dataclass(frozen=True, slots=True)
class _Remains:
    """What is left of one generation.

    ``whole`` is whether its file of texts was not cut off, ``proved`` whether a checksum says that
    it is as it was written, or nothing ever said so because it is older than checksums.
    """

    manifest: Mapping[str, Any] | None
    is_sealed: bool
    digests: Digests | None
    texts: Sequence[bytes]
    whole: bool
    vectors: Sequence[bytes]
    proved: bool

    @classmethod
    def read(cls, folder: Path) -> "_Remains":
        manifest, is_sealed = _read_manifest(folder)
        texts, whole = _read_texts(folder / "passages.bin")
        digests, vectors = _read_digests(folder / DIGESTS), _read_vectors(folder / "vectors.bin")
        files = (manifest or {}).get("files", {})
        proved = is_sealed and (not files or _is_as_written(folder / "passages.bin", files))
        return cls(manifest, is_sealed, digests, texts, whole, vectors, proved)

    def collect(self, pool: dict[str, Passage], known: KnownVectors) -> None:
        """Add the passages that are whole, and learn their vectors."""
        for row, text in enumerate(self.texts):
            passage = read_text(text)
            if passage is None or not self._proves(text):
                continue
            pool.setdefault(passage.id, passage)
            if self.whole and row < len(self.vectors):
                self._learn(passage, text, self.vectors[row], known)

    def _proves(self, text: bytes) -> bool:
        """Whether the text is as it was written."""
        known = self.digests.known_texts if self.digests else frozenset()
        return self.proved or digest(text) in known

    def _learn(self, passage: Passage, text: bytes, stored: bytes, known: KnownVectors) -> None:
        if self.digests and self.digests.of_text.get(digest(text)) == digest(stored):
            known.learn(passage, unpack_vectors(stored, 1 + len(passage.questions)))

    def list_documents(self, pool: Mapping[str, Passage]) -> dict[str, Salvaged]:
        """The documents that the manifest lists."""
        manifest = self.manifest or {}
        stored: Mapping[str, Any] = manifest["documents"]
        ends = accumulate((int(one["passages"]) for one in stored.values()), initial=0)
        found = {}
        for (name, about), (start, end) in zip(stored.items(), pairwise(ends), strict=True):
            passages = [pool.get(key) for key in manifest["ids"][start:end]]
            kept = tuple(one for one in passages if one is not None and one.document == name)
            entry = ManifestEntry.restore(about, ())
            found[name] = Salvaged(entry, kept if len(kept) == end - start else None)
        return found


def _list_unsealed(
    damaged: _Remains, manifests: Sequence[_Remains], pool: Mapping[str, Passage]
) -> dict[str, Salvaged]:
    """The documents of a generation whose own manifest cannot be trusted.

    Its texts say what belongs together; where they come from says any manifest that can be read.
    What is only in a manifest has to be read again, as has everything where texts are cut off.
    """
    listed: dict[str, Salvaged] = {}
    for one in reversed(manifests):
        listed |= one.list_documents(pool)
    sealed = next((one.list_documents(pool) for one in manifests if one.is_sealed), {})
    grouped: dict[str, list[Passage]] = {}
    for text in damaged.texts:
        passage = read_text(text)
        if passage is not None and passage.id in pool:
            grouped.setdefault(passage.document, []).append(pool[passage.id])
    found = {
        name: _describe(name, passages, listed.get(name), sealed.get(name))
        for name, passages in grouped.items()
    }
    if damaged.whole and damaged.digests and len(damaged.texts) == len(damaged.digests.texts):
        return found if damaged.manifest is None else damaged.list_documents(pool) | found
    return {name: Salvaged(one.entry, None) for name, one in (listed | found).items()}


def _describe(
    name: str, passages: list[Passage], listed: Salvaged | None, sealed: Salvaged | None
) -> Salvaged:
    """A document as its passages describe it; the next run reads it again.

    Where an earlier manifest lists the very same passages, nothing has to be described.
    """
    passages.sort(key=lambda one: one.ordinal)
    if sealed is not None and sealed.passages == tuple(passages):
        return sealed
    first = passages[0]
    document = Document(
        id=name,
        content_hash="",
        provenance=first.provenance,
        language=first.language,
        passages=tuple(passages),
    )
    entry = ManifestEntry.of(document, root=listed.entry.root if listed else "")
    whole = [one.ordinal for one in passages] == list(range(len(passages)))
    return Salvaged(entry, document.passages if whole else None)


def _read_manifest(folder: Path) -> tuple[Mapping[str, Any] | None, bool]:
    """The manifest of a generation, or its copy, and whether it is as it was written.

    One of before there were seals has to be believed.
    """
    texts = [_read_text(folder / name) for name in (MANIFEST, COPY)]
    claims = [_read_text(folder / SEAL), *map(checksum, texts)]
    found = [_parse_manifest(text, claims) for text in texts]
    return max(found, key=lambda one: (one[1], one[0] is not None))


def _parse_manifest(text: str, claims: list[str]) -> tuple[Mapping[str, Any] | None, bool]:
    """A manifest, and whether it can be believed: two of the three files say the same."""
    try:
        manifest = json.loads(text)
        documents = manifest["documents"].values()
        entries = [ManifestEntry.restore(about, ()) for about in documents]
        counted = sum(int(about["passages"]) for about in documents)
        if manifest["format"] not in READABLE or counted != len(manifest["ids"]):
            return None, False
    except UNREADABLE:
        return None, False
    believed = manifest["format"] != FORMAT and len(entries) > 0
    return manifest, believed or claims.count(checksum(text)) > 1


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _read_digests(path: Path) -> Digests | None:
    try:
        return Digests.load(path)
    except UNREADABLE:
        return None


def _read_vectors(path: Path) -> Sequence[bytes]:
    try:
        return Blocks(path)
    except UNREADABLE:
        return ()


def _is_as_written(path: Path, files: Mapping[str, str]) -> bool:
    try:
        return checksum_file(path) == files.get(path.name)
    except OSError:
        return False


def _read_texts(path: Path) -> tuple[Sequence[bytes], bool]:
    """The stored texts of a file, and whether it is whole."""
    try:
        return Blocks(path), True
    except UNREADABLE:
        try:
            return list(_read_front(path.read_bytes())), False
        except OSError:
            return (), False


def _read_front(data: bytes) -> Iterator[bytes]:
    """The texts at the front of a file that lost its end; each is one JSON object."""
    text, decoder, place = data.decode(errors="replace"), json.JSONDecoder(), 0
    while place < len(text):
        try:
            _, end = decoder.raw_decode(text, place)
        except ValueError:
            return
        yield text[place:end].encode()
        place = end
