"""The questions that wait, and what of them the desk puts together."""

from collections import Counter

import pytest

from benchmarks.waiting import measure_grouping
from benchmarks.waiting_shelf import read_topics


def test_each_topic_is_asked_in_other_words_and_languages() -> None:
    asked = read_topics()
    sizes = Counter(one.topic for one in asked)
    assert len(sizes) == 48
    assert min(sizes.values()) >= 5
    assert len({one.variant.text for one in asked}) == len(asked)
    assert len({one.variant.language for one in asked}) >= 12
    assert all(one.answer[1] for one in asked)


def test_a_topic_is_either_for_choosing_thresholds_or_held_out() -> None:
    parts: dict[str, set[str]] = {}
    for one in read_topics():
        parts.setdefault(one.topic, set()).add(one.part)
    assert Counter(frozenset(part) for part in parts.values()) == {
        frozenset({"tuned"}): 24,
        frozenset({"held-out"}): 24,
    }


@pytest.mark.model
def test_groups_hold_what_is_asked_alike_and_nothing_else() -> None:
    found = measure_grouping([one for one in read_topics() if one.part == "held-out"])
    desk, plain = found["desk"], found["plain cosine"]
    assert desk["precision"] >= 0.98
    assert desk["recall"] >= 0.42
    assert desk["recall"] > plain["recall"] * 3
