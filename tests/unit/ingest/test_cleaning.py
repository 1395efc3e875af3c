"""Text as it is stored."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import clean, join_lines


def test_line_ends_spaces_and_invisible_marks_are_unified() -> None:
    assert clean("a\r\nb\rc\u2028d\xa0e\u200bf\xadg\ufeff") == "a\nb\nc\nd efg"


def test_full_width_signs_stay_as_in_the_source() -> None:
    text = "（１）ＡＢＣ，合计：１００％　完"
    assert clean(text) == text


def test_letters_are_composed() -> None:
    assert clean("Co\u0301mo") == "Cómo"


def test_windows_signs_in_latin_1_become_what_they_were_meant_for() -> None:
    assert clean("the actor\x92s visa") == "the actor’s visa"


def test_joiners_stay_where_they_spell_something() -> None:
    assert clean("👩\u200d🎤") == "👩\u200d🎤"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("vi\u200dsa 签\u200c证") == "visa 签证"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_wrapped_lines_meet_without_a_space_between_han_characters() -> None:
    assert join_lines("外籍演员\n需要签证") == "外籍演员需要签证"
    assert join_lines("the actor\nneeds a visa") == "the actor needs a visa"
