"""Groups by average linkage, from a matrix of likenesses.

The two groups whose members are most alike on average are joined first, until none are enough
(Sokal and Michener 1958, "A statistical method for evaluating systematic relationships"). Unlike
one pass in the order of coming, it does not hang on who asked first.
"""

import numpy as np
import numpy.typing as npt

_NEVER = -np.inf


def link(likeness: npt.NDArray[np.float64], *, least: float) -> list[list[int]]:
    """Numbers of rows by group, in the order of their first; (n, n), symmetrical.

    Groups whose members are ``least`` alike on average are joined. Takes n times n for each join.
    """
    between = likeness.astype(np.float64)
    np.fill_diagonal(between, _NEVER)
    groups: dict[int, list[int]] = {number: [number] for number in range(len(between))}
    while len(groups) > 1:
        first, second = sorted(np.unravel_index(int(between.argmax()), between.shape))
        if between[first, second] < least:
            break
        one, other = groups[int(first)], groups.pop(int(second))
        joined = len(one) * between[first] + len(other) * between[second]
        between[first] = between[:, first] = joined / (len(one) + len(other))
        between[second] = between[:, second] = _NEVER
        between[first, first] = _NEVER
        one.extend(other)
    return [sorted(group) for _, group in sorted(groups.items())]
