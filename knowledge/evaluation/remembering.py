"""Embeds each text once, within a run and between runs."""

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder, Vectors

_DIGEST = 32
_BATCH = 32
_SAVE_AFTER = 512
"""New vectors after which the store is written, so that a run cut short is not lost."""


class RememberingEmbedder:
    """Wraps an embedder; the shelves of an evaluation share most of their texts.

    With a ``cache`` folder the vectors are kept in ``<fingerprint>.npz`` there: ``keys`` are the
    SHA-256 of kind and text, ``vectors`` the rows that belong to them. A file that cannot be read
    is begun anew.
    """

    def __init__(self, embedder: Embedder, cache: Path | None = None) -> None:
        """Wrap an embedder; read what an earlier run left in ``cache``."""
        self._embedder = embedder
        self._path = cache / f"{embedder.fingerprint}.npz" if cache else None
        self._known = _load(self._path) if self._path else {}
        self._unsaved = 0

    @property
    def fingerprint(self) -> str:
        """That of the wrapped embedder: the vectors are its own."""
        return self._embedder.fingerprint

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask."""
        return self._recall("question", texts, self._embedder.embed_questions)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what stands on the shelf."""
        return self._recall("passage", texts, self._embedder.embed_passages)

    def save(self) -> None:
        """Write the cache if there is one and something is new."""
        if self._path is None or not self._unsaved:
            return
        keys = np.frombuffer(b"".join(self._known), dtype=np.uint8).reshape(-1, _DIGEST)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".new.npz")
        np.savez(draft, keys=keys, vectors=np.stack(list(self._known.values())))
        draft.replace(self._path)
        self._unsaved = 0

    def _recall(
        self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        if not texts:
            return embed([])
        keys = [_key(kind, text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        for start in range(0, len(new), _BATCH):
            part = list(new)[start : start + _BATCH]
            rows = embed([new[key] for key in part])
            self._known |= dict(zip(part, rows, strict=True))
            self._count(len(part))
        return np.stack([self._known[key] for key in keys])

    def _count(self, new: int) -> None:
        self._unsaved += new
        if self._unsaved >= _SAVE_AFTER:
            self.save()


def _key(kind: str, text: str) -> bytes:
    return hashlib.sha256(f"{kind}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _load(path: Path) -> dict[bytes, npt.NDArray[np.float32]]:
    try:
        with path.open("rb") as file, np.load(file) as stored:
            keys, vectors = stored["keys"], stored["vectors"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
    if len(keys) != len(vectors):
        return {}
    return {key.tobytes(): row for key, row in zip(keys, vectors, strict=True)}
