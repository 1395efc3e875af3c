import math
from dataclasses import replace

import pytest

from knowledge.evaluation.asking import Reply, Request
from knowledge.evaluation.cases import DeskCase, Verdict
from knowledge.evaluation.margins import NEVER, Margins, Reach, measure_margins
from knowledge.evaluation.risk_coverage import AS_SET, OURS, PLAIN, curve, curves
from tests.fakes.scripted_desk import ScriptedDesk, answered, make_passage, not_answered

PLAIN_ENTRY = make_passage("entry", entry="E-1", questions=("a?",))
ENTRY = replace(PLAIN_ENTRY, provenance=replace(PLAIN_ENTRY.provenance, topics=("visas hiring",)))
SIBLING = make_passage("sibling", entry="E-1")
TEXT = make_passage("text", document="guide.md")


def make_case(name: str, *entries: str, outcome: str = "answered") -> DeskCase:
    return DeskCase(
        id=name,
        request=Request(question=name, language="en"),
        kind="",
        split="",
        outcomes=(outcome,),
        documents=(),
        entries=entries,
        year=None,
    )


class Openings:
    """Desks without thresholds; entries answer from one half on, texts from 0.8."""

    thresholds = (0.5, 0.8)

    def __init__(self, any_answer: Reply, entry: Reply) -> None:
        shelf = (ENTRY, SIBLING, TEXT)
        self.open = ScriptedDesk(lambda _: any_answer, *shelf)
        self.open_to_entries = ScriptedDesk(lambda _: entry, *shelf)


def measure(case: DeskCase, any_answer: Reply, entry: Reply) -> Margins:
    [margins] = measure_margins([case], Openings(any_answer, entry))
    return margins


def test_a_margin_is_the_distance_to_the_threshold_in_log_odds() -> None:
    margins = measure(make_case("q", "E-1"), answered(ENTRY, confidence=0.8), not_answered())
    [only] = margins.answers
    assert only.right
    assert only.margin == pytest.approx(math.log(4))
    assert margins.topic == "visas"
    assert margins.wrong == NEVER
    assert margins.lowest == pytest.approx(math.log(4))


def test_an_answer_in_another_language_belongs_to_its_entry() -> None:
    # The passage itself has no variants, but its entry has: the threshold of entries counts.
    margins = measure(make_case("q", "E-2"), answered(SIBLING, confidence=0.5), not_answered())
    assert len(margins.answers) == 1
    assert margins.wrong == pytest.approx(0.0)


def test_a_text_leaves_its_place_to_an_entry() -> None:
    margins = measure(
        make_case("q", "E-1"), answered(TEXT, confidence=0.8), answered(ENTRY, confidence=0.9)
    )
    text, entry = margins.answers
    assert text.margin == pytest.approx(0.0)
    assert not text.right
    assert entry.right
    assert margins.at(-0.1) == text
    assert margins.at(0.1) == entry
    assert margins.at(10.0) is None


def test_what_is_never_answered_has_no_margin() -> None:
    margins = measure(make_case("q"), not_answered("declined"), not_answered("declined"))
    assert margins.answers == ()
    assert margins.wrong == margins.lowest == NEVER


def test_a_curve_counts_wrong_answers_among_those_given() -> None:
    scored = [(0.9, True), (0.8, False), (0.8, True), (0.1, False)]
    assert curve(scored, 8) == [(1 / 8, 0.0), (3 / 8, 1 / 3), (4 / 8, 0.5)]


def test_the_curves_and_where_the_desk_stands() -> None:
    cases = [make_case("a", "E-1"), make_case("b", "E-1"), make_case("c", outcome="handed_off")]
    margins = [
        Margins(cases[0], "", (Reach(2.0, right=True),)),
        Margins(cases[1], "", (Reach(1.0, right=False),)),
        Margins(cases[2], "", ()),
    ]
    replies = [answered(ENTRY), not_answered(), not_answered()]
    verdicts = [Verdict(case, reply) for case, reply in zip(cases, replies, strict=True)]
    ours, plain, point = curves("s", margins, [(0.9, False), (0.5, True), (0.1, True)], verdicts)
    assert (ours.name, plain.name, point.name) == (OURS, PLAIN, AS_SET)
    assert ours.points == ((1 / 3, 0.0), (2 / 3, 0.5))
    assert plain.points == ((1 / 3, 1.0), (2 / 3, 0.5), (1.0, 1 / 3))
    assert point.points == ((1 / 3, 0.0),)
