from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.decision import FACTS, Asked, Judge, Line, Scale, Verdict, load_judge, rival_of
from knowledge.evidence import FEATURES, Evidence
from tests.unit.knowledge.judges import make_judge, make_scale

ASKED = Asked("What visa do I need?", "en", 1.0)
ENTRY = Evidence(**{field.name: 0.5 for field in fields(Evidence)})
TEXT = replace(ENTRY, curated=0.0)


def judge_by(*, ranking: Line | None = None, answering: Line | None = None) -> Judge:
    """A judge with these regressions."""
    plain = make_scale()
    scale = replace(plain, ranking=ranking or plain.ranking, answering=answering or plain.answering)
    return Judge(curated=scale, texts=scale)


@pytest.mark.parametrize("kind", ["curated", "texts"])
def test_the_fitted_numbers_can_be_read_and_make_sense(kind: str) -> None:
    scale: Scale = getattr(load_judge(), kind)
    for line, names in ((scale.ranking, FEATURES), (scale.answering, FACTS)):
        assert len(line.weights) == len(names)
        assert np.isfinite([*line.weights, line.bias]).all()
    assert 0 < scale.ask_back_from <= scale.answer_from < 1


@pytest.mark.parametrize("name", [name for name in FEATURES if name != "curated"])
@given(weight=st.floats(-5, 5), step=st.floats(0.01, 3))
def test_strength_moves_in_the_direction_of_each_weight(
    name: str, weight: float, step: float
) -> None:
    weights = np.asarray([weight if one == name else 0.0 for one in FEATURES])
    judge = judge_by(ranking=Line(weights, 0.0))
    more = replace(ENTRY, **{name: 0.5 + step})
    assert judge.strength(more) - judge.strength(ENTRY) == pytest.approx(weight * step)


@pytest.mark.parametrize("index", range(len(FACTS)))
def test_probability_moves_in_the_direction_of_each_weight(index: int) -> None:
    weights = np.zeros(len(FACTS))
    weights[index] = 1.0
    up = judge_by(answering=Line(weights, -1.0)).probability(ASKED, ENTRY, None)
    down = judge_by(answering=Line(-weights, 1.0)).probability(ASKED, ENTRY, None)
    level = judge_by(answering=Line(weights * 0, -1.0)).probability(ASKED, ENTRY, None)
    assert make_judge().facts(ASKED, ENTRY, None)[index] > 0
    assert up > level
    assert up == pytest.approx(1 - down)


@given(st.floats(-1e6, 1e6))
def test_a_probability_stays_between_0_and_1(bias: float) -> None:
    judge = judge_by(answering=Line(np.zeros(len(FACTS)), bias))
    assert 0.0 <= judge.probability(ASKED, ENTRY, ENTRY) <= 1.0


def test_a_near_rival_makes_the_lead_small() -> None:
    lead = FACTS.index("lead")
    judge = make_judge()
    assert judge.facts(ASKED, ENTRY, ENTRY)[lead] == 0
    alone = judge.facts(ASKED, ENTRY, None)[lead]
    weaker = replace(ENTRY, **dict.fromkeys(FEATURES, -100.0))
    assert judge.facts(ASKED, ENTRY, weaker)[lead] == alone > 0


def test_an_entry_that_is_asked_for_less_is_no_rival() -> None:
    visas = replace(ENTRY, asked_missing=0.0)
    permits = replace(ENTRY, asked_missing=1.0)
    other = replace(visas, score=0.1)
    assert rival_of([visas, permits, other]) is other
    assert rival_of([visas, permits]) is None
    assert rival_of([permits, visas]) is visas
    assert rival_of([visas]) is None


def test_an_entry_that_is_not_asked_for_the_kind_is_no_rival() -> None:
    how_long = replace(ENTRY, kind_missing=0.0)
    whether = replace(ENTRY, kind_missing=1.0)
    assert rival_of([how_long, whether]) is None
    assert rival_of([whether, how_long]) is how_long


@pytest.mark.parametrize(
    ("probability", "verdict"),
    [
        (1.0, Verdict.ANSWER),
        (0.8, Verdict.ANSWER),
        (0.79, Verdict.ASK_BACK),
        (0.3, Verdict.ASK_BACK),
        (0.29, Verdict.HAND_OFF),
        (0.0, Verdict.HAND_OFF),
    ],
)
def test_thresholds(probability: float, verdict: Verdict) -> None:
    scale = make_scale(answer_from=0.8, ask_back_from=0.3)
    assert Judge(curated=scale, texts=scale).decide(probability, ENTRY) is verdict


def test_entries_and_texts_have_a_scale_of_their_own() -> None:
    strict = make_scale(answer_from=0.9, ask_back_from=0.9)
    judge = Judge(curated=make_scale(answer_from=0.4), texts=strict)
    assert judge.decide(0.5, ENTRY) is Verdict.ANSWER
    assert judge.decide(0.5, TEXT) is Verdict.HAND_OFF
    sure = replace(strict, answering=Line(np.zeros(len(FACTS)), 5.0))
    judge = Judge(curated=make_scale(), texts=sure)
    assert judge.probability(ASKED, TEXT, None) > judge.probability(ASKED, ENTRY, None) == 0.5


def test_numbers_of_another_shape_are_refused() -> None:
    with pytest.raises(TypeError):
        Line.read({"weights": [1.0], "bias": 0.0}, FEATURES)
    with pytest.raises(KeyError):
        Line.read({"weights": {}, "bias": 0.0}, FEATURES)
    with pytest.raises(TypeError):
        Scale.read({"ranking": [], "answering": {}, "answer_from": 0.5, "ask_back_from": 0.3})
