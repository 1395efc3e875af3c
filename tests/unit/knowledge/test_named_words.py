import pytest

from knowledge.named_words import asked_words, words_of
from tests.unit.knowledge.stock import text_document


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("韩国GRAC给一款手游评级要收多少钱", "zh-Hans", {"grac"}),
        ("Что такое KalosTV?", "ru", {"kalostv"}),
        ("What does NetShort pay?", "en", {"netshort"}),
        ("Quel délai au consulat de Lyon ?", "fr", {"lyon"}),
        ("¿Cuánto cuesta en Bogotá?", "es", {"bogota"}),
        ("What are the rules in Lagos?", "en", {"lagos"}),
        ("I am in Chicago, may I act?", "en", set()),
        ("Is it in English?", "en", set()),
        ("What changed in March 2025?", "en", set()),
        ("What are the rules in Japan and in Beijing?", "en", set()),
        ("Was gilt in Klammern und in Verträgen?", "de", set()),
        ("ở Thâm Quyến", "vi", set()),
        ("我们的App要备案吗", "zh-Hans", set()),
        ("WHAT MUST I DO", "en", set()),
        ("谁赢了第XLIX届总决赛", "zh-Hans", set()),
        ("Чем известен Людовик XIV?", "ru", set()),
    ],
)
def test_names_that_no_list_has(question: str, language: str, expected: set[str]) -> None:
    assert asked_words(question, language) == expected


def test_a_candidate_names_what_any_of_its_texts_names() -> None:
    document = text_document("grac.md", "The GRAC of Bogotá rates games.")
    assert {"grac", "bogota", "rates"} <= words_of(document.passages)
