from collections.abc import Sequence

import numpy as np

from knowledge.embedding import HashEmbedder, Vectors
from knowledge.recent import RecentQuestions


class CountingEmbedder(HashEmbedder):
    """Counts how often it embeds questions."""

    def __init__(self) -> None:
        self.calls = 0

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.calls += 1
        return super().embed_questions(texts)


def test_a_question_is_embedded_once_however_often_it_is_looked_at() -> None:
    counting = CountingEmbedder()
    recent = RecentQuestions(counting)
    first = recent.embed_questions(["Do I need a visa?"])
    second = recent.embed_questions(["Do I need a visa?"])
    assert np.array_equal(first, second)
    assert first.shape == (1, HashEmbedder.dimensions)
    assert counting.calls == 1
    assert recent.fingerprint == HashEmbedder.fingerprint


def test_batches_and_old_questions_are_embedded_anew() -> None:
    counting = CountingEmbedder()
    recent = RecentQuestions(counting)
    recent.embed_questions(["a", "b"])
    recent.embed_questions(["a"])
    for number in range(300):
        recent.embed_questions([str(number)])
    recent.embed_questions(["a"])
    assert counting.calls == 303
