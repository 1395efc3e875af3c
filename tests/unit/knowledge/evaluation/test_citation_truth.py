from dataclasses import replace

import pytest

from knowledge.evaluation.asking import Reply
from knowledge.evaluation.citation_truth import faults
from tests.fakes.scripted_desk import (
    ScriptedDesk,
    answered,
    cite,
    make_passage,
    not_answered,
)

FEES = make_passage("fees", "Filing is free [7]. Stores keep thirty percent.")
OTHER = make_passage("other", "Nothing to do with it.")
DESK = ScriptedDesk({}, FEES, OTHER)
TRUE = answered(FEES)


@pytest.mark.parametrize(
    "reply",
    [
        TRUE,
        replace(TRUE, text="Filing is free [1]", citations=(cite(FEES, "Filing is free"),)),
        answered(FEES, OTHER),
        not_answered(),
        not_answered("clarify"),
    ],
)
def test_a_quote_that_stands_on_the_shelf_is_true(reply: Reply) -> None:
    assert faults(reply, DESK) == ()


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (replace(TRUE, citations=()), "without a citation"),
        (replace(TRUE, citations=(cite(FEES, "Filing is dear"),)), "not in fees"),
        (replace(TRUE, citations=(cite(FEES, " "),)), "not in fees"),
        (replace(TRUE, citations=(cite(OTHER, FEES.text),)), "not in other"),
        (replace(TRUE, citations=(cite(make_passage("gone")),)), "gone is not on the shelf"),
        (replace(TRUE, text="Filing is free [1][2]"), "no citation has the number 2"),
        (replace(not_answered(), citations=(cite(FEES),)), "handed_off cites 1"),
    ],
)
def test_what_is_false_about_a_citation_is_said(reply: Reply, said: str) -> None:
    assert any(said in fault for fault in faults(reply, DESK))
