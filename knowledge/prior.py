"""A background for shelves that are too small to have one of their own.

On a shelf of ten passages nothing lies far from the mean, however well it answers. Until a shelf
has some sixty vectors, its background is mixed with that of the starter knowledge, which
``python -m benchmarks.prepare_vectors`` keeps in background.npz, a group for each language.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np

from knowledge.moments import Background, Moments, Pair

PRIOR = Path(__file__).with_name("background.npz")
_ENOUGH = 60
_SCALE = 1000.0
"""Covariances are about .001; at half precision they keep more digits when they are larger."""


def background_of(moments: Moments, fingerprint: str) -> Background:
    """The background of a shelf, leaning on the prior as far as the shelf is small."""
    own = moments.background()
    prior = read_prior(fingerprint) if moments.count < _ENOUGH else {}
    if not prior:
        return own
    share = moments.count / _ENOUGH
    return Background(
        {name: _mix(pair, _prior_for(name, prior), share) for name, pair in own.groups.items()}
    )


def _mix(own: Pair, prior: Pair, share: float) -> Pair:
    return (
        share * own[0] + (1 - share) * prior[0],
        share * own[1] + (1 - share) * prior[1],
    )


def _prior_for(name: str, prior: Mapping[str, Pair]) -> Pair:
    """The prior of a group, or of all groups of its kind for a language that has none."""
    if name in prior:
        return prior[name]
    kind = name.partition(":")[0]
    same = [pair for other, pair in prior.items() if other.startswith(f"{kind}:")]
    means, covariances = zip(*same or prior.values(), strict=True)
    return np.mean(means, axis=0), np.mean(covariances, axis=0)


@cache
def read_prior(fingerprint: str) -> Mapping[str, Pair]:
    """The prior by group; none for another embedding model."""
    if not PRIOR.exists():
        return {}
    with PRIOR.open("rb") as file, np.load(file) as stored:
        if str(stored["fingerprint"]) != fingerprint:
            return {}
        names = [key.removesuffix("/mean") for key in stored if key.endswith("/mean")]
        return {
            name: (
                stored[f"{name}/mean"].astype(np.float32),
                stored[f"{name}/covariance"].astype(np.float32) / np.float32(_SCALE),
            )
            for name in names
        }


def save_prior(moments: Moments, fingerprint: str, names: Iterable[str]) -> None:
    """Keep the groups of these names."""
    groups = moments.background().groups
    arrays = {"fingerprint": np.asarray(fingerprint)}
    for name in names:
        mean, covariance = groups[name]
        arrays[f"{name}/mean"] = mean.astype(np.float16)
        arrays[f"{name}/covariance"] = (covariance * _SCALE).astype(np.float16)
    np.savez_compressed(PRIOR, **arrays)  # type: ignore[arg-type]  # numpy's stub forbids names
