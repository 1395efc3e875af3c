from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.embedding import HashEmbedder, Vectors
from knowledge.evaluation.remembering import RememberingEmbedder


class CountingEmbedder(HashEmbedder):
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return super().embed_questions(texts)


def test_embeds_each_text_once_and_gives_the_same_vectors() -> None:
    inner = CountingEmbedder()
    embedder = RememberingEmbedder(inner)
    embedder.embed_questions(["one", "two", "one"])
    again = embedder.embed_questions(["two", "one"])
    assert inner.seen == ["one", "two"]
    assert np.array_equal(again, HashEmbedder().embed_questions(["two", "one"]))


def test_a_text_is_another_thing_as_a_passage() -> None:
    inner = CountingEmbedder()
    embedder = RememberingEmbedder(inner)
    embedder.embed_questions(["one"])
    embedder.embed_passages(["one"])
    assert inner.seen == ["one", "one"]


def test_nothing_gives_an_empty_matrix() -> None:
    assert RememberingEmbedder(HashEmbedder()).embed_passages([]).shape == (0, 256)


def test_a_second_run_finds_the_vectors_of_the_first(tmp_path: Path) -> None:
    first = RememberingEmbedder(HashEmbedder(), tmp_path / "cache")
    before = first.embed_passages(["one", "two"])
    first.save()
    inner = CountingEmbedder()
    after = RememberingEmbedder(inner, tmp_path / "cache").embed_passages(["one", "two"])
    assert inner.seen == []
    assert np.array_equal(before, after)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["hash-256-v1.npz"]


def test_many_texts_are_saved_on_the_way(tmp_path: Path) -> None:
    RememberingEmbedder(HashEmbedder(), tmp_path).embed_questions([str(n) for n in range(600)])
    assert (tmp_path / "hash-256-v1.npz").exists()


def test_a_damaged_cache_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "hash-256-v1.npz").write_bytes(b"PK\x03\x04 not an archive")
    embedder = RememberingEmbedder(HashEmbedder(), tmp_path)
    embedder.embed_questions(["one"])
    embedder.save()
    inner = CountingEmbedder()
    RememberingEmbedder(inner, tmp_path).embed_questions(["one"])
    assert inner.seen == []
