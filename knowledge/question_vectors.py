"""Vectors of questions from which the mean of their language is taken away.

Texts of one language lie near each other whatever they ask (:mod:`knowledge.prior`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from knowledge.embedding import Embedder, Vectors
from knowledge.language import base
from knowledge.passage import QuestionVariant
from knowledge.prior import read_prior

_QUESTION: Final = "question:"
_LEAST: Final = 1e-6


def embed_centred(embedder: Embedder, questions: Sequence[QuestionVariant]) -> tuple[Vectors, bool]:
    """Rows of unit length, and whether the means of languages were taken away.

    They are known for the bundled model; another one's vectors stay as they are.
    """
    if not questions:
        return np.zeros((0, 1), dtype=np.float32), True
    vectors = embedder.embed_questions([one.text for one in questions])
    means = language_means(embedder)
    if not means:
        return vectors, False
    return centre(vectors, [one.language for one in questions], means), True


def language_means(embedder: Embedder) -> Mapping[str, Vectors]:
    """The mean vector of the questions of each language; none for a model that is not known."""
    return {
        name.removeprefix(_QUESTION): mean
        for name, (mean, _) in read_prior(embedder.fingerprint).items()
        if name.startswith(_QUESTION)
    }


def centre(vectors: Vectors, languages: Sequence[str], means: Mapping[str, Vectors]) -> Vectors:
    """Take each language's mean away; that of all from a language without one. Unit length."""
    rest: Vectors = np.mean(list(means.values()), axis=0, dtype=np.float32)
    known: dict[str, Vectors] = {base(name): mean for name, mean in means.items()} | dict(means)
    spoken = [tag if tag in known else base(tag) for tag in languages]
    rows = vectors - np.stack([known.get(tag, rest) for tag in spoken])
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, _LEAST), dtype=np.float32)
