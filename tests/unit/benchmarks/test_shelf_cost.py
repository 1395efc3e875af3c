"""The shelf that costs are measured on, and the measuring on a very small one."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchmarks.shelf_cost import Ways, measure_batch, measure_single
from benchmarks.synthetic_shelf import DrawnVectors, draw_documents, draw_questions, stock
from bot.bootstrap import Workplace
from bot.settings import read_settings
from knowledge.embedding import BUNDLED
from knowledge.models import load_embedder
from knowledge.passage import PassageKind


def test_the_shelf_is_the_same_every_time() -> None:
    passages = [one for document in draw_documents(350) for one in document.passages]
    assert passages == [one for document in draw_documents(350) for one in document.passages]
    assert len(passages) == len({one.id for one in passages}) == 350
    kinds = Counter(one.kind for one in passages)
    assert 0.02 < kinds[PassageKind.FAQ] / len(passages) < 0.1
    assert len({one.language for one in passages}) > 3


def test_no_question_is_asked_twice() -> None:
    assert len(set(draw_questions(1000))) == 1000


def test_vectors_are_drawn_from_the_text() -> None:
    vectors = DrawnVectors("any").embed_passages(["one", "two", "one"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[2])
    assert vectors[0] @ vectors[1] < 0.99


@pytest.mark.model
def test_every_way_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_EMBEDDING_MODEL", BUNDLED)
    monkeypatch.chdir(tmp_path)
    stock(tmp_path / "data" / "index", load_embedder(BUNDLED).fingerprint, 60)
    ways = Ways(Workplace(read_settings(tmp_path / "data")))
    asked = draw_questions(3)
    for found in (measure_single(ways, asked), measure_batch(ways, asked)):
        for figures in found.values():
            assert isinstance(figures, dict)
            assert set(figures) == {
                "embedding",
                "embedding by the package's own engine",
                "search",
                "answer",
                "plain llama-index",
            }
            assert all(figure > 0 for figure in figures.values())
    assert ways.single["plain llama-index"](asked[0]) == 10
