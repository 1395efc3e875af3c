import pytest

from knowledge.ages import names_minor


@pytest.mark.parametrize(
    "text",
    [
        "17歳の外国人俳優に就労許可は出ますか",
        "un acteur de 17 ans",
        "a 10 yr old girl",
        "a 17-year-old actor",
        "una niña de 8 años",
        "актриса 16 лет",
        "16-летняя актриса",
        "16岁演员能办吗",
        "eine 15-jährige Schauspielerin",
        "diễn viên 15 tuổi",
        "umur 16 tahun",
        "อายุ 16 ปี",
        "16세 배우",
    ],
)
def test_who_is_under_18_is_a_minor(text: str) -> None:
    assert names_minor(text)


@pytest.mark.parametrize(
    "text",
    [
        "20岁演员",
        "a 35 year old actor",
        "a permit of 5 years",
        "5 años de experiencia",
        "visado de 10 años",
        "стаж 5 лет",
        "un permis de 5 ans",
        "pengalaman 5 tahun",
        "a 10-year-old company",
        "4才能发",
        "18-летний актёр",
    ],
)
def test_years_of_something_else_are_no_age(text: str) -> None:
    assert not names_minor(text)
