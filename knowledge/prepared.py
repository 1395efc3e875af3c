"""Vectors of texts that come with the program, so that nobody waits for them to be computed again.

The starter knowledge and the examples of intents are the same on every machine; embedding them
takes minutes on two cores. ``python -m benchmarks.prepare_vectors`` writes them, a test compares
some with fresh ones, and a text that is not among them is embedded as always.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder, Vectors

PREPARED = Path(__file__).with_name("prepared.npz")
QUESTION, PASSAGE = "question", "passage"


class PreparedEmbedder:
    """An embedder that looks among the prepared vectors first."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        """Stand before ``embedder``; the file is read when it is first needed."""
        self._embedder = embedder
        self._path = path

    @property
    def fingerprint(self) -> str:
        """That of the embedder behind: the vectors are the same."""
        return self._embedder.fingerprint

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask."""
        return self._embed(QUESTION, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what stands on the shelf."""
        return self._embed(PASSAGE, texts)

    def _embed(self, kind: str, texts: Sequence[str]) -> Vectors:
        rows = [self._prepared.get(key_of(kind, text)) for text in texts]
        missing = [text for text, row in zip(texts, rows, strict=True) if row is None]
        if not missing:
            return np.stack(rows) if rows else self._compute(kind, texts)  # type: ignore[arg-type]  # no row is None here
        computed = iter(self._compute(kind, missing))
        return np.stack([next(computed) if row is None else row for row in rows])

    def _compute(self, kind: str, texts: Sequence[str]) -> Vectors:
        if kind == QUESTION:
            return self._embedder.embed_questions(texts)
        return self._embedder.embed_passages(texts)

    @cached_property
    def _prepared(self) -> Mapping[int, npt.NDArray[np.float32]]:
        return read_prepared(self._path, self.fingerprint)


def read_prepared(path: Path, fingerprint: str) -> dict[int, npt.NDArray[np.float32]]:
    """Vectors by key; none where there is no file, or one made with another model."""
    if not path.exists():
        return {}
    with np.load(path) as stored:
        if str(stored["fingerprint"]) != fingerprint:
            return {}
        keys, vectors = stored["keys"], stored["vectors"].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return dict(zip(keys.tolist(), vectors, strict=True))


def key_of(kind: str, text: str) -> int:
    """The number under which a text's vector is kept."""
    return int.from_bytes(hashlib.blake2b(f"{kind}\n{text}".encode(), digest_size=8).digest())


def save_prepared(path: Path, fingerprint: str, vectors: Mapping[int, Vectors]) -> None:
    """Write vectors by key, at half precision: cosines change in the fourth digit at most."""
    keys = sorted(vectors)
    np.savez(
        path,
        fingerprint=np.asarray(fingerprint),
        keys=np.asarray(keys, dtype=np.uint64),
        vectors=np.stack([vectors[key] for key in keys]).astype(np.float16),
    )
