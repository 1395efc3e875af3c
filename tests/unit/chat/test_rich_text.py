from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.rich_text import (
    MESSAGE_LIMIT,
    RichText,
    bold,
    clean,
    folded,
    italic,
    joined,
    link,
    plain,
    split,
    utf16_length,
)

_TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(" \n.<>&\"'😀字é"), st.characters(exclude_categories=["Cs", "Cc"])
    ),
    max_size=300,
)


@st.composite
def rich_texts(draw: st.DrawFn) -> RichText:
    pieces = draw(st.lists(st.tuples(st.sampled_from([plain, bold, italic]), _TEXTS), max_size=6))
    inner = joined((make(text) for make, text in pieces), "\n\n")
    around = draw(st.booleans())
    return joined([plain(draw(_TEXTS)), folded(inner) if around else inner], "\n")


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(rich_texts(), st.integers(min_value=20, max_value=400))
def test_parts_fit_and_nothing_but_space_is_lost(text: RichText, limit: int) -> None:
    parts = split(text, limit=limit)
    assert all(0 < utf16_length(part.text) <= limit for part in parts)
    assert squeezed("".join(part.text for part in parts)) == squeezed(text.text)


@given(rich_texts(), st.integers(min_value=20, max_value=400))
def test_every_part_is_whole_markup(text: RichText, limit: int) -> None:
    for part in split(text, limit=limit):
        assert unescape(strip_tags(part.html)) == part.text
        assert part.html.count("<b>") == part.html.count("</b>")
        assert part.html.count("<blockquote") == part.html.count("</blockquote>")


def strip_tags(html: str) -> str:
    kept, inside = [], False
    for char in html:
        inside = inside or char == "<"
        if not inside:
            kept.append(char)
        inside = inside and char != ">"
    return "".join(kept)


def test_marks_nest() -> None:
    text = folded(plain("a ") + bold("b") + " & c")
    assert text.html == "<blockquote expandable>a <b>b</b> &amp; c</blockquote>"
    cut = [part.html for part in split(text, limit=4)]
    assert cut == [
        "<blockquote expandable>a <b>b</b></blockquote>",
        "<blockquote expandable>&amp; c</blockquote>",
    ]


def test_a_text_is_cut_where_a_sentence_ends() -> None:
    first, second = split(plain("One two three. Four five six seven"), limit=25)
    assert (first.text, second.text) == ("One two three.", "Four five six seven")


def test_a_cut_goes_round_what_is_marked() -> None:
    text = plain("Please read this: ") + link("the whole law, in English", "https://a.b/") + " now"
    first, second = split(text, limit=30)
    assert first.html == "Please read this:"
    assert second.html == '<a href="https://a.b/">the whole law, in English</a> now'


def test_a_mark_too_long_for_a_message_is_continued_in_the_next() -> None:
    parts = split(plain("A: ") + bold("word " * 20), limit=40)
    assert all(utf16_length(part.text) <= 40 for part in parts)
    assert all("<b>" in part.html for part in parts[1:])
    assert "".join("".join(p.text.split()) for p in parts) == "A:" + "word" * 20


@pytest.mark.parametrize("whole", ["👩\u200d🚀", "e\u0301", "👍🏽"])
def test_what_is_one_character_to_a_reader_is_not_cut(whole: str) -> None:
    for limit in range(6, 12):
        parts = split(plain(f"aaaa{whole}" * 3), limit=limit)
        assert sum(part.text.count(whole) for part in parts) == 3
        assert all(utf16_length(part.text) <= limit for part in parts)


def test_emoji_count_twice() -> None:
    assert utf16_length("a😀") == 3
    parts = split(plain("😀" * MESSAGE_LIMIT))
    assert [utf16_length(part.text) for part in parts] == [MESSAGE_LIMIT, MESSAGE_LIMIT]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://user?id=1", "", "example.org"])
def test_only_web_addresses_become_links(url: str) -> None:
    assert link("here", url).html == "here"


def test_an_address_cannot_break_out_of_its_tag() -> None:
    assert link("x", 'https://a.b/"><b>').html == '<a href="https://a.b/&quot;&gt;&lt;b&gt;">x</a>'


def test_what_no_message_carries_is_taken_out() -> None:
    assert clean("a\x00\x07\r\nb\tc\ud83dd\x7f") == "a\nb\tc?d"
    assert split(plain(" \n \x00")) == []
