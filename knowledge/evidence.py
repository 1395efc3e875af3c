"""What speaks for a candidate answer, as numbers that a decision can rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from knowledge.asked_kind import Kind, mentioned_kinds, mentions_any
from knowledge.candidate_subjects import Subjects
from knowledge.familiarity import as_fitted
from knowledge.glossary import concepts, used
from knowledge.language import base
from knowledge.passage import Passage, QuestionVariant
from knowledge.passage_table import LivePassage
from knowledge.preparation import unit_texts
from knowledge.ranking import Hit, Ranking
from knowledge.shared_words import SharedWords

CONSIDERED = 6
"""Candidates that are looked at closely: the right one is among them in 97 of 100 cases."""

_TERMS_READ = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The evidence for one candidate: a FAQ entry in all its languages, or a passage of a text.

    ``score``, ``z``, ``cosine`` and ``overlap`` are those of its best hit. ``share``: of the
    question's IDF mass, how much occurs in the candidate; ``asked_share``: in its best single
    question variant; ``answer_share``: in its answers. ``asked_z``: the highest z of a question
    variant, ``asked_z3`` and ``asked_mean`` the mean of the best three and of all; ``answer_z``:
    the highest of an answer. ``asked_cosine``, ``answer_cosine``: the highest cosines. ``curated``:
    1 for a FAQ entry, 0 for a text, which has no variants. ``own``: 1 where it, or a question that
    it answers, is in the question's language; ``own_share`` and ``own_cosine``: ``share`` and
    ``cosine`` then, else 0, because both mean less across languages. ``terms``: the share of the
    question's terms of the field (:mod:`knowledge.glossary`) that it uses too, in any language, and
    0 where the question has none; ``terms_missing``: how many it does not use. ``asked_missing``:
    how many no question that it answers uses, and ``kind_missing``: 1 where none of these asks for
    the kind of thing that is asked for; a text, which answers no question of its own, misses none.
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
    own: float
    own_share: float
    own_cosine: float
    terms: float
    terms_missing: float
    asked_missing: float
    kind_missing: float

    def vector(self) -> npt.NDArray[np.float64]:
        """The features in the order of ``FEATURES``."""
        return np.asarray(_read_features(self), dtype=np.float64)


FEATURES = tuple(field.name for field in fields(Evidence))
_read_features = attrgetter(*FEATURES)


@dataclass(frozen=True)
class Candidate:
    """Something that may answer: its best hit, its passages in all languages, the evidence.

    ``alike`` are the ids of other passages that say the same, as copies or in translation.
    """

    hit: Hit
    passages: tuple[Passage, ...]
    evidence: Evidence
    alike: frozenset[str] = frozenset()

    @cached_property
    def subjects(self) -> Subjects:
        """What it names."""
        return Subjects(self.passages)

    @property
    def passage(self) -> Passage:
        """The passage that was hit."""
        return next(p for p in self.passages if p.id == self.hit.passage.id)


def weigh(question: str, ranking: Ranking) -> list[Candidate]:
    """Collect the evidence for the best candidates of a ranking, in its order."""
    hits = group(ranking.hits, CONSIDERED)
    answers = [_answers_of(hit, ranking) for hit in hits]
    everything = [one for some in answers for one in some]
    passages = {p.id: p for p in ranking.read_live(everything)}
    cosines = ranking.cosines_of(everything)
    table, lexical = ranking.snapshot.table, ranking.snapshot.lexical
    asked = _Asked.of(question, ranking, SharedWords.of(question, lexical, table, everything))
    candidates = []
    for hit, live in zip(hits, answers, strict=True):
        found = tuple(passages[one.id] for one in live if one.id in passages)
        if any(one.id == hit.passage.id for one in found):
            near = _Closeness.of(live, cosines, ranking)
            same = [ranking.snapshot.links.alike(one.id) for one in found]
            evidence = asked.evidence(hit, near, found)
            candidates.append(Candidate(hit, found, evidence, frozenset[str]().union(*same)))
    return candidates


def group(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """The best hit of each FAQ entry, up to ``limit``; passages of texts stay as they are."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault((hit.passage.document, hit.passage.entry or hit.passage.id), hit)
        if len(best) == limit:
            break
    return list(best.values())


def _answers_of(hit: Hit, ranking: Ranking) -> tuple[LivePassage, ...]:
    """The answers of the hit's entry in all languages; the passage itself for a text."""
    return ranking.snapshot.table.siblings(hit.passage)


@dataclass(frozen=True, slots=True)
class _Closeness:
    """How near the vectors of a candidate are, as z and as cosine, each highest first."""

    asked: tuple[tuple[float, float], ...]
    answers: tuple[tuple[float, float], ...]

    @classmethod
    def of(
        cls, live: Sequence[LivePassage], cosines: Mapping[str, float], ranking: Ranking
    ) -> "_Closeness":
        known = ranking.snapshot.fingerprint
        scored = [
            (record == passage.id, z, as_fitted(cosines[record], z, known))
            for passage in live
            for record, name in passage.records.items()
            if record in cosines
            for z in (ranking.standardise(cosines[record], name),)
        ]
        asked = sorted(((z, c) for is_answer, z, c in scored if not is_answer), reverse=True)
        answers = sorted(((z, c) for is_answer, z, c in scored if is_answer), reverse=True)
        return cls(tuple(asked), tuple(answers))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a question is held against each candidate."""

    words: SharedWords
    terms: frozenset[str]
    kinds: frozenset[Kind]
    language: str
    fingerprint: str

    @classmethod
    def of(cls, question: str, ranking: Ranking, words: SharedWords) -> "_Asked":
        # Whether something may be done is asked in all forms: it tells no question from another.
        kinds = mentioned_kinds(question) - {Kind.PERMISSION}
        language = ranking.language
        terms = concepts(question, language)
        return cls(words, terms, kinds, language, ranking.snapshot.fingerprint)

    def evidence(self, hit: Hit, near: _Closeness, passages: Sequence[Passage]) -> Evidence:
        variants = [variant for one in passages for variant in one.questions]
        shares = self.words.shares(passages)
        asked = [z for z, _ in near.asked] or [0.0]
        missing = len(self.terms - terms_of(passages, self.language, self.terms))
        cosine, own = as_fitted(hit.cosine, hit.z, self.fingerprint), float(hit.own)
        return Evidence(
            score=hit.score,
            z=hit.z,
            cosine=cosine,
            overlap=hit.overlap,
            share=shares.whole,
            asked_share=shares.asked,
            answer_share=shares.answer,
            asked_z=asked[0],
            asked_z3=_mean(asked[:3]),
            asked_mean=_mean(asked),
            answer_z=max((z for z, _ in near.answers), default=0.0),
            asked_cosine=max((c for _, c in near.asked), default=0.0),
            answer_cosine=max((c for _, c in near.answers), default=0.0),
            curated=1.0 if variants else 0.0,
            own=own,
            own_share=own * shares.whole,
            own_cosine=own * cosine,
            terms=1 - missing / len(self.terms) if self.terms else 0.0,
            terms_missing=float(missing),
            asked_missing=float(self._missed_by(variants, missing)),
            kind_missing=float(bool(variants) and not self._same_kind(variants)),
        )

    def _missed_by(self, variants: Sequence[QuestionVariant], missing: int) -> int:
        """How many of its terms none of these questions uses; ``missing`` where there are none."""
        read = {*_TERMS_READ, base(self.language)}
        asked = [(one.text, one.language) for one in variants if base(one.language) in read]
        return len(self.terms - _used_in(asked, self.terms)) if asked else missing

    def _same_kind(self, variants: Sequence[QuestionVariant]) -> bool:
        """Whether one of these questions asks for one of its kinds, if it has any."""
        return not self.kinds or any(mentions_any(one.text, self.kinds) for one in variants)


def terms_of(passages: Sequence[Passage], language: str, wanted: frozenset[str]) -> frozenset[str]:
    """The wanted terms that a candidate uses in Chinese, English or the question's language."""
    if not wanted:
        return wanted
    read = {*_TERMS_READ, base(language)}
    chosen = [one for one in passages if base(one.language) in read] or passages[:1]
    units = (unit for passage in chosen for unit in unit_texts(passage).items())
    return _used_in([(text, tongue) for tongue, text in units if base(tongue) in read], wanted)


def _used_in(texts: Sequence[tuple[str, str]], wanted: frozenset[str]) -> frozenset[str]:
    """Which of the terms these texts use, each with its language."""
    left = wanted
    for text, language in texts:
        if not left:
            break
        left -= used(text, language, left)
    return wanted - left


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
