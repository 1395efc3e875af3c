"""How thresholds move for the questions of one language and topic.

A calibration (:mod:`knowledge.calibration`) moves the thresholds that come with the program by one
number for each kind of question, in log odds: the thresholds of FAQ entries and of texts move
together, and their order stays.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.language import base
from knowledge.passage import Passage

Cell = tuple[str, str]
"""A language (base tag) and a topic; "" stands for all that have no cell of their own."""

_LEAST = 1e-12
"""Probabilities are kept this far from 0 and 1, so that their log odds are finite."""
_NEVER = 2.0
_DOUBT = 1.0
"""Log odds that a failed check takes. Of public texts, half of them taken away, one that fails a
check is the right one nearly as often as its evidence says (fitted: 0 to 1.8, by check)."""


@dataclass(frozen=True, slots=True)
class Shifts:
    """By how much the thresholds move, by cell; 0 where nothing was calibrated."""

    cells: Mapping[Cell, float] = field(default_factory=dict)

    def of(self, language: str, topic: str) -> float:
        """The shift for a question whose best candidate has this topic."""
        return self.cells.get(self.cell(language, topic), 0.0)

    def cell(self, language: str, topic: str) -> Cell:
        """The cell that a question belongs to."""
        own = base(language) if (base(language), "") in self.cells else ""
        return (own, topic) if (own, topic) in self.cells else (own, "")


def topic_of(passage: Passage) -> str:
    """The first topic that a passage's source names; "" if it names none."""
    words = " ".join(passage.provenance.topics).split()
    return words[0] if words else ""


def moved(threshold: float, shift: float) -> float:
    """A probability threshold, moved by log odds; those that no probability can miss stay."""
    if not shift or not 0.0 < threshold < 1.0:
        return threshold
    odds = log_odds(threshold) + shift
    return _NEVER if odds > log_odds(1.0) else 1.0 / (1.0 + math.exp(-odds))


def lowered(probability: float, relevance: float) -> float:
    """A probability, lowered by what speaks against the passage (log odds), never raised."""
    if relevance >= 0:
        return probability
    return 1.0 / (1.0 + math.exp(-(log_odds(probability) + relevance)))


def doubted(probability: float) -> float:
    """The probability that what fails a check is right all the same."""
    return lowered(probability, -_DOUBT)


def log_odds(probability: float) -> float:
    """The log odds of a probability; finite also at 0 and 1."""
    kept = min(max(probability, _LEAST), 1.0 - _LEAST)
    return math.log(kept / (1.0 - kept))
