"""Which candidate answers best, how likely it answers at all, and from when on that is enough.

Two logistic regressions. The first, over the evidence for each candidate, orders them. The second,
over the best one's strength, its lead over the next and facts of the question, gives the
probability that it answers. Both are fitted by ``python -m benchmarks.fit_decision`` on the starter
knowledge with the right entry on the shelf and taken off it; the numbers stand in decision.json.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Self

import numpy as np
import numpy.typing as npt

from knowledge.evidence import FEATURES, Candidate, Evidence
from knowledge.language import base

_WIDEST_LEAD = 6.0
_STEEPEST = 40.0
_MAIN_LANGUAGES = ("zh", "en")
FACTS = ("strength", "lead", "known", "cosine", "share", "z", "main_language", "length")


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
class Judge:
    """Orders candidates, and decides about the best."""

    ranking: Line
    answering: Line
    answer_from: float
    ask_back_from: float

    def order(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates, best first."""
        return sorted(candidates, key=lambda one: -self.strength(one.evidence))

    def strength(self, evidence: Evidence) -> float:
        """How much speaks for a candidate, as log odds."""
        return self.ranking.logit(evidence.vector())

    def probability(self, asked: Asked, best: Evidence, rival: Evidence | None) -> float:
        """How likely the best candidate answers, 0 to 1; ``rival`` is the next best."""
        features = self.facts(asked, best, rival)
        logit = max(min(self.answering.logit(features), _STEEPEST), -_STEEPEST)
        return 1.0 / (1.0 + math.exp(-logit))

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
            ]
        )

    def decide(self, probability: float) -> Verdict:
        """What may be done at this probability."""
        if probability >= self.answer_from:
            return Verdict.ANSWER
        return Verdict.ASK_BACK if probability >= self.ask_back_from else Verdict.HAND_OFF


@cache
def load_judge() -> Judge:
    """The judge with the fitted numbers that come with the program."""
    stored = json.loads(files("knowledge").joinpath("decision.json").read_text(encoding="utf-8"))
    return Judge(
        ranking=Line.read(stored["ranking"], FEATURES),
        answering=Line.read(stored["answering"], FACTS),
        answer_from=float(stored["answer_from"]),
        ask_back_from=float(stored["ask_back_from"]),
    )
