"""``helpdesk evaluate``: everything that the public files allow to measure, in one run.

Offline and deterministic: the same files, model and limits give the same numbers.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.errors import N_, UsageError
from knowledge.evaluation.abstention_suite import Abstention, Gap
from knowledge.evaluation.bench import Bench, Suite
from knowledge.evaluation.intent_suite import OutOfScope
from knowledge.evaluation.language_suite import Identification
from knowledge.evaluation.limits import Limits
from knowledge.evaluation.measures import Evaluation
from knowledge.evaluation.near_miss_suite import NearMisses
from knowledge.evaluation.retrieval_suite import (
    MIXED,
    CrossLanguage,
    MixedShelf,
    OneCollection,
    SameLanguage,
)
from knowledge.evaluation.suites import (
    COLLECTIONS,
    FILES,
    INTENTS,
    NEAR_MISSES,
    SHORT_TEXTS,
    XQUAD,
    missing_files,
    read_collection,
    read_intents,
    read_near_misses,
    read_parallel,
    read_short_texts,
)
from knowledge.problem import Problem

NO_SUITE = N_("{folder} has none of the files to evaluate with ({known}).")


def evaluate(folder: Path, bench: Bench, *, limits: Limits | None = None) -> Evaluation:
    """Measure with the public files of a folder; ``UsageError`` if it has none of them."""
    limits = limits or Limits()
    missing = missing_files(folder)
    if len(missing) == len(FILES):
        fields = {"folder": folder, "known": ", ".join(FILES)}
        raise UsageError(problem=Problem(NO_SUITE, fields))
    measures = bench.run(_suites(folder, missing, limits))
    return Evaluation(
        fingerprint=bench.embedder.fingerprint,
        measures=tuple(measures),
        skipped=tuple(f"{name} of the public data: {folder} does not have it" for name in missing),
        limits=limits,
    )


def _suites(folder: Path, missing: tuple[str, ...], limits: Limits) -> Iterator[Suite]:
    """The suites whose files are there."""
    if _has_pair(XQUAD, missing):
        yield from _parallel_suites(folder, limits)
    for name in COLLECTIONS:
        if _has_pair(name, missing):
            yield OneCollection(read_collection(folder, name, limits))
    readers: dict[str, Callable[[], Suite]] = {
        NEAR_MISSES: lambda: NearMisses(read_near_misses(folder, limits)),
        INTENTS: lambda: OutOfScope(read_intents(folder, limits)),
        SHORT_TEXTS: lambda: Identification(read_short_texts(folder, limits)),
    }
    yield from (make() for name, make in readers.items() if name not in missing)


def _parallel_suites(folder: Path, limits: Limits) -> Iterator[Suite]:
    """What needs the same text in several languages."""
    parallel = read_parallel(folder, limits)
    yield SameLanguage(parallel)
    shelves = [language for language in MIXED if language in parallel]
    for language in shelves if len(parallel) > 1 else ():
        yield CrossLanguage(parallel, language)
    both = len(shelves) == len(MIXED)
    if both:
        yield MixedShelf(parallel)
    fewer = read_parallel(folder, replace(limits, questions=limits.abstention_questions))
    for mixed in (False, True) if both else (False,):
        yield Abstention(fewer, Gap.TOPIC, mixed)
        yield Abstention(fewer, Gap.PASSAGE, mixed)


def _has_pair(name: str, missing: tuple[str, ...]) -> bool:
    return not any(file.startswith(f"{name}.") for file in missing)
