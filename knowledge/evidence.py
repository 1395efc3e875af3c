"""What speaks for a candidate answer, as numbers that a decision can rest on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt

from knowledge.passage import Passage
from knowledge.retrieval import Hit, Ranking
from knowledge.shelf import unit_texts
from knowledge.snapshot import LivePassage

CONSIDERED = 6
"""Candidates that are looked at closely: the right one is among them in 97 of 100 cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The evidence for one candidate: a FAQ entry in all its languages, or a passage of a text.

    ``score``, ``z``, ``cosine`` and ``overlap`` are those of its best hit. ``share``: of the
    question's IDF mass, how much occurs in the candidate; ``asked_share``: in its best single
    question variant; ``answer_share``: in its answers. ``asked_z``: the highest z of a question
    variant, ``asked_z3`` and ``asked_mean`` the mean of the best three and of all; ``answer_z``:
    the highest of an answer. ``asked_cosine``, ``answer_cosine``: the highest cosines. ``curated``:
    1 for a FAQ entry, 0 for a text, which has no variants.
    """

    score: float
    z: float
    cosine: float
    overlap: float
    share: float
    asked_share: float
    answer_share: float
    asked_z: float
    asked_z3: float
    asked_mean: float
    answer_z: float
    asked_cosine: float
    answer_cosine: float
    curated: float

    def vector(self) -> npt.NDArray[np.float64]:
        """The features in the order of ``FEATURES``."""
        return np.asarray(astuple(self), dtype=np.float64)


FEATURES = tuple(field.name for field in fields(Evidence))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may answer: its best hit, its passages in all languages, the evidence."""

    hit: Hit
    passages: tuple[Passage, ...]
    evidence: Evidence

    @property
    def passage(self) -> Passage:
        """The passage that was hit."""
        return next(p for p in self.passages if p.id == self.hit.passage.id)


def weigh(question: str, ranking: Ranking) -> list[Candidate]:
    """Collect the evidence for the best candidates of a ranking, in its order."""
    hits = group(ranking.hits)[:CONSIDERED]
    answers = [_answers_of(hit, ranking) for hit in hits]
    passages = {p.id: p for p in ranking.read_live([one for some in answers for one in some])}
    cosines = ranking.cosines_of([one for some in answers for one in some])
    candidates = []
    for hit, live in zip(hits, answers, strict=True):
        found = tuple(passages[one.id] for one in live if one.id in passages)
        if any(one.id == hit.passage.id for one in found):
            evidence = _evidence(
                question, ranking, hit, _Closeness.of(live, cosines, ranking), found
            )
            candidates.append(Candidate(hit, found, evidence))
    return candidates


def group(hits: Sequence[Hit]) -> list[Hit]:
    """Keep the best hit of each FAQ entry; passages of texts stay as they are."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault((hit.passage.document, hit.passage.entry or hit.passage.id), hit)
    return list(best.values())


def _answers_of(hit: Hit, ranking: Ranking) -> tuple[LivePassage, ...]:
    """The answers of the hit's entry in all languages; the passage itself for a text."""
    key = (hit.passage.document, hit.passage.entry)
    return ranking.snapshot.siblings.get(key, (hit.passage,))


@dataclass(frozen=True, slots=True)
class _Closeness:
    """How near the vectors of a candidate are, as z and as cosine, each highest first."""

    asked: tuple[tuple[float, float], ...]
    answers: tuple[tuple[float, float], ...]

    @classmethod
    def of(
        cls, live: Sequence[LivePassage], cosines: Mapping[str, float], ranking: Ranking
    ) -> "_Closeness":
        scored = [
            (record == passage.id, ranking.standardise(cosines[record], name), cosines[record])
            for passage in live
            for record, name in passage.records.items()
            if record in cosines
        ]
        asked = sorted(((z, c) for is_answer, z, c in scored if not is_answer), reverse=True)
        answers = sorted(((z, c) for is_answer, z, c in scored if is_answer), reverse=True)
        return cls(tuple(asked), tuple(answers))


def _evidence(
    question: str, ranking: Ranking, hit: Hit, near: _Closeness, passages: Sequence[Passage]
) -> Evidence:
    share = ranking.snapshot.lexical.share
    variants = [variant.text for one in passages for variant in one.questions]
    asked = [z for z, _ in near.asked] or [0.0]
    return Evidence(
        score=hit.score,
        z=hit.z,
        cosine=hit.cosine,
        overlap=hit.overlap,
        share=share(question, _texts(passages)),
        asked_share=max((share(question, [text]) for text in variants), default=0.0),
        answer_share=share(question, [one.text for one in passages]),
        asked_z=asked[0],
        asked_z3=float(np.mean(asked[:3])),
        asked_mean=float(np.mean(asked)),
        answer_z=max((z for z, _ in near.answers), default=0.0),
        asked_cosine=max((c for _, c in near.asked), default=0.0),
        answer_cosine=max((c for _, c in near.answers), default=0.0),
        curated=1.0 if variants else 0.0,
    )


def _texts(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        yield from unit_texts(passage).values()
