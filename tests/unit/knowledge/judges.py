"""Judges whose verdict a test chooses; how likely an answer is belongs to test_decision.py."""

import numpy as np

from knowledge.decision import FACTS, Judge, Line, Scale
from knowledge.evidence import FEATURES

_NEVER = 2.0


def make_scale(
    *, answer_from: float = 0.0, ask_back_from: float = 0.0, bonus: float = 0.0
) -> Scale:
    """Weigh candidates by their score and a bonus, and give each a probability of one half."""
    by_score = np.asarray([float(name == "score") for name in FEATURES])
    answering = Line(np.zeros(len(FACTS)), 0.0)
    return Scale(Line(by_score, bonus), answering, answer_from, ask_back_from)


def make_judge(*, answers: bool = True, asks_back: bool = False) -> Judge:
    """Treat FAQ entries and texts alike."""
    scale = make_scale(
        answer_from=0.0 if answers else _NEVER, ask_back_from=0.0 if asks_back else _NEVER
    )
    return Judge(curated=scale, texts=scale)
