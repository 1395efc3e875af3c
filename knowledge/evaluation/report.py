"""An evaluation as a table for people and as an object for programs."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from knowledge.evaluation.measures import Evaluation, Measure

_DECIMALS = 4
_COLUMN = 28


def as_table(evaluation: Evaluation) -> str:
    """Our parts beside the plain baseline, a line each measure, then what was left out."""
    width = max((len(measure.name) for measure in evaluation.measures), default=0) + 2
    lines = [f"{'':{width}}{'ours':>7}{'plain':>8}{'cases':>8}"]
    for suite in dict.fromkeys(measure.suite for measure in evaluation.measures):
        lines += ["", suite]
        lines += [_line(one, width) for one in evaluation.measures if one.suite == suite]
    languages = _by_language(evaluation)
    return "\n".join([*lines, *languages, *_timings(evaluation), *_notes(evaluation)]) + "\n"


def as_json(evaluation: Evaluation) -> dict[str, object]:
    """The same in values that JSON knows; what cannot be computed is null."""
    return {
        "fingerprint": evaluation.fingerprint,
        "today": evaluation.day,
        "thresholds": evaluation.thresholds,
        "limits": asdict(evaluation.limits) if evaluation.limits else None,
        "measures": [_object(measure) for measure in evaluation.measures],
        "skipped": list(evaluation.skipped),
        "failures": [asdict(failure) for failure in evaluation.failures],
        "results": [asdict(result) for result in evaluation.results],
        "curves": [
            {
                "suite": curve.suite,
                "name": curve.name,
                "points": [[_rounded(one) for one in point] for point in curve.points],
            }
            for curve in evaluation.curves
        ],
        "timings": dict(evaluation.timings),
    }


def _line(measure: Measure, width: int) -> str:
    ours = f"{measure.ours:.0f}" if measure.counted else _shown(measure.ours)
    cells = f"{ours:>7}{_shown(measure.plain):>8}{measure.count:>8}"
    return f"  {measure.name:{width - 2}}{cells}  {measure.note}".rstrip()


def _shown(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"


def _by_language(evaluation: Evaluation) -> Iterator[str]:
    """The questions of each desk suite by language, with a column each measure."""
    for suite in dict.fromkeys(result.suite for result in evaluation.results):
        columns = [one for one in evaluation.measures if one.suite == suite and one.parts]
        results = [result for result in evaluation.results if result.suite == suite]
        languages = sorted({result.language for result in results})
        if not columns or len(languages) < 2:  # noqa: PLR2004 - one language is the whole
            continue
        yield f"\n{suite}, by language"
        yield "  " + "cases".rjust(14) + "".join(one.name.rjust(_COLUMN) for one in columns)
        for language in languages:
            count = sum(result.language == language for result in results)
            yield f"  {language:8}{count:6}" + _cells(columns, language)


def _cells(columns: Sequence[Measure], language: str) -> str:
    shares = [one.parts.get(language, (None, None))[0] for one in columns]
    return "".join(_shown(share).rjust(_COLUMN) for share in shares)


def _timings(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.timings:
        yield "\ncost on this machine"
    for name, value in evaluation.timings.items():
        yield f"  {name}: {value:.1f}"


def _notes(evaluation: Evaluation) -> Iterator[str]:
    if evaluation.thresholds:
        yield f"\nthresholds: {evaluation.thresholds}"
    for failure in evaluation.failures:
        yield f"\n{failure.id}: {failure.question}"
        yield f"  expected {failure.expected}, got {failure.got}"
    if evaluation.skipped:
        yield "\nNot measured:"
    for skipped in evaluation.skipped:
        yield f"  {skipped}"


def _object(measure: Measure) -> dict[str, object]:
    return {
        "suite": measure.suite,
        "name": measure.name,
        "ours": _rounded(measure.ours),
        "plain": _rounded(measure.plain),
        "cases": measure.count,
        "better": "lower" if measure.lower else "higher",
        "counted": measure.counted,
        "note": measure.note,
        "parts": {
            name: {"ours": _rounded(ours), "plain": _rounded(plain)}
            for name, (ours, plain) in measure.parts.items()
        },
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(value, _DECIMALS)
