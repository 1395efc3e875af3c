"""A reranker without a model."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.lexical import tokenise


class WordReranker:
    """Takes the share of the question's words that a passage has for its score."""

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Count words."""
        asked = set(tokenise(question))
        shares = [len(asked & set(tokenise(text))) / max(len(asked), 1) for text in passages]
        return np.asarray(shares, dtype=np.float32)


class SetReranker:
    """Gives each passage the score of the first of these words that stands in it, else 0."""

    def __init__(self, **scores: float) -> None:
        self._scores = scores
        self.read: list[str] = []

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Look for the words."""
        assert question
        self.read += passages
        found = [
            next((score for word, score in self._scores.items() if word in text), 0.0)
            for text in passages
        ]
        return np.asarray(found, dtype=np.float32)
