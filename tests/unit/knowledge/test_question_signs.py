import pytest

from knowledge.passage import QuestionVariant
from knowledge.question_signs import QuestionSigns


def agreement(one: tuple[str, str], other: tuple[str, str]) -> float:
    first, second = (QuestionSigns.of(QuestionVariant(text, tag)) for tag, text in (one, other))
    assert first.agreement(second) == pytest.approx(second.agreement(first))
    return first.agreement(second)


def test_the_same_names_and_terms_agree_across_languages() -> None:
    english = ("en", "What does a Z visa for a foreign actor cost?")
    russian = ("ru", "Сколько стоит виза Z для иностранного актёра?")
    assert agreement(english, russian) > 0.05


@pytest.mark.parametrize(
    "other",
    [
        ("ru", "Сколько стоит виза M для иностранного актёра?"),
        ("zh-Hans", "外国演员的Z签证要多少天才能办下来"),
    ],
)
def test_another_name_or_another_kind_of_answer_agrees_less(other: tuple[str, str]) -> None:
    english = ("en", "What does a Z visa for a foreign actor cost?")
    same = agreement(english, ("ru", "Сколько стоит виза Z для иностранного актёра?"))
    assert agreement(english, other) < same


def test_where_somebody_comes_from_is_no_sign() -> None:
    brazilian = QuestionVariant("I am from Brazil. Where do you cast extras?", "en")
    kenyan = QuestionVariant("I am from Kenya. Where do you cast extras?", "en")
    signs = QuestionSigns.of(brazilian)
    assert signs.agreement(QuestionSigns.of(kenyan)) == signs.agreement(signs)
