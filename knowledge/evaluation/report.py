"""An evaluation as a table for people and as an object for programs."""

import math
from collections.abc import Iterator
from dataclasses import asdict

from knowledge.evaluation.measures import Evaluation, Measure

_DECIMALS = 4


def as_table(evaluation: Evaluation) -> str:
    """Our parts beside the plain baseline, a line each measure, then what was left out."""
    width = max((len(measure.name) for measure in evaluation.measures), default=0) + 2
    lines = [f"{'':{width}}{'ours':>7}{'plain':>8}{'cases':>8}"]
    for suite in dict.fromkeys(measure.suite for measure in evaluation.measures):
        lines += ["", suite]
        lines += [_line(one, width) for one in evaluation.measures if one.suite == suite]
    return "\n".join([*lines, *_notes(evaluation)]) + "\n"


def as_json(evaluation: Evaluation) -> dict[str, object]:
    """The same in values that JSON knows; what cannot be computed is null."""
    return {
        "fingerprint": evaluation.fingerprint,
        "limits": asdict(evaluation.limits) if evaluation.limits else None,
        "measures": [_object(measure) for measure in evaluation.measures],
        "skipped": list(evaluation.skipped),
        "failures": [asdict(failure) for failure in evaluation.failures],
    }


def _line(measure: Measure, width: int) -> str:
    cells = f"{_shown(measure.ours):>7}{_shown(measure.plain):>8}{measure.count:>8}"
    return f"  {measure.name:{width - 2}}{cells}  {measure.note}".rstrip()


def _shown(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.3f}"


def _notes(evaluation: Evaluation) -> Iterator[str]:
    for failure in evaluation.failures:
        yield f"\n{failure.id}: {failure.question}"
        yield f"  expected {failure.expected}, got {failure.got}"
    if evaluation.skipped:
        yield f"\nSkipped, for the folder does not have them: {', '.join(evaluation.skipped)}"


def _object(measure: Measure) -> dict[str, object]:
    return {
        "suite": measure.suite,
        "name": measure.name,
        "ours": _rounded(measure.ours),
        "plain": _rounded(measure.plain),
        "cases": measure.count,
        "better": "lower" if measure.lower else "higher",
        "note": measure.note,
        "parts": {
            name: {"ours": _rounded(ours), "plain": _rounded(plain)}
            for name, (ours, plain) in measure.parts.items()
        },
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(value, _DECIMALS)
