from pathlib import Path

import numpy as np
import pytest

from knowledge.alignment import ALIGNMENT, AlignedEmbedder, align, read_alignment, save_alignment
from knowledge.embedding import BUNDLED, Embedder, HashEmbedder
from knowledge.models import load_embedder, load_engine

ASKED = "外国演员来中国拍戏需要办什么签证？"
RIGHT = "A foreign actor who acts in China needs a Z visa and a work permit."
WRONG = "微短剧上线前要取得备案号，并在片头标明。"


def a_map(path: Path, seed: int) -> Path:
    drawn = np.random.default_rng(seed).normal(size=(256, 256)).astype(np.float32)
    save_alignment(path, drawn)
    return path


def test_aligned_vectors_have_unit_length(tmp_path: Path) -> None:
    embedder = AlignedEmbedder(HashEmbedder(), a_map(tmp_path / "map.npz", seed=1))
    vectors = embedder.embed_passages(["a work permit", "签证", ""])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert embedder.embed_questions([]).shape == (0, 256)


def test_an_index_made_with_another_map_is_another_index(tmp_path: Path) -> None:
    first = AlignedEmbedder(HashEmbedder(), a_map(tmp_path / "first.npz", seed=1)).fingerprint
    second = AlignedEmbedder(HashEmbedder(), a_map(tmp_path / "second.npz", seed=2)).fingerprint
    assert len({first, second, HashEmbedder().fingerprint}) == 3


def test_a_vector_that_the_map_takes_whole_stays_what_it_was() -> None:
    vectors = np.asarray([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)
    mapped = align(vectors, np.asarray([[0.0, 0.0], [0.0, 1.0]], dtype=np.float32))
    assert np.allclose(mapped, [[1.0, 0.0], [0.0, 1.0]])


def test_the_shipped_map_is_square_and_of_the_models_width() -> None:
    assert read_alignment(ALIGNMENT).shape == (384, 384)


@pytest.mark.model
def test_the_answer_in_another_language_comes_before_another_answer_in_ones_own() -> None:
    def lead(embedder: Embedder) -> float:
        asked = embedder.embed_questions([ASKED])[0]
        right, wrong = embedder.embed_passages([RIGHT, WRONG])
        return float(asked @ right - asked @ wrong)

    assert lead(load_embedder(BUNDLED)) > max(lead(load_engine()), 0.0)
