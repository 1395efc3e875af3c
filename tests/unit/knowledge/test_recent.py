from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.embedding import HashEmbedder, Vectors
from knowledge.errors import EmbeddingError
from knowledge.recent import RecentQuestions


class CountingEmbedder(HashEmbedder):
    """Counts how often it embeds questions, and how many at once."""

    def __init__(self) -> None:
        self.calls = 0
        self.sizes: list[int] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.calls += 1
        self.sizes.append(len(texts))
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
    for number in range(1100):
        recent.embed_questions([str(number)])
    recent.embed_questions(["a"])
    assert counting.calls == 1103


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (0, []),
        (1, [1]),
        (17, [16, 1]),
        (125, [16, 32, 64, 13]),
        (900, [16, 32, 64, 128, 256, 256, 148]),
    ],
)
def test_many_questions_are_embedded_in_batches_that_grow(count: int, sizes: list[int]) -> None:
    counting = CountingEmbedder()
    recent = RecentQuestions(counting)
    asked = [f"Question {number}?" for number in range(count)]
    for one, text in zip(recent.ahead(asked, str.upper), asked, strict=True):
        assert one == text
        vector = recent.embed_questions([text.upper()])
        assert np.array_equal(vector, HashEmbedder().embed_questions([text.upper()]))
    assert counting.sizes == sizes


def test_whoever_asks_for_many_hears_that_they_cannot_be_embedded() -> None:
    class Broken(HashEmbedder):
        def embed_questions(self, texts: Sequence[str]) -> Vectors:
            raise EmbeddingError(model="broken", problem=f"It does not take {len(texts)}.")

    with pytest.raises(EmbeddingError, match="It does not take 2"):
        list(RecentQuestions(Broken()).ahead(["a", "b"], str))


def test_one_may_stop_in_the_middle() -> None:
    recent = RecentQuestions(CountingEmbedder())
    items = recent.ahead([str(number) for number in range(2000)], str)
    assert next(items) == "0"
    items.close()
