import math

import pytest

from knowledge.evaluation.metrics import (
    auroc,
    equal_error,
    first,
    mean,
    ndcg,
    rank_of,
    share_above,
    threshold_at,
)


def test_rank_counts_from_one_and_is_zero_for_what_is_missing() -> None:
    assert [rank_of(wanted, ("a", "b")) for wanted in ("a", "b", "c")] == [1, 2, 0]


def test_ndcg_of_one_right_passage_is_the_discount_of_its_rank() -> None:
    # 1 / log2(2) = 1, 1 / log2(4) = .5, 1 / log2(11) = .289; rank 11 and "missing" give nothing.
    assert ndcg([1]) == 1
    assert ndcg([3]) == 0.5
    assert ndcg([1, 3, 0, 11]) == pytest.approx(1.5 / 4)
    assert ndcg([10]) == pytest.approx(0.28906, abs=1e-5)


def test_first_counts_rank_one_only() -> None:
    assert first([1, 2, 0, 1]) == 0.5


def test_auroc_is_the_share_of_pairs_in_order_and_ties_count_half() -> None:
    assert auroc([2, 3], [0, 1]) == 1
    assert auroc([0, 1], [2, 3]) == 0
    assert auroc([1, 1], [1, 1]) == 0.5
    # Pairs: .8>.4, .8>.6, .5>.4, .5<.6, .6>.4, .6=.6 give 4.5 of 6.
    assert auroc([0.8, 0.5, 0.6], [0.4, 0.6]) == pytest.approx(4.5 / 6)


def test_auroc_needs_both_kinds() -> None:
    assert math.isnan(auroc([], [1.0]))
    assert math.isnan(auroc([1.0], []))


def test_threshold_lets_at_most_the_rate_pass() -> None:
    negative = [float(number) for number in range(20)]
    assert threshold_at(negative, 0.05) == 18
    assert share_above(negative, threshold_at(negative, 0.05)) == 0.05
    assert share_above(negative, threshold_at(negative, 0.0)) == 0


def test_threshold_is_not_fooled_by_equal_scores() -> None:
    negative = [1.0] * 10 + [0.0] * 10
    assert share_above(negative, threshold_at(negative, 0.2)) == 0
    assert share_above(negative, threshold_at(negative, 0.5)) == 0.5


def test_threshold_of_nothing_lets_everything_pass() -> None:
    assert threshold_at([], 0.05) == float("-inf")


def test_equal_error_is_the_error_where_both_are_alike() -> None:
    assert equal_error([3, 4], [1, 2]) == 0
    # Between 2 and 3 one of three positives is refused and one of three negatives answered.
    assert equal_error([1, 4, 5], [0, 2, 6]) == pytest.approx(1 / 3)
    assert math.isnan(equal_error([], [1.0]))


def test_mean_of_nothing_is_not_a_number() -> None:
    assert math.isnan(mean([]))
    assert mean([True, False]) == 0.5
