"""Questions whose ten nearest passages may hold no answer (NoMIRACL); the ten are the shelf."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.decision import Judge
from knowledge.evaluation.bench import Bench
from knowledge.evaluation.measures import Both, Measure
from knowledge.evaluation.metrics import auroc, equal_error, mean, share_above, threshold_at
from knowledge.evaluation.suites import NearMiss, Query, Text
from knowledge.evaluation.trial_shelf import passage_of

_FALSE_ANSWERS = 0.05
_STEP = 10
_SUITE = "near misses (NoMIRACL)"
Halves = tuple[list[float], list[float]]
"""Confidences of answerable and of unanswerable questions."""


@dataclass(frozen=True, slots=True)
class NearMisses:
    """The decision on the passages that a search found."""

    cases: tuple[NearMiss, ...]

    @property
    def steps(self) -> int:
        """One for each ten questions."""
        return len(self.cases) // _STEP

    def measure(self, bench: Bench) -> list[Measure]:
        """How well they separate, and both errors where the desk decides."""
        sides: Both[list[float]] = Both([], [])
        for number, case in enumerate(self.cases, start=1):
            shelf = [
                passage_of(Text(f"{place}-0", case.language, text))
                for place, text in enumerate(case.passages)
            ]
            found = bench.reply(shelf, [Query(case.question, case.language, "")])
            sides.ours.append(found.ours[0].confidence)
            sides.plain.append(found.plain[0].confidence)
            if number % _STEP == 0:
                bench.step("near misses")
        free = _free(sides.map(lambda side: _halves(self.cases, side)))
        return [*free, *_decided(self.cases, sides.ours, bench.judge)]


def _halves(cases: Sequence[NearMiss], side: Sequence[float]) -> Halves:
    pairs = list(zip(cases, side, strict=True))
    return (
        [score for case, score in pairs if case.answerable],
        [score for case, score in pairs if not case.answerable],
    )


def _free(scores: Both[Halves]) -> list[Measure]:
    """What does not depend on where the desk's threshold lies."""
    total, lacking = sum(map(len, scores.ours)), len(scores.ours[1])
    if not lacking or lacking == total:
        return []
    rows = [
        ("AUROC", scores.map(lambda halves: auroc(*halves)), False),
        ("wrong refusals at 5 % false answers", scores.map(_refused), True),
        ("both errors where they are equal", scores.map(lambda halves: equal_error(*halves)), True),
    ]
    return [
        Measure(suite=_SUITE, name=name, ours=both.ours, plain=both.plain, count=total, lower=lower)
        for name, both, lower in rows
    ]


def _refused(halves: Halves) -> float:
    answerable, unanswerable = halves
    return 1 - share_above(answerable, threshold_at(unanswerable, _FALSE_ANSWERS))


def _decided(
    cases: Sequence[NearMiss], side: Sequence[float], judge: Judge | None
) -> list[Measure]:
    """The errors of the desk as it is set, by language too; the baseline has no setting."""
    if judge is None:
        return []
    answer_from = judge.texts.answer_from
    false, refused = (
        [
            (case.language, (score >= answer_from) is not answerable)
            for case, score in zip(cases, side, strict=True)
            if case.answerable is answerable
        ]
        for answerable in (False, True)
    )
    return [
        _errors("false answers as the desk is set", false),
        _errors("wrong refusals as the desk is set", refused),
    ]


def _errors(name: str, wrong: Sequence[tuple[str, bool]]) -> Measure:
    """The share that is wrong; the note names the worst language."""
    languages = sorted({language for language, _ in wrong})
    shares = {key: mean(one for language, one in wrong if language == key) for key in languages}
    worst = max(shares, key=shares.__getitem__, default="")
    return Measure(
        suite=_SUITE,
        name=name,
        ours=mean(one for _, one in wrong),
        plain=None,
        count=len(wrong),
        lower=True,
        note=f"worst {worst} {shares[worst]:.3f}" if worst else "",
        parts={key: (share, None) for key, share in shares.items()},
    )
