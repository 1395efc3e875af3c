"""What an earlier run had, question by question, and whether a later one is worse beyond noise.

The desk is deterministic: a run repeats exactly. Noise is in the choice of questions, so a change
that wins some and loses as many is none. For each suite two one-sided exact McNemar tests on the
questions that both runs asked: whether more became wrong than right, and whether more became
wrongly answered than ceased to be. Either below ``LEVEL`` is a regression. Where nothing at all may
happen (leaks, effects of injected text, false citations, wrong sentences shown) one event is one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import N_, UsageError
from knowledge.evaluation.measures import Evaluation
from knowledge.evaluation.significance import worsening
from knowledge.problem import Problem

LEVEL = 0.02
_VERSION = 1
Key = tuple[str, str]

_OTHER_VERSION = N_("{path} was written by another version of the program.")
_NO_BASELINE = N_("{path} is not a baseline: {error}.")
_SUITE_LACKING = N_("The baseline has no question of the suite {suite}.")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the questions of a suite in one respect."""

    suite: str
    name: str
    asked: int
    lost: tuple[str, ...]
    gained: tuple[str, ...]

    @property
    def chance(self) -> float:
        """How likely so much is lost when nothing has become worse."""
        return worsening(len(self.lost), len(self.gained))

    @property
    def worse(self) -> bool:
        """Whether it is more than noise."""
        return self.chance < LEVEL


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs; ``events`` names what must never happen and did."""

    changes: tuple[Change, ...]
    events: tuple[str, ...]

    @property
    def worse(self) -> bool:
        """Whether the later run is a regression."""
        return bool(self.events) or any(change.worse for change in self.changes)

    def as_text(self) -> str:
        """A line each change, and each event."""
        lines = [
            f"{one.suite}, {one.name}: of {one.asked} lost {len(one.lost)}, gained "
            f"{len(one.gained)} (chance {one.chance:.3f}){_named(one)}"
            for one in self.changes
        ]
        return "\n".join([*lines, *self.events, "WORSE" if self.worse else "no worse"])

    def as_json(self) -> dict[str, object]:
        """The same for programs."""
        changes = [{**asdict(one), "chance": one.chance} for one in self.changes]
        return {"worse": self.worse, "changes": changes, "events": list(self.events)}


def _named(change: Change) -> str:
    return f" WORSE: {', '.join(change.lost)}" if change.worse else ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run, and the day on which it asked.

    ``results``, by suite and id: whether a question went right, and whether it was answered
    wrongly.
    """

    results: Mapping[Key, tuple[bool, bool]]
    day: date


def write_baseline(path: Path, evaluation: Evaluation) -> None:
    """Keep what later runs are compared with, a line each question."""
    rows = [
        json.dumps([one.suite, one.id, one.outcome, one.right, one.wrongly_answered])
        for one in evaluation.results
    ]
    head = {
        "version": _VERSION,
        "fingerprint": evaluation.fingerprint,
        "today": evaluation.day,
    }
    listed = ",\n".join(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{json.dumps(head)[:-1]}, "results": [\n{listed}\n]}}\n', encoding="utf-8")


def read_baseline(path: Path) -> Baseline:
    """Read what an earlier run kept; ``UsageError`` where that is not what it is."""
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if stored["version"] != _VERSION:
            raise UsageError(problem=Problem(_OTHER_VERSION, {"path": path}))
        results = {(row[0], row[1]): (bool(row[3]), bool(row[4])) for row in stored["results"]}
        return Baseline(results, date.fromisoformat(stored["today"]))
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        problem = Problem(_NO_BASELINE, {"path": path, "error": error})
        raise UsageError(problem=problem) from error


def compare(baseline: Baseline, after: Evaluation) -> Comparison:
    """Compare the questions that both runs asked; there must be some of each suite."""
    before = baseline.results
    changes: list[Change] = []
    for suite in dict.fromkeys(result.suite for result in after.results):
        pairs = [
            (result, before[result.suite, result.id])
            for result in after.results
            if result.suite == suite and (result.suite, result.id) in before
        ]
        if not pairs:
            raise UsageError(problem=Problem(_SUITE_LACKING, {"suite": suite}))
        rightness = [(one.id, was[0], one.right) for one, was in pairs]
        # Not being answered wrongly is what may be lost.
        safety = [(one.id, not was[1], not one.wrongly_answered) for one, was in pairs]
        changes += [_change(suite, "right", rightness), _change(suite, "not misled", safety)]
    events = [
        f"{one.suite}: {one.name}: {one.ours:.0f}"
        for one in after.measures
        if one.counted and one.lower and one.ours > 0
    ]
    return Comparison(tuple(changes), tuple(events))


def _change(suite: str, name: str, rows: Sequence[tuple[str, bool, bool]]) -> Change:
    lost = tuple(key for key, was, now in rows if was and not now)
    gained = tuple(key for key, was, now in rows if now and not was)
    return Change(suite, name, len(rows), lost, gained)
