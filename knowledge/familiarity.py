"""What the decision makes of an embedding model that it was not fitted with.

Its regressions know the cosines of the bundled model. Those of another one mean something else
(.3 is near for one and far for the next), but how many standard deviations they lie above unrelated
texts means the same for all: each cosine is replaced by the one that lies as high with the bundled
model. That is a guess, not a fit: see :mod:`knowledge.caution`.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from knowledge.embedding import HashEmbedder
from knowledge.prior import PRIOR, read_prior


@dataclass(frozen=True, slots=True)
class Reference:
    """A model, and mean and standard deviation of the cosine of its unrelated texts."""

    fingerprint: str
    mean: float
    deviation: float


@cache
def read_reference() -> Reference:
    """The bundled model, as its background describes it."""
    with PRIOR.open("rb") as file, np.load(file) as stored:
        fingerprint = str(stored["fingerprint"])
    groups = read_prior(fingerprint)
    moments = [
        (question @ mean, question @ covariance @ question + np.sum(spread * covariance))
        for name, (question, spread) in groups.items()
        if name.startswith("question:")
        for mean, covariance in groups.values()
    ]
    mean, variance = np.mean(moments, axis=0)
    return Reference(fingerprint, float(mean), float(np.sqrt(variance)))


def is_familiar(fingerprint: str) -> bool:
    """Whether the decision was fitted with a model; the plain twin is for trials only."""
    return fingerprint in {read_reference().fingerprint, HashEmbedder.fingerprint}


def as_fitted(cosine: float, z: float, fingerprint: str) -> float:
    """A cosine, ``z`` deviations above unrelated texts, as the decision knows cosines."""
    if is_familiar(fingerprint):
        return cosine
    reference = read_reference()
    return reference.mean + z * reference.deviation
