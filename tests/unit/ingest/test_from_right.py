"""Pages in Hebrew and Arabic letters: read where their order is proved, else held back."""

import pytest

from benchmarks.document_set import texts
from benchmarks.document_set.drawing import Line, Sheet
from benchmarks.document_set.embedding import Layer, make_embedded
from benchmarks.document_set.right_specimens import draw_from_right
from ingest.documents import Filing
from ingest.outcome import Reading
from ingest.reading import examine


def _look(data: bytes) -> Reading:
    return examine(data, Filing("page.pdf", "", None))


def _text(reading: Reading) -> str:
    return " ".join(one.text for one in reading.document.passages).replace("\n", " ")


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("words", [texts.HEBREW, texts.ARABIC])
def test_a_page_is_read_in_whichever_order_the_file_has_it(
    words: tuple[str, ...], *, written: bool
) -> None:
    reading = _look(draw_from_right(words, written=written))
    assert reading.held == ()
    assert [one for one in words if one not in _text(reading)] == []


def test_forms_of_letters_become_letters_and_no_is_not_the_article() -> None:
    reading = _look(draw_from_right(texts.ARABIC_FORMS))
    assert _text(reading) == texts.ARABIC_PLAIN[0]
    assert _text(reading).startswith("لا ")


@pytest.mark.parametrize(
    "line",
    [
        *texts.HEBREW_DOUBTFUL,
        "בשנת 2026 ReelShort פרסמה נתונים.",
        "הסכום הוא -5 מעלות בלבד.",
        "Hello, world. Another line שלום.",
        "הַמּוֹעֵד הוא היום.",
    ],
)
def test_a_line_that_can_be_read_in_two_orders_is_held_back(line: str) -> None:
    reading = _look(draw_from_right((*texts.HEBREW, line)))
    [part] = reading.held
    assert "could hardly be read" in str(part.reason)
    assert texts.HEBREW[1] in _text(reading)
    assert line[:12] not in _text(reading)


def test_a_page_whose_letters_prove_another_order_is_held_back() -> None:
    """Programs that know nothing of such scripts set their lines from left to right."""
    lines = [Line(one, 70, 90 + 20 * at, 11) for at, one in enumerate(texts.HEBREW)]
    reading = _look(make_embedded([(Sheet(lines), Layer.TRUE)]))
    assert ["page 1 is written from right to left" in str(one.reason) for one in reading.held] == [
        True
    ]
    assert reading.document.passages == ()


def test_a_page_of_a_few_words_proves_nothing() -> None:
    reading = _look(draw_from_right(("שלום לכל הנאמנים",)))
    assert len(reading.held) == 1
    assert reading.document.passages == ()
