"""What a calibration chose and what it changes, for people and for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.wording import Wording
from knowledge.calibration.risk_control import Plan, needed
from knowledge.decision import load_judge
from knowledge.errors import N_
from knowledge.evaluation.cases import Verdict
from knowledge.evaluation.metrics import mean
from knowledge.evaluation.significance import upper_bound
from knowledge.thresholds import moved

_KEPT = N_(
    "At most {rate} of all questions are answered wrongly, on average, as long as questions come "
    "as the {count} of this suite did."
)
_NOT_KEPT = N_(
    "{asked} cannot be promised with {count} questions; it takes at least {needed}. These "
    "thresholds let no wrong answer of the suite pass, which promises {rate}."
)
_NOT_LOWERED = N_(
    "Hardly any question of the suite is one that the shelf does not answer, so no threshold was "
    "lowered."
)
_APART = N_("Validated on {count} questions that were kept apart:")
_SAME = N_("On the same {count} questions, which flatters:")
_BOUND = N_("Wrong answers among all questions: at most {rate} with 95 % confidence.")
_SHARES = (N_("answered"), N_("right"), N_("wrongly answered"), N_("wrongly refused"))


@dataclass(frozen=True, slots=True)
class Validation:
    """The same questions before and after; ``apart``: they were not calibrated on."""

    before: Sequence[Verdict]
    after: Sequence[Verdict]
    apart: bool

    @property
    def bound(self) -> float:
        """The upper 95 % bound of the rate of wrong answers with the new thresholds."""
        return upper_bound(sum(one.wrongly_answered for one in self.after), len(self.after))


def as_text(plan: Plan, validation: Validation, wording: Wording, language: str) -> str:
    """The report in the operator's language."""

    def say(message: str, **fields: object) -> str:
        return wording.phrase(message, language=language, **fields)

    count = sum(one.questions for one in plan.cells.values())
    promise = say(
        _KEPT if plan.kept else _NOT_KEPT,
        asked=_percent(plan.asked),
        rate=_percent(plan.rate),
        count=count,
        needed=needed(plan.asked),
    )
    lines = [promise, *([] if plan.may_lower else [say(_NOT_LOWERED)]), ""]
    lines += [*_cell_lines(plan), ""]
    checked = len(validation.after)
    lines.append(say(_APART if validation.apart else _SAME, count=checked))
    for row, name in enumerate(_SHARES):
        before, after = (_shares(side)[row] for side in (validation.before, validation.after))
        lines.append(f"  {say(name):24} {_percent(before):>8} → {_percent(after):>8}")
    if validation.apart:
        lines.append(say(_BOUND, rate=_percent(validation.bound)))
    return "\n".join(lines) + "\n"


def as_json(plan: Plan, validation: Validation) -> dict[str, object]:
    """The same for programs."""
    names = [name.replace(" ", "_") for name in _SHARES]
    return {
        "asked": plan.asked,
        "kept": round(plan.rate, 6),
        "promised": plan.kept,
        "lowered": plan.may_lower,
        "cells": [
            {"language": language or "*", "topic": topic or "*", "shift": round(one.shift, 6)}
            | {"questions": one.questions, "wrong": one.wrong, "kept": round(one.rate, 6)}
            for (language, topic), one in plan.cells.items()
        ],
        "validation": {
            "apart": validation.apart,
            "questions": len(validation.after),
            "before": dict(zip(names, _shares(validation.before), strict=True)),
            "after": dict(zip(names, _shares(validation.after), strict=True)),
            "wrong_at_most": round(validation.bound, 6),
        },
    }


def _cell_lines(plan: Plan) -> Iterator[str]:
    """A line each cell: whom it is for, its thresholds, what they rest on."""
    judge = load_judge()
    for (language, topic), one in plan.cells.items():
        faq = moved(judge.curated.answer_from, one.shift)
        texts = moved(judge.texts.answer_from, one.shift)
        name = f"{language or '*'} / {topic or '*'}"
        yield (
            f"  {name:24} n={one.questions:<5} FAQ {judge.curated.answer_from:.3f} → {faq:.3f}   "
            f"texts {judge.texts.answer_from:.3f} → {texts:.3f}   wrong {one.wrong}"
        )


def _shares(verdicts: Sequence[Verdict]) -> list[float]:
    """In the order of ``_SHARES``."""
    return [
        mean(one.reply.answered for one in verdicts),
        mean(one.right for one in verdicts),
        mean(one.wrongly_answered for one in verdicts),
        mean(one.wrongly_refused for one in verdicts),
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
