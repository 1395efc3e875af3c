"""Claims, replies, returns, edits and deaths in any order never let the bot speak out of turn."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.bot.theatre import Play

CUSTOMER = ("chat", "need_person", "repeat", "edit", "die_early", "die_late", "die_at_the_end")
STAFF = ("li_claims", "wang_claims", "li_replies", "wang_replies", "give_back", "close")
SENDER = ("begin", "arrive")
ACTS = (*CUSTOMER, *STAFF, *SENDER, *SENDER)
MEANWHILE = ("", *STAFF, *SENDER)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(MEANWHILE)), min_size=5, max_size=40)
)
def test_the_fence_holds_and_the_books_balance(acts: list[tuple[str, str]]) -> None:
    play = Play()
    for act, meanwhile in acts:
        play.act(act, meanwhile)
    play.finish()


@pytest.mark.parametrize("seed", range(20))
def test_long_plays(seed: int) -> None:
    chance = random.Random(seed)
    spoken = 0
    for _ in range(40):
        play = Play()
        for _ in range(60):
            play.act(chance.choice(ACTS), chance.choice(MEANWHILE))
        play.finish()
        spoken += play.fenced_sent
    assert spoken > 100, "the bot must have had its say, or nothing was tested"
