"""What every reranker promises."""

import numpy as np
import pytest

from knowledge.reranking import Reranker

QUESTION = "Which visa does an actor need?"
PASSAGES = ["An actor needs a Z visa.", "The fee is 300 yuan.", "签证由外专局办理。"]


class RerankerContract:
    """Inherit, and give a fixture ``reranker``."""

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_a_number_from_0_to_1_for_each_passage(self, reranker: Reranker, count: int) -> None:
        scores = reranker.score(QUESTION, PASSAGES[:count])
        assert scores.dtype == np.float32
        assert scores.shape == (count,)
        assert ((scores >= 0) & (scores <= 1)).all()

    def test_a_passage_is_read_by_itself(self, reranker: Reranker) -> None:
        forth, back = reranker.score(QUESTION, PASSAGES), reranker.score(QUESTION, PASSAGES[::-1])
        np.testing.assert_allclose(forth, back[::-1], atol=1e-4)
        np.testing.assert_allclose(reranker.score(QUESTION, PASSAGES[:1]), forth[:1], atol=1e-4)

    @pytest.mark.parametrize("text", ["", "👍", "\0", "visa 签证 " * 2500])
    def test_any_text_can_be_read(self, reranker: Reranker, text: str) -> None:
        assert np.isfinite(reranker.score(text, [text, PASSAGES[0]])).all()
