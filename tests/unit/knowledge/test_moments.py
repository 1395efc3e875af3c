from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.embedding import Vectors
from knowledge.moments import Background, Moments

DIMENSIONS = 6


def unit_vectors(count: int, seed: int) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)) + 0.5
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def expected(background: Background, seed: int = 99) -> dict[str, tuple[float, float]]:
    question: npt.NDArray[np.float32] = unit_vectors(1, seed)[0]
    return dict(background.expected(question))


@settings(deadline=None)
@given(count=st.integers(1000, 1500), seed=st.integers(0, 2**32 - 1))
def test_one_big_group_has_the_mean_and_deviation_that_numpy_finds(count: int, seed: int) -> None:
    vectors = unit_vectors(count, seed)
    question = unit_vectors(1, seed + 1)[0]
    moments = Moments()
    for part in np.array_split(vectors, 7):
        moments.add("passage:en", part)
    mean, deviation = moments.background().expected(question)["passage:en"]
    cosines = vectors.astype(np.float64) @ question
    assert mean == pytest.approx(cosines.mean(), abs=1e-5)
    assert deviation == pytest.approx(cosines.std(), abs=1e-4)


def test_what_is_taken_out_again_leaves_no_trace() -> None:
    kept, passing = unit_vectors(80, 1), unit_vectors(40, 2)
    plain, busy = Moments(), Moments()
    plain.add("a", kept)
    busy.add("a", passing)
    busy.add("b", passing)
    busy.add("a", kept)
    busy.add("a", passing, sign=-1)
    busy.add("b", passing, sign=-1)
    assert set(expected(busy.background())) == {"a"}
    assert expected(busy.background())["a"] == pytest.approx(expected(plain.background())["a"])


def test_a_small_group_leans_on_all_groups_together() -> None:
    moments = Moments()
    moments.add("many", unit_vectors(500, 3))
    moments.add("one", unit_vectors(1, 4))
    question = unit_vectors(1, 5)[0]
    alone = float(unit_vectors(1, 4)[0] @ question)
    many, one = (moments.background().expected(question)[name] for name in ("many", "one"))
    assert abs(one[0] - many[0]) < abs(alone - many[0])
    assert one[1] > 0.9 * many[1]


def test_the_deviation_is_never_0() -> None:
    moments = Moments()
    moments.add("same", np.repeat(unit_vectors(1, 6), 200, axis=0))
    assert expected(moments.background())["same"][1] > 0


def test_nothing_has_no_background() -> None:
    assert expected(Moments().background()) == {}


def test_saved_and_loaded(tmp_path: Path) -> None:
    moments = Moments()
    moments.add("passage:zh-Hans", unit_vectors(60, 7))
    moments.add("question:en", unit_vectors(3, 8))
    moments.add("gone", unit_vectors(3, 9))
    moments.add("gone", unit_vectors(3, 9), sign=-1)
    moments.save(tmp_path / "moments.npz")
    loaded = Moments.load(tmp_path / "moments.npz")
    assert expected(loaded.background()) == expected(moments.background())
    loaded.add("question:en", unit_vectors(3, 8), sign=-1)
    assert set(expected(loaded.background())) == {"passage:zh-Hans"}
