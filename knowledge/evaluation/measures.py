"""What was measured: our parts beside plain dense search."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from knowledge.evaluation.limits import Limits

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Both(Generic[T]):
    """The same thing for our parts and for the plain baseline."""

    ours: T
    plain: T

    def map(self, function: Callable[[T], U]) -> "Both[U]":
        """Apply a function to each."""
        return Both(function(self.ours), function(self.plain))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number on ``count`` questions, with its ``parts`` (by language, mostly).

    ``plain`` is None where the baseline has nothing to say. ``lower`` says that less is better.
    """

    suite: str
    name: str
    ours: float
    plain: float | None
    count: int
    lower: bool = False
    note: str = ""
    parts: Mapping[str, tuple[float, float | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A question of a desk's own suite that did not go as expected."""

    id: str
    question: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The result of a run: ``skipped`` names the files that were not there."""

    fingerprint: str
    measures: tuple[Measure, ...]
    skipped: tuple[str, ...] = ()
    limits: Limits | None = None
    failures: tuple[Failure, ...] = ()


def spread(
    parts: Mapping[str, Both[float]],
    *,
    suite: str,
    name: str,
    count: int,
    lower: bool = False,
) -> list[Measure]:
    """Two measures of numbers by language: their mean, and the worst (each side its own)."""
    worst = max if lower else min
    sides = Both(
        {language: both.ours for language, both in parts.items()},
        {language: both.plain for language, both in parts.items()},
    )
    languages = sides.map(lambda side: worst(sorted(side), key=lambda key: side[key]))
    listed = {language: (both.ours, both.plain) for language, both in parts.items()}
    average = sides.map(lambda side: sum(side.values()) / len(side))
    return [
        Measure(
            suite=suite,
            name=f"{name}, mean of {len(parts)} languages",
            ours=average.ours,
            plain=average.plain,
            count=count,
            lower=lower,
        ),
        Measure(
            suite=suite,
            name=f"{name}, worst language",
            ours=sides.ours[languages.ours],
            plain=sides.plain[languages.plain],
            count=count,
            lower=lower,
            note=f"{languages.ours} / {languages.plain}",
            parts=listed,
        ),
    ]
