"""The questions of the starter that are compared, and what counts as similar."""

import random
from collections import Counter

import pytest

from benchmarks.alike import draw, measure_similar, read_ways
from benchmarks.waiting_shelf import read_topics


def test_a_draw_asks_each_of_sixty_entries_in_five_languages() -> None:
    asked = draw(read_ways(), random.Random(1))
    assert set(Counter(one.topic for one in asked).values()) == {5}
    assert len({(one.topic, one.variant.language) for one in asked}) == len(asked) == 300
    assert draw(read_ways(), random.Random(2)) != asked


@pytest.mark.model
def test_what_asks_the_same_is_found_more_often_than_by_plain_cosines() -> None:
    found = measure_similar([one for one in read_topics() if one.part == "tuned"])
    desk, plain = found["similar by the desk"], found["similar by plain cosines"]
    assert desk["found"] > plain["found"] > desk["false"]
    assert desk["false"] == plain["false"] < 0.01
