"""Fit the decision: how likely it is that the best candidate answers the question.

    python -m benchmarks.fit_decision [--unrelated FOLDER]

Questions are the starter knowledge's own variants, in five folds. Positive: the variant itself is
taken off the shelf, its entry stays; right when the best hit is that entry. Negative: every entry
of the fold is taken off, and so are all guides, which may hold the answer too; nothing is right.
The second regression sees what the desk would: candidates that may not be used for the question
are gone, and a rival is one that may be meant instead. Variants are like each other as questions of
strangers are not: the calibration half of benchmarks/questions and benchmarks/near_misses is asked
too, and counts five times. ``--unrelated`` adds questions about other things from public data (a
folder with xquad-r.questions.jsonl). Writes the weights into knowledge/decision.json. Prints, on
folds that were not fitted on, what is answered rightly and wrongly by threshold. That a missing
entry is "answered" is an upper bound of wrong answers: often a neighbouring entry answers as well.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

import knowledge
from benchmarks.decision_cases import (
    FOLDS,
    Case,
    Scored,
    collect,
    read_starter,
    read_unrelated,
)
from knowledge.decision import FACTS, Judge, Line, Scale, rival_of
from knowledge.embedding import BUNDLED
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evidence import FEATURES, Evidence
from knowledge.language import base
from knowledge.models import load_embedder

__all__ = [
    "FOLDS",
    "Case",
    "Fitting",
    "Scored",
    "fit",
    "held_out",
    "read_starter",
    "report",
    "write",
]


@dataclass(frozen=True)
class Result:
    """A case that was judged; ``right``: the best candidate was the right one."""

    case: Case
    probability: float
    right: bool


@dataclass(frozen=True)
class Fitting:
    """How a regression is fitted: without some features, and how freely (C of scikit-learn)."""

    unused: frozenset[str] = frozenset()
    freedom: float = 1.0


def fit(scored: Sequence[Scored], fitting: Fitting) -> Judge:
    """Fit both regressions: first the order of candidates, then whether the best one answers."""
    ranking = _regress(
        [
            _Row(evidence.vector(), one.case.weight, right=number in one.right)
            for one in scored
            for number, evidence in enumerate(one.candidates)
        ],
        FEATURES,
        fitting,
    )
    nothing = Line(np.zeros(len(FACTS)), 0.0)
    draft = judge_of(Scale(ranking, nothing, answer_from=0.5, ask_back_from=0.5))
    facts = [
        _Row(
            draft.facts(one.asked, *_best_two(draft, one)),
            one.case.weight,
            right=_is_right(draft, one),
        )
        for one in scored
        if one.usable
    ]
    answering = _regress(facts, FACTS, fitting)
    return judge_of(Scale(ranking, answering, answer_from=0.5, ask_back_from=0.5))


def judge_of(scale: Scale) -> Judge:
    """A judge with one scale for everything."""
    return Judge(curated=scale, texts=scale)


FITTING = Fitting(frozenset({"own", "own_share", "own_cosine"}), 0.1)
"""What says the less the more languages an entry is asked in is left out."""


@dataclass(frozen=True)
class _Row:
    features: npt.NDArray[np.float64]
    weight: int
    right: bool


def _regress(rows: Sequence[_Row], names: Sequence[str], fitting: Fitting) -> Line:
    """Logistic regression on standardised features, given back on the raw ones."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    used = np.asarray([float(name not in fitting.unused) for name in names])
    features = np.stack([row.features for row in rows]) * used
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=fitting.freedom, max_iter=2000).fit(
        scaler.transform(features), [row.right for row in rows], [row.weight for row in rows]
    )
    weights = model.coef_[0] / scaler.scale_
    return Line(weights, float(model.intercept_[0] - weights @ scaler.mean_))


def _order(judge: Judge, one: Scored) -> list[int]:
    """The candidates that may be used, best first."""
    return sorted(one.usable, key=lambda n: -judge.strength(one.candidates[n]))


def _best_two(judge: Judge, one: Scored) -> tuple[Evidence, Evidence | None]:
    ordered = [one.candidates[number] for number in _order(judge, one)]
    return ordered[0], rival_of(ordered)


def _is_right(judge: Judge, one: Scored) -> bool:
    return bool(one.usable) and _order(judge, one)[0] in one.right


def held_out(scored: Sequence[Scored], fitting: Fitting) -> list[Result]:
    """Each case's probability from a judge that did not see its fold."""
    results = []
    for fold in range(FOLDS):
        judge = fit([one for one in scored if one.case.fold != fold], fitting)
        for one in scored:
            if one.case.fold == fold and one.usable:
                probability = judge.probability(one.asked, *_best_two(judge, one))
                results.append(Result(one.case, probability, right=_is_right(judge, one)))
    return results


def report(results: Sequence[Result], threshold: float) -> Mapping[str, float]:
    """Shares at a threshold: answered rightly, answered wrongly, of what has an answer or not."""
    has = [one for one in results if one.case.entry]
    near = [one for one in results if not one.case.entry and not one.case.stranger]
    strange = [one for one in results if one.case.stranger]
    return {
        "threshold": threshold,
        "answerable, best is right": _share(one.right for one in has),
        "answerable, answered right": _share(
            one.probability >= threshold and one.right for one in has
        ),
        "answerable, answered wrong": _share(
            one.probability >= threshold and not one.right for one in has
        ),
        "entry missing, answered": _share(one.probability >= threshold for one in near),
        "other topic, answered": _share(one.probability >= threshold for one in strange),
    }


def _share(values: Iterator[bool] | Sequence[bool]) -> float:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else float("nan")


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unrelated", type=Path)
    arguments = parser.parse_args()
    unrelated = read_unrelated(arguments.unrelated) if arguments.unrelated else []
    scored = collect(RememberingEmbedder(load_embedder(BUNDLED)), unrelated)
    results = held_out(scored, FITTING)
    print(len(scored), "cases,", sum(bool(one.case.entry) for one in scored), "answerable")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        print(json.dumps(report(results, threshold)))
    for language in sorted({base(one.case.language) for one in scored}):
        part = [one for one in results if base(one.case.language) == language]
        print(language, len(part), json.dumps(report(part, 0.5)))
    write("curated", fit(scored, FITTING).curated)


def write(kind: str, scale: Scale) -> None:
    """Write the numbers of one kind into the package; thresholds that stand there are kept."""
    target = Path(knowledge.__file__).parent / "decision.json"
    stored = json.loads(target.read_text(encoding="utf-8"))
    for name, line, features in (
        ("ranking", scale.ranking, FEATURES),
        ("answering", scale.answering, FACTS),
    ):
        weights = zip(features, line.weights, strict=True)
        stored[kind][name] = {
            "weights": {feature: round(float(weight), 5) for feature, weight in weights},
            "bias": round(line.bias, 5),
        }
    target.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
