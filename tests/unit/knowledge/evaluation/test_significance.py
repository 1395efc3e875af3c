import pytest

from knowledge.evaluation.significance import tail, upper_bound, worsening


def test_the_tail_of_a_binomial() -> None:
    assert tail(0, 10, 0.3) == pytest.approx(1.0)
    assert tail(2, 2, 0.5) == pytest.approx(0.25)
    assert tail(3, 2, 0.5) == 0


@pytest.mark.parametrize(
    ("events", "trials", "bound"),
    # No event in n trials: 1 - 0.05 ** (1 / n). The others are quantiles of the beta distribution.
    [(0, 59, 0.0495), (0, 149, 0.0199), (1, 100, 0.0466), (5, 50, 0.1988), (7, 7, 1.0)],
)
def test_the_upper_bound_of_a_rate(events: int, trials: int, bound: float) -> None:
    assert upper_bound(events, trials) == pytest.approx(bound, abs=2e-4)


def test_even_changes_are_no_worsening() -> None:
    assert worsening(0, 0) == 1.0
    assert worsening(3, 3) > 0.5
    assert worsening(6, 0) == pytest.approx(1 / 64)
    assert worsening(10, 2) < 0.02
