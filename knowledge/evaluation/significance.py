"""What a count allows to say: exact binomial bounds, and whether a change is more than noise."""

import math

_STEPS = 60


def tail(successes: int, trials: int, rate: float) -> float:
    """The probability of at least so many successes in independent trials."""
    return sum(
        math.comb(trials, number) * rate**number * (1.0 - rate) ** (trials - number)
        for number in range(successes, trials + 1)
    )


def upper_bound(events: int, trials: int, confidence: float = 0.95) -> float:
    """The one-sided upper bound of a rate after Clopper and Pearson (1934).

    The largest rate at which so few events, or fewer, still happen with 1 - confidence.
    """
    if events >= trials:
        return 1.0
    low, high = events / trials, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if 1.0 - tail(events + 1, trials, middle) > 1.0 - confidence:
            low = middle
        else:
            high = middle
    return high


def worsening(lost: int, gained: int) -> float:
    """The chance that of the questions that changed as many or more were lost, were it even odds.

    The one-sided exact test of McNemar (1947) on paired results: only questions that went one way
    before and the other way now say anything.
    """
    return tail(lost, lost + gained, 0.5)
