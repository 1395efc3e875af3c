"""Fit the decision: how likely it is that the best candidate answers the question.

    python -m benchmarks.fit_decision [--unrelated FOLDER]

Questions are the starter knowledge's own variants, in five folds. Positive: the variant itself is
taken off the shelf, its entry stays; right when the best hit is that entry. Negative: every entry
of the fold is taken off, and so are all guides, which may hold the answer too; nothing is right.
``--unrelated`` adds questions about other things from public data (a folder with
xquad-r.questions.jsonl). Writes the weights into knowledge/decision.json. Prints, on folds that
were not fitted on, what is answered rightly and wrongly by threshold. That a missing entry is
"answered" is an upper bound of wrong answers: often a neighbouring entry answers as well.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

import knowledge
from ingest.documents import Filing
from ingest.reading import read_document
from ingest.sync import find_starter
from knowledge.decision import FACTS, Asked, Judge, Line, Scale
from knowledge.embedding import BUNDLED, Embedder
from knowledge.evaluation.remembering import RememberingEmbedder
from knowledge.evidence import FEATURES, Evidence, weigh
from knowledge.language import base
from knowledge.models import load_embedder
from knowledge.passage import Audience, Document, PassageKind
from knowledge.retrieval import Retriever
from knowledge.shelf import ShelfReader, ShelfWriter

FOLDS = 5
EVERY = 2
"""Every how-manieth question variant is asked; all would take twice as long, to no effect."""


@dataclass(frozen=True)
class Case:
    """One question; ``entry`` is the right one, "" when nothing on the shelf answers."""

    question: str
    language: str
    entry: str
    fold: int
    stranger: bool = False


@dataclass(frozen=True)
class Scored:
    """A case with its candidates in the order found, and which of them is right (-1: none)."""

    case: Case
    asked: Asked
    candidates: tuple[Evidence, ...]
    right: int


@dataclass(frozen=True)
class Result:
    """A case that was judged; ``right``: the best candidate was the right one."""

    case: Case
    probability: float
    right: bool


def read_starter() -> list[Document]:
    """Every document of the starter knowledge."""
    folder = find_starter()
    documents = []
    for path in sorted(folder.rglob("*.*")):
        name = path.relative_to(folder).as_posix()
        documents.append(read_document(path.read_bytes(), Filing(name, "", None)).document)
    return documents


def cases_of(documents: Sequence[Document]) -> list[Case]:
    """Cases from question variants; an entry's variants spread over the folds."""
    cases = []
    seen: set[tuple[str, str]] = set()
    for document in documents:
        for passage in document.passages:
            for number, variant in enumerate(passage.questions):
                if (variant.text, passage.entry) in seen:
                    continue
                seen.add((variant.text, passage.entry))
                if len(seen) % EVERY:
                    continue
                cases.append(Case(variant.text, variant.language, passage.entry, number % FOLDS))
    return cases


def without_variants(documents: Sequence[Document], held: set[str]) -> list[Document]:
    """The shelf on which those questions are asked in no variant."""
    return [
        replace(
            document,
            passages=tuple(
                replace(p, questions=tuple(v for v in p.questions if v.text not in held))
                for p in document.passages
            ),
        )
        for document in documents
    ]


def without_entries(documents: Sequence[Document], held: set[str]) -> list[Document]:
    """The shelf on which those entries are missing, and everything that is not a FAQ."""
    return [
        replace(
            document,
            passages=tuple(
                p for p in document.passages if p.kind is PassageKind.FAQ and p.entry not in held
            ),
        )
        for document in documents
        if any(p.kind is PassageKind.FAQ for p in document.passages)
    ]


def score(
    documents: Sequence[Document], cases: Sequence[Case], embedder: Embedder
) -> Iterator[Scored]:
    """Ask the cases of a shelf made of these documents."""
    with tempfile.TemporaryDirectory() as folder:
        writer = ShelfWriter(Path(folder), embedder)
        for document in documents:
            writer.put(document, root="benchmark")
        writer.publish()
        writer.close()
        retriever = Retriever(ShelfReader(Path(folder), embedder.fingerprint), embedder)
        for case in cases:
            ranking = retriever.rank(
                case.question, language=case.language, audiences=Audience.STAFF.readable
            )
            found = weigh(case.question, ranking)
            entries = [one.passage.entry for one in found]
            yield Scored(
                case,
                Asked(case.question, case.language, ranking.known),
                tuple(one.evidence for one in found),
                entries.index(case.entry) if case.entry and case.entry in entries else -1,
            )


def collect(embedder: Embedder, unrelated: Sequence[Case]) -> list[Scored]:
    """Score every fold, with the answer on the shelf and without it."""
    documents = read_starter()
    cases = cases_of(documents)
    scored: list[Scored] = []
    for fold in range(FOLDS):
        print("fold", fold + 1, "of", FOLDS, file=sys.stderr, flush=True)
        held = [case for case in cases if case.fold == fold]
        texts = {case.question for case in held}
        scored += score(without_variants(documents, texts), held, embedder)
        entries = sorted({case.entry for case in cases})[fold::FOLDS]
        gone = [replace(c, fold=fold) for c in cases if c.entry in set(entries)]
        missing = [replace(case, entry="") for case in gone]
        strangers = [case for case in unrelated if case.fold == fold]
        scored += score(without_entries(documents, set(entries)), [*missing, *strangers], embedder)
    return scored


def read_unrelated(folder: Path) -> list[Case]:
    """Questions about other things: XQuAD-R in eleven languages."""
    cases: list[Case] = []
    for number, line in enumerate((folder / "xquad-r.questions.jsonl").open(encoding="utf-8")):
        row = json.loads(line)
        if number % 23 == 0:
            cases.append(Case(row["question"], row["lang"], "", len(cases) % FOLDS, stranger=True))
    return cases


def fit(scored: Sequence[Scored]) -> Judge:
    """Fit both regressions: first the order of candidates, then whether the best one answers."""
    rows = [(e.vector(), n == one.right) for one in scored for n, e in enumerate(one.candidates)]
    ranking = _regress(np.stack([row for row, _ in rows]), [right for _, right in rows])
    nothing = Line(np.zeros(len(FACTS)), 0.0)
    draft = judge_of(Scale(ranking, nothing, answer_from=0.5, ask_back_from=0.5))
    facts = [
        (draft.facts(one.asked, *_best_two(draft, one)), _is_right(draft, one))
        for one in scored
        if one.candidates
    ]
    answering = _regress(np.stack([row for row, _ in facts]), [right for _, right in facts])
    return judge_of(Scale(ranking, answering, answer_from=0.5, ask_back_from=0.5))


def judge_of(scale: Scale) -> Judge:
    """A judge with one scale for everything."""
    return Judge(curated=scale, texts=scale)


def _regress(features: npt.NDArray[np.float64], right: Sequence[bool]) -> Line:
    """Logistic regression on standardised features, given back on the raw ones."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=1.0, max_iter=2000).fit(scaler.transform(features), right)
    weights = model.coef_[0] / scaler.scale_
    return Line(weights, float(model.intercept_[0] - weights @ scaler.mean_))


def _order(judge: Judge, one: Scored) -> list[int]:
    return sorted(range(len(one.candidates)), key=lambda n: -judge.strength(one.candidates[n]))


def _best_two(judge: Judge, one: Scored) -> tuple[Evidence, Evidence | None]:
    order = _order(judge, one)
    return one.candidates[order[0]], one.candidates[order[1]] if len(order) > 1 else None


def _is_right(judge: Judge, one: Scored) -> bool:
    return bool(one.candidates) and _order(judge, one)[0] == one.right


def held_out(scored: Sequence[Scored]) -> list[Result]:
    """Each case's probability from a judge that did not see its fold."""
    results = []
    for fold in range(FOLDS):
        judge = fit([one for one in scored if one.case.fold != fold])
        for one in scored:
            if one.case.fold == fold and one.candidates:
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
    results = held_out(scored)
    print(len(scored), "cases,", sum(bool(one.case.entry) for one in scored), "answerable")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        print(json.dumps(report(results, threshold)))
    for language in sorted({base(one.case.language) for one in scored}):
        part = [one for one in results if base(one.case.language) == language]
        print(language, len(part), json.dumps(report(part, 0.5)))
    write("curated", fit(scored).curated)


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
