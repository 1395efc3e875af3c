"""Which candidate answers best, how likely it answers at all, and from when on that is enough.

Two logistic regressions for each kind of candidate. The first, over the evidence for each, orders
them. The second, over the best one's strength, its lead over the next and facts of the question,
gives the probability that it answers. Those for FAQ entries are fitted by ``python -m
benchmarks.fit_decision`` on the starter knowledge and on our own suite, those for texts by ``python
-m benchmarks.fit_texts`` on public questions, with the right one on the shelf and taken off it. The
numbers stand in decision.json.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.evidence import FEATURES, Candidate, Evidence
from knowledge.language import base
from knowledge.thresholds import Shifts, moved

_WIDEST_LEAD = 6.0
_STEEPEST = 40.0
_MAIN_LANGUAGES = ("zh", "en")
FACTS = (
    *("strength", "lead", "known", "cosine", "share", "z", "main_language", "length"),
    *("own", "own_share", "own_cosine", "terms", "terms_missing"),
    *("asked_missing", "kind_missing"),
)


class Verdict(StrEnum):
    """What the evidence allows."""

    ANSWER = "answer"
    ASK_BACK = "ask-back"
    HAND_OFF = "hand-off"


@dataclass(frozen=True, slots=True)
class Line:
    """A logistic regression: weights by feature, and the intercept."""

    weights: npt.NDArray[np.float64]
    bias: float

    @classmethod
    def read(cls, stored: dict[str, object], names: Sequence[str]) -> Self:
        """Read it from what decision.json holds."""
        weights = stored["weights"]
        if not isinstance(weights, dict) or not isinstance(stored["bias"], int | float):
            message = "decision.json does not hold weights and a bias"
            raise TypeError(message)
        return cls(np.asarray([float(weights[name]) for name in names]), float(stored["bias"]))

    def logit(self, features: npt.NDArray[np.float64]) -> float:
        """The log odds."""
        return float(features @ self.weights) + self.bias


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the question itself; ``known``: share of its words on the shelf."""

    text: str
    language: str
    known: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How candidates of one kind are weighed, and from which probability on they answer."""

    ranking: Line
    answering: Line
    answer_from: float
    ask_back_from: float

    @classmethod
    def read(cls, stored: Mapping[str, object]) -> Self:
        """Read it from what decision.json holds."""
        ranking, answering = stored["ranking"], stored["answering"]
        if not isinstance(ranking, dict) or not isinstance(answering, dict):
            message = "decision.json does not hold two regressions"
            raise TypeError(message)
        return cls(
            Line.read(ranking, FEATURES),
            Line.read(answering, FACTS),
            float(str(stored["answer_from"])),
            float(str(stored["ask_back_from"])),
        )

    def shifted(self, shift: float) -> Self:
        """The same scale, answering from further up or down (log odds)."""
        answer_from = moved(self.answer_from, shift)
        return replace(
            self, answer_from=answer_from, ask_back_from=min(self.ask_back_from, answer_from)
        )


@dataclass(frozen=True, slots=True)
class Judge:
    """Orders candidates, and decides about the best.

    FAQ entries (``curated``) are known by the questions that they answer, ``texts`` only by what
    they say: the same similarity means less there, so each kind has a scale of its own.
    ``shifts`` move the thresholds for the questions of a language and topic.
    """

    curated: Scale
    texts: Scale
    shifts: Shifts = field(default_factory=Shifts)

    def suited(self, language: str, topic: str) -> Self:
        """The judge for a question in this language whose best candidate has this topic."""
        shift = self.shifts.of(language, topic)
        if not shift:
            return self
        return replace(self, curated=self.curated.shifted(shift), texts=self.texts.shifted(shift))

    def scale(self, evidence: Evidence) -> Scale:
        """The scale for this kind of candidate."""
        return self.curated if evidence.curated else self.texts

    def order(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, best first; a reranker has a say in it."""
        return sorted(
            candidates, key=lambda one: -(self.strength(one.evidence) + one.hit.relevance)
        )

    def strength(self, evidence: Evidence) -> float:
        """How much speaks for a candidate, as log odds."""
        return self.scale(evidence).ranking.logit(evidence.vector())

    def probability(self, asked: Asked, best: Evidence, rival: Evidence | None) -> float:
        """How likely the best candidate answers, 0 to 1; ``rival`` is the next best."""
        features = self.facts(asked, best, rival)
        logit = self.scale(best).answering.logit(features)
        return 1.0 / (1.0 + math.exp(-max(min(logit, _STEEPEST), -_STEEPEST)))

    def facts(
        self, asked: Asked, best: Evidence, rival: Evidence | None
    ) -> npt.NDArray[np.float64]:
        """The features of the second regression, in the order of ``FACTS``."""
        strength = self.strength(best)
        lead = strength - self.strength(rival) if rival else _WIDEST_LEAD
        return np.asarray(
            [
                strength,
                min(lead, _WIDEST_LEAD),
                asked.known,
                best.cosine,
                best.share,
                best.z,
                float(base(asked.language) in _MAIN_LANGUAGES),
                math.sqrt(len(asked.text)),
                best.own,
                best.own_share,
                best.own_cosine,
                best.terms,
                best.terms_missing,
                best.asked_missing,
                best.kind_missing,
            ]
        )

    def decide(self, probability: float, best: Evidence) -> Verdict:
        """What may be done when the best candidate answers with this probability."""
        scale = self.scale(best)
        if probability >= scale.answer_from:
            return Verdict.ANSWER
        return Verdict.ASK_BACK if probability >= scale.ask_back_from else Verdict.HAND_OFF


def rival_of(candidates: Sequence[Evidence]) -> Evidence | None:
    """The best of those that may be meant instead of the first one, if there is any.

    One that is asked for less of what the question names is none: asked which visa it takes, an
    entry about visas has no rival in one about permits; asked how long, none in one about whether.
    """
    best, *others = candidates
    return next(
        (
            one
            for one in others
            if one.asked_missing <= best.asked_missing and one.kind_missing <= best.kind_missing
        ),
        None,
    )


@cache
def load_judge() -> Judge:
    """The judge with the fitted numbers that come with the program."""
    stored = json.loads(files("knowledge").joinpath("decision.json").read_text(encoding="utf-8"))
    return Judge(curated=Scale.read(stored["curated"]), texts=Scale.read(stored["texts"]))
