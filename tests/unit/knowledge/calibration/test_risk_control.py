import math
import random
from collections.abc import Sequence

import pytest

from knowledge.calibration.risk_control import control, divide, needed, plan
from knowledge.evaluation.asking import Request
from knowledge.evaluation.cases import DeskCase
from knowledge.evaluation.margins import Margins, Reach


def make_margins(
    wrong: float | None = None,
    *,
    right: float | None = None,
    language: str = "en",
    topic: str = "",
    answerable: bool = True,
) -> Margins:
    """A question with its wrong or its right answer at a margin."""
    case = DeskCase(
        id="",
        request=Request(question="?", language=language),
        kind="",
        split="",
        outcomes=("answered",) if answerable else ("handed_off",),
        documents=(),
        entries=(),
        year=None,
    )
    reaches = [Reach(wrong, right=False)] if wrong is not None else []
    reaches += [Reach(right, right=True)] if right is not None else []
    return Margins(case, topic, tuple(reaches))


def some(count: int, **given: object) -> list[Margins]:
    return [make_margins(**given) for _ in range(count)]  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize(("rate", "least"), [(0.02, 49), (0.05, 19), (0.1, 9), (0.25, 3)])
def test_a_rate_needs_so_many_questions(rate: float, least: int) -> None:
    assert needed(rate) == least
    chosen = plan([*some(least, wrong=1.0)], rate)
    assert chosen.kept
    assert not plan([*some(least - 1, wrong=1.0)], rate).kept


def test_as_many_wrong_answers_pass_as_the_rate_allows() -> None:
    # (W + 1) / (n + 1) <= 0.1 with n = 29 allows two.
    margins = [*(make_margins(float(n)) for n in range(5)), *some(24, right=-5.0)]
    found = control(margins, 0.1, may_lower=True)
    assert found.wrong == 2
    assert 2.0 < found.shift < 2.001
    assert found.rate == 0.1


def test_too_few_questions_let_no_wrong_answer_pass_and_say_what_that_keeps() -> None:
    chosen = plan([*some(3, wrong=1.0), *some(6, right=0.5, answerable=False)], 0.02)
    assert not chosen.kept
    assert chosen.rate == pytest.approx(1 / 10)
    [only] = chosen.cells.values()
    assert only.wrong == 0
    assert 1.0 < only.shift < 1.001


def test_no_threshold_is_lower_than_a_right_answer_needs() -> None:
    margins = [*some(60, right=-1.5), *some(40, answerable=False)]
    [only] = plan(margins, 0.05).cells.values()
    assert only.shift == pytest.approx(-1.5, abs=1e-5)
    assert only.shift < -1.5


def test_without_unanswerable_questions_no_threshold_is_lowered() -> None:
    margins = [*some(60, right=-1.5), *some(3, answerable=False)]
    chosen = plan(margins, 0.05)
    assert not chosen.may_lower
    assert [one.shift for one in chosen.cells.values()] == [0.0]


def test_languages_and_topics_with_enough_questions_have_their_own_threshold() -> None:
    margins = [
        *some(50, wrong=3.0, language="zh-Hans", topic="visas", answerable=False),
        *some(50, right=-1.0, language="zh-Hans", topic="tax"),
        *some(10, right=1.0, language="zh-Hant", topic="games"),
        *some(30, right=0.5, language="ru"),
        *some(30, right=0.7, language="th"),
    ]
    cells = divide(margins, least=40)
    # Of zh both topics are large enough; one of them makes up the rest of zh with the ten others.
    assert {cell: len(part) for cell, part in cells.items()} == {
        ("zh", "visas"): 50,
        ("zh", ""): 60,
        ("", ""): 60,
    }


def test_every_question_is_in_one_cell_and_every_cell_large_enough() -> None:
    random.seed(7)
    margins = [
        make_margins(language=random.choice(["zh", "en", "ru", "th"]), topic=random.choice("abc "))
        for _ in range(400)
    ]
    for least in (1, 5, 20, 60, 150, 300, 1000):
        cells = divide(margins, least)
        assert sum(map(len, cells.values())) == 400
        assert ("", "") in cells
        assert all(len(part) >= least for part in cells.values()) or list(cells) == [("", "")]


def test_a_cell_keeps_the_rate_by_itself() -> None:
    loose = [*some(80, right=-2.0, language="en"), *some(20, wrong=-2.5, language="en")]
    strict = [*some(60, wrong=2.0, language="zh"), *some(40, answerable=False, language="zh")]
    chosen = plan([*loose, *strict], 0.05)
    shifts = chosen.shifts
    assert shifts.of("zh-Hant", "") > 2.0
    assert shifts.of("en", "") < 0.0
    assert chosen.rate == pytest.approx(0.05)


def draw(count: int, source: random.Random) -> Sequence[Margins]:
    """Questions of a made-up world: the higher the margin, the more often an answer is right."""
    drawn = []
    for _ in range(count):
        margin = source.gauss(0.0, 2.0)
        right = source.random() < 1 / (1 + math.exp(-margin))
        if source.random() < 0.3:
            drawn.append(make_margins(answerable=False))
        else:
            drawn.append(make_margins(right=margin) if right else make_margins(margin))
    return drawn


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.2])
def test_new_questions_keep_the_rate_on_average(rate: float) -> None:
    # The promise is about the mean over calibrations; this is that mean, with its own noise.
    source = random.Random(11)
    risks = []
    for _ in range(150):
        [only] = plan(draw(60, source), rate).cells.values()
        asked = draw(200, source)
        risks.append(sum(one.wrong >= only.shift for one in asked) / len(asked))
    average = sum(risks) / len(risks)
    spread = math.sqrt(sum((risk - average) ** 2 for risk in risks)) / len(risks)
    assert average <= rate + 2 * spread
    assert average >= rate / 3  # and it is no better than it has to be by much
