import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.wordings import ANY, Wording, Wordings, cover_of


@pytest.mark.parametrize(
    ("regex", "cover"),
    [
        ("visa", {"visa"}),
        ("visa|permit", {"visa", "permit"}),
        ("visas?", {"visa"}),
        (r"how (?:much|many)\b", {"how "}),
        (r"(?:how much|how many) \d+", {"how much", "how many"}),
        (r"(?<!\w)когда(?!\w)", {"когда"}),
        ("(?:до |с )?когда", {"когда"}),
        (r"\d+(?:yuan|元)", {"yuan", "元"}),
        (r"u\.s\.", {"u.s."}),
        ("a{2,3}bc", {"bc"}),
        ("x{0,3}yz", {"yz"}),
        ("(?=visa)v", {"v"}),
        ("visado|visa", {"visa"}),
        (r"[ab]+|\d", ANY),
        ("(?:visa)?", ANY),
        ("(?i)visa", ANY),
        ("", ANY),
    ],
)
def test_what_all_that_an_expression_matches_contains(regex: str, cover: frozenset[str]) -> None:
    assert cover_of(regex) == cover


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """Expressions put together from all that the tables use."""
    letter = st.sampled_from(["a", "b", "ab", "元", r"\.", " "])
    item = st.one_of(letter, st.sampled_from([r"\w", "[ab]", r"\b", ".", "^", "$", r"\d"]))
    group = st.sampled_from(["(?:%s)", "(%s)", "(?=%s)", "(?!%s)", "(?P<n>%s)"])
    times = st.sampled_from(["", "", "", "?", "*", "+", "{0,2}", "{2}", "*?"])
    parts = draw(st.lists(st.tuples(item, item, times), min_size=1, max_size=3))
    written = "".join(f"{one}(?:{other}|{one}b){many}" for one, other, many in parts)
    return (
        draw(group) % written + draw(letter)
        if draw(st.booleans())
        else f"{written}|{draw(letter)}b"
    )


@given(expressions(), st.text("ab元. 1", max_size=12))
def test_nothing_is_overlooked(regex: str, text: str) -> None:
    found = re.search(regex, text)
    wording = Wording(regex)
    assert wording.stands_in(text) == bool(found)
    assert wording.is_all_of(text) == bool(re.fullmatch(regex, text))
    assert wording.find_all(text) == re.findall(regex, text)
    assert wording.replace(text, "-") == re.subn(regex, "-", text)
    assert not found or any(one in found.string for one in cover_of(regex))
    assert Wordings({"one": [regex], "other": ["zz"]}).found_in(text) == (
        {"one"} if found else set()
    )


def test_which_of_many_keys_a_text_has() -> None:
    asked = Wordings(
        {"price": ["how much", "多少钱"], "time": ["how long|多久", r"\d天"], "none": []}
    )
    assert asked.found_in("how much and how long?") == {"price", "time"}
    assert asked.found_in("要多久？") == {"time"}
    assert asked.found_in("3天") == {"time"}
    assert asked.found_in("Who?") == frozenset()
    assert asked.has("多少钱", "price")
    assert not asked.has("多少钱", "time")
    assert not asked.has("多少钱", "unknown")
