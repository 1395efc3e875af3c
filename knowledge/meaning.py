"""What sentences mean without their figures, as vectors of the bundled model.

The thresholds of :mod:`knowledge.review` were set with it, so it is used whichever model a shelf is
embedded with. From each vector the mean of its language's passages is taken away, because all texts
of a language lie near each other.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from knowledge.assertions import Assertion
from knowledge.embedding import BUNDLED, HASHED, Embedder, Vectors
from knowledge.models import load_embedder
from knowledge.prior import read_prior

_LEAST: Final = 1e-6


class SentenceMeaning:
    """Embeds sentences whose figures and dates are blotted out."""

    def __init__(self, embedder: Embedder) -> None:
        """Use an embedder whose background is known (:mod:`knowledge.prior`)."""
        self._embedder = embedder
        prior = read_prior(embedder.fingerprint)
        self._means = {
            name.partition(":")[2]: mean
            for name, (mean, _) in prior.items()
            if name.startswith("passage:")
        }

    def __call__(self, sentences: Sequence[Assertion]) -> Vectors:
        """Rows of unit length, (sentences, dimensions)."""
        texts = {" ".join(one.bare.split()): None for one in sentences}
        rows = dict(zip(texts, self._embedder.embed_passages(list(texts)), strict=True))
        vectors = np.stack([rows[" ".join(one.bare.split())] for one in sentences])
        centred = vectors - np.stack([self._mean(one.language) for one in sentences])
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        return np.asarray(centred / np.maximum(lengths, _LEAST), dtype=np.float32)

    def _mean(self, language: str) -> Vectors:
        known = self._means.get(language)
        return np.mean(list(self._means.values()), axis=0) if known is None else known


def choose_meaning(model: str) -> SentenceMeaning | None:
    """The meaning of sentences; none where the setting asks for the plain twin of a model."""
    return None if model == HASHED else SentenceMeaning(load_embedder(BUNDLED))
