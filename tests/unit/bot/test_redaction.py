import pytest

from bot.desk.redaction import has_personal_data, redact


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("My name is Anna Petrova and I need a visa", "I need a visa"),
        ("我叫王小明，K字签证可以演戏吗？", "K字签证可以演戏吗？"),
        ("Меня зовут Иван Петров, можно ли сниматься?", "можно ли сниматься?"),
        ("Me llamo Carmen y quiero actuar", "quiero actuar"),
        ("Write to anna.lee@example.org about the visa", "Write to … about the visa"),
        ("Call +86 138 0013 8000 or 13800138000 about it", "Call … or … about it"),
        ("Passport E12345678, may I act?", "Passport …, may I act?"),
        ("身份证110101199003078515可以吗", "身份证…可以吗"),
        ("see https://example.org/me?token=1 and ask @anna_lee", "see … and ask …"),
        ("微信：wang_123456 怎么申请", "怎么申请"),
    ],
)
def test_what_names_a_person_goes(text: str, left: str) -> None:
    assert redact(text) == left
    assert has_personal_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is 国家广播电视总局令第16号 in force since 2024-06-01?",
        "Our budget is 3 000 000 000 yuan, or 300万元; which class?",
        "This is about the K visa",
        "Why 2500000 and not 800000?",
    ],
)
def test_figures_dates_and_rules_stay(text: str) -> None:
    assert redact(text) == text
    assert not has_personal_data(text)


def test_the_customers_own_name_goes_in_any_script() -> None:
    assert redact("Anna asks: may Anna act?", names=["Anna Lee"]) == "asks: may … act?"
    assert redact("王伟想问签证", names=["王伟"]) == "想问签证"
    assert redact("An actor from Annaba", names=["Anna"]) == "An actor from Annaba"


def test_nothing_is_left_of_a_mere_number() -> None:
    assert redact("13800138000") == ""


def test_a_question_is_no_formula_in_a_spreadsheet() -> None:
    assert redact('=HYPERLINK("x") visa?') == 'HYPERLINK("x") visa?'
