"""A judge that trusts the cosine, for tests that need some decision."""

import numpy as np

from knowledge.decision import FACTS, Judge, Line, Scale
from knowledge.evidence import FEATURES


def make_judge(*, answer_from: float = 0.5) -> Judge:
    """Orders by fused score; the probability grows with the cosine."""
    scale = Scale(
        ranking=Line(np.asarray([float(name == "score") for name in FEATURES]), 0.0),
        answering=Line(np.asarray([4.0 * (name == "cosine") for name in FACTS]), -2.0),
        answer_from=answer_from,
        ask_back_from=answer_from / 2,
    )
    return Judge(curated=scale, texts=scale)
