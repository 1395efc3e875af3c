import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spans import Span, enclose, locate, split_sentences, widen


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Filing is free. It takes 1.5 days.", ["Filing is free.", "It takes 1.5 days."]),
        ("See No. 78 of 2014. Pay.", ["See No. 78 of 2014.", "Pay."]),
        ("Под ст. 5 закона. Да!", ["Под ст. 5 закона.", "Да!"]),
        ("备案不收费。需要十天！“可以。”好", ["备案不收费。", "需要十天！", "“可以。”", "好"]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("One; but not two.", ["One; but not two."]),
        ("  Padded.  ", ["Padded."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [span.of(text) for span in split_sentences(text)] == sentences


@given(st.text(alphabet="ab .。\n!1"))
def test_nothing_is_lost_between_sentences(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("is free", "is free"),
        ("is  free", "is free"),
        ("free. It\ntakes", "free. It takes"),
        ("Is free", None),
        ("is  fre e", None),
        ("", None),
        ("  ", None),
        (".*", None),
    ],
)
def test_a_quotation_is_located_character_by_character(quote: str, found: str | None) -> None:
    text = "Filing is free. It takes ten days."
    span = locate(quote, text)
    assert (span.of(text) if span else None) == found


def test_widening_takes_in_whole_sentences() -> None:
    text = "Filing is free. It takes ten days. Ask us."
    sentences = split_sentences(text)
    inside = locate("free. It", text)
    assert inside is not None
    assert widen(inside, sentences).of(text) == "Filing is free. It takes ten days."
    assert enclose([Span(5, 9), Span(2, 3)]) == Span(2, 9)
    assert not Span(0, 2).overlaps(Span(2, 4))
