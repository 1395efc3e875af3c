"""Conformal risk control: the lowest threshold that keeps wrong answers rare.

Angelopoulos, Bates, Fisch, Lei and Schuster, "Conformal Risk Control" (2022, arXiv 2208.02814).
The loss of a question is 1 when it is answered wrongly, else 0, and can only fall as thresholds
rise. With n questions of which W are answered wrongly at a shift, the lowest shift with
(W + 1) / (n + 1) <= rate keeps the expected loss of the next question at or below ``rate``.

What that rests on: the next question comes as the n did (exchangeable: the same mix of languages,
topics, and of questions that the shelf does and does not answer), the thresholds were not fitted on
these n, and shelf, embedding and regressions stay as they were. The mean is over calibrations and
questions together; one calibration on few questions may lie above it.

Questions are divided into cells that do not overlap (language, then topic), each held to the rate
by itself; so their union is, too. A cell needs enough questions to afford one wrong answer; what
has fewer shares the cell of all others.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.evaluation.margins import Margins
from knowledge.thresholds import Cell, Shifts

_JUST = 1e-6
"""How far beyond the answer that sets it a threshold lies, in log odds."""
_UNANSWERABLE = 0.1
"""The least share of questions without an answer that a suite needs to lower a threshold."""


@dataclass(frozen=True, slots=True)
class Control:
    """The shift of one cell, the rate that it keeps, and what it rests on."""

    shift: float
    rate: float
    questions: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All cells. ``rate`` is what holds for their union, ``asked`` what was wanted."""

    asked: float
    rate: float
    cells: Mapping[Cell, Control]
    may_lower: bool

    @property
    def kept(self) -> bool:
        """Whether what was asked for can be promised."""
        return self.rate <= self.asked + 1e-12

    @property
    def shifts(self) -> Shifts:
        """What the judge needs of it."""
        return Shifts({cell: control.shift for cell, control in self.cells.items()})


def needed(rate: float) -> int:
    """With fewer questions than this nothing can be promised at this rate."""
    return math.ceil(1.0 / rate - 1.0 - 1e-9)


def plan(margins: Sequence[Margins], rate: float) -> Plan:
    """Choose the shift of every cell so that at most ``rate`` of all questions go wrong."""
    unanswerable = sum("answered" not in one.case.outcomes for one in margins)
    may_lower = unanswerable >= _UNANSWERABLE * len(margins)
    cells = {
        cell: control(part, rate, may_lower=may_lower)
        for cell, part in divide(margins, least=needed(rate / 2)).items()
    }
    kept = sum(one.rate * one.questions for one in cells.values()) / max(len(margins), 1)
    return Plan(rate, kept, cells, may_lower)


def control(margins: Sequence[Margins], rate: float, *, may_lower: bool) -> Control:
    """The lowest shift that keeps the rate; with too few questions, the one that keeps what can be.

    Never lower than a right answer needs, and not below 0 unless it ``may_lower``.
    """
    count = len(margins)
    kept = max(rate, 1.0 / (count + 1))
    allowed = math.floor(kept * (count + 1) + 1e-9) - 1
    wrong = sorted((one.wrong for one in margins), reverse=True)
    right = [reach.margin for one in margins for reach in one.answers if reach.right]
    floor = min(right, default=0.0) - _JUST
    shift = max(wrong[allowed] + _JUST if allowed < count else floor, floor)
    if not may_lower:
        shift = max(shift, 0.0)
    return Control(shift, kept, count, sum(margin >= shift for margin in wrong))


def divide(margins: Sequence[Margins], least: int) -> dict[Cell, list[Margins]]:
    """Divide questions by language, then by topic, into cells of ``least`` questions or more."""
    languages = _group(margins, lambda one: one.case.language, least)
    return {
        (language, topic): found
        for language, part in languages.items()
        for topic, found in _group(part, lambda one: one.topic, least).items()
    }


def _group(
    margins: Sequence[Margins], key: Callable[[Margins], str], least: int
) -> dict[str, list[Margins]]:
    """Groups by key; under "" all whose groups are too small, enlarged until it is not, too."""
    groups: dict[str, list[Margins]] = {}
    for one in margins:
        groups.setdefault(key(one), []).append(one)
    others = groups.pop("", [])
    for name, part in sorted(groups.items(), key=lambda item: (len(item[1]), item[0])):
        if len(part) < least or len(others) < least:
            others += groups.pop(name)
    return {**groups, "": others}
