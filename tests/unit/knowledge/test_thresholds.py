import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.decision import load_judge
from knowledge.passage import Passage, PassageKind, Provenance
from knowledge.thresholds import Shifts, log_odds, moved, topic_of


def test_a_question_has_the_shift_of_its_own_cell() -> None:
    shifts = Shifts({("", ""): 1.0, ("", "tax"): 2.0, ("zh", ""): 3.0, ("zh", "tax"): 4.0})
    assert shifts.of("zh-Hans", "tax") == 4.0
    assert shifts.of("zh-Hant", "visas") == 3.0
    assert shifts.of("ru", "tax") == 2.0
    assert shifts.of("ru", "") == 1.0
    assert Shifts().of("ru", "tax") == 0.0


@pytest.mark.parametrize(
    ("topics", "topic"), [((), ""), (("visas hiring",), "visas"), (("tax", "hiring"), "tax")]
)
def test_the_first_topic_counts(topics: tuple[str, ...], topic: str) -> None:
    passage = Passage(
        id="p",
        document="d",
        ordinal=0,
        kind=PassageKind.TEXT,
        language="en",
        locator="1",
        text="Text.",
        provenance=Provenance(title="", topics=topics),
    )
    assert topic_of(passage) == topic


def test_a_threshold_moves_by_log_odds_and_its_ends_stay() -> None:
    assert moved(0.5, 0.0) == 0.5
    assert moved(0.5, log_odds(0.8)) == pytest.approx(0.8)
    assert (moved(0.0, 3.0), moved(2.0, -3.0)) == (0.0, 2.0)


@given(st.floats(0.0, 1.0), st.floats(0.01, 0.99))
def test_a_threshold_beyond_a_probability_is_above_it(probability: float, threshold: float) -> None:
    margin = log_odds(probability) - log_odds(threshold)
    assert probability < moved(threshold, margin + 1e-6)


def test_the_judge_answers_from_further_up_where_the_shift_says_so() -> None:
    shipped = load_judge()
    judge = type(shipped)(shipped.curated, shipped.texts, Shifts({("", ""): -0.5, ("zh", ""): 0.5}))
    chinese, other = judge.suited("zh-Hant", ""), judge.suited("ru", "tax")
    for scale in ("curated", "texts"):
        before = getattr(shipped, scale)
        assert getattr(chinese, scale).answer_from > before.answer_from
        assert getattr(other, scale).answer_from < before.answer_from
        assert getattr(other, scale).ask_back_from <= getattr(other, scale).answer_from
    assert shipped.suited("zh", "") is shipped
