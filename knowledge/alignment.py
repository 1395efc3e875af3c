"""A small linear map that brings the languages of an embedding space nearer to each other.

The bundled model puts texts of one language near each other whatever they say: on a shelf that
mixes languages a question finds its own language before its answer. ``python -m
benchmarks.fit_alignment`` takes the directions in which languages differ out of the space and
learns the rest from questions and their answers in other languages; what it brings, on data it was
not fitted on, stands in docs/retrieval.md. The numbers are kept in alignment.npz.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder, Vectors

ALIGNMENT = Path(__file__).with_name("alignment.npz")
_DIGITS = 8


class AlignedEmbedder:
    """An embedder behind the map; its vectors are compared with each other only."""

    def __init__(self, embedder: Embedder, path: Path = ALIGNMENT) -> None:
        """Stand before ``embedder``, with the map in ``path``."""
        self._embedder = embedder
        self._path = path

    @cached_property
    def fingerprint(self) -> str:
        """That of the embedder behind, and which map."""
        digest = hashlib.sha256(self._path.read_bytes()).hexdigest()[:_DIGITS]
        return f"{self._embedder.fingerprint}-{digest}"

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask."""
        return align(self._embedder.embed_questions(texts), self._map)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what stands on the shelf."""
        return align(self._embedder.embed_passages(texts), self._map)

    @cached_property
    def _map(self) -> npt.NDArray[np.float32]:
        return read_alignment(self._path)


def align(vectors: Vectors, alignment: npt.NDArray[np.float32]) -> Vectors:
    """Map vectors of shape (texts, dimensions) by a matrix (dimensions, dimensions); unit length.

    What the map takes nearly all of (it cannot be a text of a language) stays what it was.
    """
    mapped = vectors @ alignment.T
    lengths = np.linalg.norm(mapped, axis=1, keepdims=True)
    return np.where(lengths > np.finfo(np.float32).eps, mapped / np.maximum(lengths, 1e-9), vectors)


def read_alignment(path: Path) -> npt.NDArray[np.float32]:
    """The map, shape (dimensions, dimensions)."""
    with np.load(path) as stored:
        return np.asarray(stored["map"], dtype=np.float32)


def save_alignment(path: Path, alignment: npt.NDArray[np.float32]) -> None:
    """Write the map at half precision: cosines change in the fourth digit at most."""
    np.savez_compressed(path, map=alignment.astype(np.float16))
