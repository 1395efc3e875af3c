"""What every embedder promises."""

import numpy as np
import pytest

from knowledge.embedding import Embedder, Vectors

VISA = "Which visa does a foreign actor need to work in China?"
VISA_AGAIN = "What visa do foreign actors need for work in China?"
FEE = "The app store takes thirty percent of every payment."


class EmbedderContract:
    """Inherit, and give a fixture ``embedder``."""

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_one_row_of_unit_length_for_each_text(self, embedder: Embedder, count: int) -> None:
        texts = [VISA, FEE, "Какая виза нужна? 外国演员签证"][:count]
        width = embedder.embed_passages(["one"]).shape[1]
        for vectors in (embedder.embed_questions(texts), embedder.embed_passages(texts)):
            assert vectors.dtype == np.float32
            assert vectors.shape == (count, width)
            np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)

    def test_the_same_text_gives_the_same_vector(self, embedder: Embedder) -> None:
        first, again = embedder.embed_questions([VISA, VISA])
        np.testing.assert_allclose(first, again, atol=1e-5)
        np.testing.assert_allclose(embedder.embed_questions([VISA])[0], first, atol=1e-3)

    def test_like_texts_are_nearer_than_others(self, embedder: Embedder) -> None:
        question = embedder.embed_questions([VISA])[0]
        like, other = embedder.embed_passages([VISA_AGAIN, FEE])
        assert question @ like > question @ other

    @pytest.mark.parametrize(
        "text", ["", " ", "👍", "\0visa\0", "visa 签证 " * 2500, "\u202e\u200b"]
    )
    def test_any_text_can_be_embedded(self, embedder: Embedder, text: str) -> None:
        vectors: Vectors = embedder.embed_questions([text])
        assert np.isfinite(vectors).all()
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)

    def test_the_end_of_a_short_text_counts(self, embedder: Embedder) -> None:
        """A NUL in the middle must not cut it off."""
        cut, whole = embedder.embed_passages(["fees\0", f"fees\0 {VISA}"])
        assert cut @ whole < 0.999

    def test_the_fingerprint_can_name_a_collection(self, embedder: Embedder) -> None:
        assert embedder.fingerprint.replace("-", "").isalnum()
        assert 3 <= len(f"company-{embedder.fingerprint}") <= 63
