"""The questions that the decision is fitted on, each with what a shelf has for it."""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ingest.documents import Filing
from ingest.reading import read_document
from ingest.sync import find_starter
from knowledge.answer import Inquiry
from knowledge.decision import Asked
from knowledge.embedding import Embedder
from knowledge.evidence import Evidence, weigh
from knowledge.language import identify
from knowledge.passage import Audience, Document, PassageKind
from knowledge.retrieval import Retriever
from knowledge.shelf import ShelfReader, ShelfWriter
from knowledge.suitability import Requirements

FOLDS = 5
EVERY = 2
"""Every how-manieth question variant is asked; all would take twice as long, to no effect."""
ASKED = 5
"""How often a question of the suites counts."""
TODAY = date(2026, 11, 23)
SUITES = ("questions", "near_misses")
KINDS = frozenset({"answerable", "near-miss", "topic-missing"})


@dataclass(frozen=True)
class Case:
    """One question; ``entry`` is a right one, "" when nothing on the shelf answers.

    ``others`` are right as well; ``weight``: how often it counts.
    """

    question: str
    language: str
    entry: str
    fold: int
    stranger: bool = False
    others: tuple[str, ...] = ()
    weight: int = 1


@dataclass(frozen=True)
class Scored:
    """A case with its candidates in the order found.

    ``right``: the numbers of the right ones; ``usable``: of those that may be used for it at all.
    """

    case: Case
    asked: Asked
    candidates: tuple[Evidence, ...]
    right: frozenset[int]
    usable: frozenset[int]


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
            found = [one for one in weigh(case.question, ranking) if one.evidence.curated]
            required = _required(case)
            right = {case.entry, *case.others} - {""}
            yield Scored(
                case,
                Asked(case.question, case.language, ranking.known),
                tuple(one.evidence for one in found),
                frozenset(n for n, one in enumerate(found) if one.passage.entry in right),
                frozenset(n for n, one in enumerate(found) if required.met_by(one)),
            )


def _required(case: Case) -> Requirements:
    inquiry = Inquiry(
        text=case.question, readable=(case.language,), audience=Audience.STAFF, today=TODAY
    )
    return Requirements.of(inquiry)


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
    return [*scored, *score(documents, read_suites(), embedder)]


def read_suites() -> list[Case]:
    """The questions that were written for measuring, but for those that are kept for the test."""
    cases: list[Case] = []
    for suite in SUITES:
        path = Path(__file__).parent / suite / "questions.jsonl"
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row.get("split") == "test" or row.get("kind", "near-miss") not in KINDS:
                continue
            named = row["expect"].get("entry", ())
            first, *others = [named] if isinstance(named, str) else (named or [""])
            language = row.get("language") or identify(row["question"])
            fold = len(cases) % FOLDS
            case = Case(row["question"], language, first, fold)
            cases.append(replace(case, others=tuple(others), weight=ASKED))
    return cases


def read_unrelated(folder: Path) -> list[Case]:
    """Questions about other things: XQuAD-R in eleven languages."""
    cases: list[Case] = []
    for number, line in enumerate((folder / "xquad-r.questions.jsonl").open(encoding="utf-8")):
        row = json.loads(line)
        if number % 23 == 0:
            cases.append(Case(row["question"], row["lang"], "", len(cases) % FOLDS, stranger=True))
    return cases
