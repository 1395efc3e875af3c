"""What was measured: our parts beside plain dense search."""

from collections.abc import Callable, Iterable, Mapping
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

    ``plain`` is None where the baseline has nothing to say. ``lower`` says that less is better,
    ``counted`` that it is a number of events.
    """

    suite: str
    name: str
    ours: float
    plain: float | None
    count: int
    lower: bool = False
    counted: bool = False
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
class Result:
    """How one question of a suite went; what a later run is compared with."""

    suite: str
    id: str
    language: str
    kind: str
    split: str
    outcome: str
    right: bool
    wrongly_answered: bool
    wrongly_refused: bool
    spoken_to: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Wrong answers against answers given, as a threshold falls; both from 0 to 1.

    ``points`` are (share of all questions answered, share of the answers that are wrong).
    """

    suite: str
    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The result of a run: ``skipped`` says what was not measured and why.

    ``timings`` (milliseconds, medians) are the only figures that differ from run to run. ``day`` is
    the one on which questions were asked, where it matters; ``thresholds`` says which ones the
    desk went by.
    """

    fingerprint: str
    measures: tuple[Measure, ...]
    skipped: tuple[str, ...] = ()
    limits: Limits | None = None
    failures: tuple[Failure, ...] = ()
    results: tuple[Result, ...] = ()
    curves: tuple[Curve, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    day: str = ""
    thresholds: str = ""


def merge(evaluations: Iterable[Evaluation]) -> Evaluation:
    """Several evaluations as one; the first that names its embedder or limits decides."""
    listed = tuple(evaluations)
    return Evaluation(
        fingerprint=next((one.fingerprint for one in listed if one.fingerprint), ""),
        limits=next((one.limits for one in listed if one.limits), None),
        measures=tuple(measure for one in listed for measure in one.measures),
        skipped=tuple(skipped for one in listed for skipped in one.skipped),
        failures=tuple(failure for one in listed for failure in one.failures),
        results=tuple(result for one in listed for result in one.results),
        curves=tuple(curve for one in listed for curve in one.curves),
        timings={name: ms for one in listed for name, ms in one.timings.items()},
        day=next((one.day for one in listed if one.day), ""),
        thresholds=next((one.thresholds for one in listed if one.thresholds), ""),
    )


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
