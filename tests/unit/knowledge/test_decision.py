from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.decision import FACTS, Asked, Judge, Line, Verdict, load_judge
from knowledge.evidence import FEATURES, Evidence
from tests.unit.knowledge.judges import make_judge

ASKED = Asked("What visa do I need?", "en", 1.0)
EVIDENCE = Evidence(**{field.name: 0.5 for field in fields(Evidence)})


def test_the_fitted_numbers_can_be_read_and_make_sense() -> None:
    judge = load_judge()
    assert len(judge.ranking.weights) == len(FEATURES)
    assert len(judge.answering.weights) == len(FACTS)
    assert np.isfinite(judge.ranking.weights).all()
    assert np.isfinite(judge.answering.weights).all()
    assert 0 < judge.ask_back_from <= judge.answer_from < 1


@pytest.mark.parametrize("name", FEATURES)
@given(weight=st.floats(-5, 5), step=st.floats(0.01, 3))
def test_strength_moves_in_the_direction_of_each_weight(
    name: str, weight: float, step: float
) -> None:
    weights = np.asarray([weight if one == name else 0.0 for one in FEATURES])
    judge = replace(make_judge(), ranking=Line(weights, 0.0))
    more = replace(EVIDENCE, **{name: 0.5 + step})
    moved = judge.strength(more) - judge.strength(EVIDENCE)
    assert moved == pytest.approx(weight * step)


@pytest.mark.parametrize("index", range(len(FACTS)))
def test_probability_moves_in_the_direction_of_each_weight(index: int) -> None:
    weights = np.zeros(len(FACTS))
    weights[index] = 1.0
    up = replace(make_judge(), answering=Line(weights, -1.0))
    down = replace(make_judge(), answering=Line(-weights, 1.0))
    facts = up.facts(ASKED, EVIDENCE, None)
    assert facts[index] > 0
    base_rate = replace(make_judge(), answering=Line(weights * 0, -1.0))
    assert up.probability(ASKED, EVIDENCE, None) > base_rate.probability(ASKED, EVIDENCE, None)
    mirrored = down.probability(ASKED, EVIDENCE, None)
    assert up.probability(ASKED, EVIDENCE, None) == pytest.approx(1 - mirrored)


@given(st.floats(-1e6, 1e6))
def test_a_probability_stays_between_0_and_1(bias: float) -> None:
    judge = replace(make_judge(), answering=Line(np.zeros(len(FACTS)), bias))
    assert 0.0 <= judge.probability(ASKED, EVIDENCE, EVIDENCE) <= 1.0


def test_a_near_rival_makes_the_lead_small() -> None:
    lead = FACTS.index("lead")
    judge = make_judge()
    assert judge.facts(ASKED, EVIDENCE, EVIDENCE)[lead] == 0
    alone = judge.facts(ASKED, EVIDENCE, None)[lead]
    weaker = replace(EVIDENCE, **{name: -100.0 for name in FEATURES})
    assert judge.facts(ASKED, EVIDENCE, weaker)[lead] == alone > 0


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
    judge = Judge(make_judge().ranking, make_judge().answering, answer_from=0.8, ask_back_from=0.3)
    assert judge.decide(probability) is verdict


def test_numbers_of_another_shape_are_refused() -> None:
    with pytest.raises(TypeError):
        Line.read({"weights": [1.0], "bias": 0.0}, FEATURES)
    with pytest.raises(KeyError):
        Line.read({"weights": {}, "bias": 0.0}, FEATURES)
