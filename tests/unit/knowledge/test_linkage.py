import numpy as np
import numpy.typing as npt

from knowledge.linkage import link


def likeness(*values: float) -> npt.NDArray[np.float64]:
    """Points on a line: the further apart, the less alike."""
    places = np.asarray(values)
    return np.asarray(1 - np.abs(places[:, None] - places[None, :]), dtype=np.float64)


def test_the_nearest_join_first_whoever_came_first() -> None:
    # In one pass the second would join the first, and the third would stay alone.
    assert link(likeness(0.0, 0.4, 0.6), least=0.55) == [[0], [1, 2]]


def test_what_is_near_one_member_only_stays_out() -> None:
    assert link(likeness(0.0, 0.3, 0.62), least=0.6) == [[0, 1], [2]]


def test_nothing_and_one_are_grouped_too() -> None:
    assert link(np.zeros((0, 0)), least=0.5) == []
    assert link(np.ones((1, 1)), least=0.5) == [[0]]


def test_what_is_given_stays_as_it_was() -> None:
    given = likeness(0.0, 0.1)
    link(given, least=0.5)
    assert given[0, 0] == 1
