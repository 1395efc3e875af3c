from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.embedder_speed import (
    NANO,
    ONNX,
    PLAIN,
    Sizes,
    choose_passages,
    choose_questions,
    measure_agreement,
    measure_passages,
    measure_questions,
    measure_ranking,
)
from knowledge.embedding import Embedder, HashEmbedder, Vectors
from knowledge.evaluation.suites import Collection, Query, Text

_SUBJECTS = ("visas", "taxes", "fees", "actors", "stores", "rights")
_SIZES = Sizes(passages=4, questions=4, rounds=2, ranked=6)


class Backwards:
    """Finds what is least like a question."""

    fingerprint = "backwards"

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return -HashEmbedder().embed_questions(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return HashEmbedder().embed_passages(texts)


@pytest.fixture
def engines() -> dict[str, Embedder]:
    return {NANO: HashEmbedder(), ONNX: HashEmbedder(), PLAIN: Backwards()}


def collection(language: str) -> Collection:
    texts = [f"{language} all about {subject}" for subject in _SUBJECTS]
    return Collection(
        name="parallel",
        language=language,
        passages=tuple(Text(f"1-{n}", language, text) for n, text in enumerate(texts)),
        questions=tuple(Query(text, language, f"1-{n}") for n, text in enumerate(texts)),
    )


COLLECTIONS = [collection("en"), collection("zh")]


def test_each_round_has_other_passages_of_all_languages() -> None:
    rounds = [choose_passages(COLLECTIONS, _SIZES, number) for number in range(_SIZES.rounds)]
    assert [len(texts) for texts in rounds] == [4, 4]
    assert set(rounds[0]).isdisjoint(rounds[1])
    assert {text[:2] for text in rounds[0]} == {"en", "zh"}
    assert len(choose_questions(COLLECTIONS, _SIZES)) == 4


def test_the_ratios_are_those_of_the_times(engines: dict[str, Embedder]) -> None:
    for measured, figure in (
        (measure_passages(engines, COLLECTIONS, _SIZES), "passages_a_second"),
        (measure_questions(engines, COLLECTIONS, _SIZES), "milliseconds_a_question"),
    ):
        figures = measured[figure]
        ratios = measured["times_as_quick_as"]
        assert isinstance(figures, dict)
        assert isinstance(ratios, dict)
        assert figures.keys() == engines.keys()
        assert ratios.keys() == {NANO, PLAIN}
        assert all(value > 0 for value in (*figures.values(), *ratios.values()))


def test_who_finds_everything_and_who_finds_it_last(engines: dict[str, Embedder]) -> None:
    found = measure_ranking(engines, COLLECTIONS, _SIZES.ranked)
    assert found["questions"] == 12
    mean = found["mean"]
    assert isinstance(mean, dict)
    assert mean[NANO] == mean[ONNX] == 1.0
    assert mean[PLAIN] < 0.5


def test_engines_that_agree_and_one_that_does_not(engines: dict[str, Embedder]) -> None:
    found = measure_agreement(engines, COLLECTIONS, _SIZES)
    one, other = found[ONNX], found[PLAIN]
    assert isinstance(one, dict)
    assert isinstance(other, dict)
    np.testing.assert_allclose([one["least"], other["least"]], [1.0, -1.0], atol=1e-4)
