import numpy as np

from knowledge.embedding import BUNDLED, HashEmbedder
from knowledge.models import load_embedder
from knowledge.moments import Moments
from knowledge.prior import background_of, read_prior

FINGERPRINT = load_embedder(BUNDLED).fingerprint


def vectors(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    random = np.random.default_rng(7)
    drawn = random.normal(size=(count, 384)).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def test_a_small_shelf_leans_on_the_prior_and_a_large_one_does_not() -> None:
    question = vectors(1)[0]
    prior_mean = float(question @ read_prior(FINGERPRINT)["passage:en"][0])
    distances = []
    for count in (2, 30, 60):
        moments = Moments()
        moments.add("passage:en", vectors(count))
        own = moments.background().expected(question)["passage:en"][0]
        used = background_of(moments, FINGERPRINT).expected(question)["passage:en"][0]
        distances.append(abs(used - own) / abs(prior_mean - own))
    assert np.allclose(distances, [58 / 60, 0.5, 0.0], atol=0.01)


def test_a_language_without_a_prior_takes_that_of_its_kind() -> None:
    moments = Moments()
    moments.add("passage:th", vectors(3))
    mean, deviation = background_of(moments, FINGERPRINT).expected(vectors(1)[0])["passage:th"]
    assert np.isfinite(mean)
    assert deviation > 0


def test_another_model_has_no_prior() -> None:
    assert read_prior(HashEmbedder.fingerprint) == {}
