"""The measures, as small functions on numbers.

A rank counts from 1; 0 means that the right passage was not among the hits.
"""

from collections.abc import Iterable, Sequence

import numpy as np

CUT = 10


def rank_of(wanted: str, found: Sequence[str]) -> int:
    """The place of an id among the hits."""
    return found.index(wanted) + 1 if wanted in found else 0


def ndcg(ranks: Sequence[int]) -> float:
    """Mean nDCG@10 of questions with one right passage each (Järvelin and Kekäläinen 2002).

    The ideal gain is 1, so each question counts 1 / log2(1 + rank), or 0 beyond rank ten.
    """
    return mean(1.0 / float(np.log2(1 + rank)) if 0 < rank <= CUT else 0.0 for rank in ranks)


def first(ranks: Sequence[int]) -> float:
    """R@1: the share of questions whose right passage comes first."""
    return mean(rank == 1 for rank in ranks)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How likely a positive scores above a negative; equal scores count half.

    The Mann-Whitney statistic divided by the number of pairs; nan without both kinds.
    """
    if not positive or not negative:
        return float("nan")
    order = np.sort(np.asarray(negative, dtype=np.float64))
    scores = np.asarray(positive, dtype=np.float64)
    below = np.searchsorted(order, scores, side="left")
    upto = np.searchsorted(order, scores, side="right")
    return float((below + upto).sum() / 2 / (len(positive) * len(negative)))


def threshold_at(negative: Sequence[float], rate: float) -> float:
    """The threshold *above* which at most ``rate`` of the negatives score.

    An answer is given above it, so ``rate`` bounds the false answers also where scores are equal.
    """
    ordered = sorted(negative, reverse=True)
    allowed = int(rate * len(ordered) + 1e-9)
    return ordered[allowed] if allowed < len(ordered) else float("-inf")


def share_above(scores: Iterable[float], threshold: float) -> float:
    """The share of scores above a threshold."""
    return mean(score > threshold for score in scores)


def equal_error(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The error at the threshold where false answers and wrong refusals are nearest to equal.

    The larger of the two errors there; nan without both kinds.
    """
    if not positive or not negative:
        return float("nan")
    candidates = [float("-inf"), *sorted({*positive, *negative})]
    errors: list[tuple[float, float]] = [
        (share_above(negative, threshold), 1 - share_above(positive, threshold))
        for threshold in candidates
    ]
    return min((abs(false - refused), max(false, refused)) for false, refused in errors)[1]


def mean(values: Iterable[float]) -> float:
    """The mean; nan of nothing."""
    listed = [float(value) for value in values]
    return sum(listed) / len(listed) if listed else float("nan")
