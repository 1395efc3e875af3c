import pytest

from knowledge.extraction import extract
from knowledge.lexical import LexicalIndex
from knowledge.passage import Passage
from tests.unit.knowledge.stock import faq_document, text_document

OFFICE = (
    "The bureau of the city takes the application. "
    "The permit is issued within seven working days. "
    "The hotline of the bureau is 0755-88121678. "
    "The window stands in the hall of the citizens. "
    "Parking is behind the house."
)
LIMITED = (
    "The bureau of the city takes the application. "
    "A studio may film animals in the park. "
    "However, this needs the consent of the zoo. "
    "Parking is behind the house. "
    "The window stands in the hall. "
    "Tea is served at four."
)
LISTED = (
    "Welcome to the guide of the city.\n"
    "Tea is served at four.\n"
    "The application for a studio needs these papers:\n"
    "- the passport of the actor\n"
    "- the contract with the studio\n"
    "- a photo of the studio\n"
    "Parking is behind the house.\n"
    "The window stands in the hall.\n"
    "The bureau closes in summer.\n"
    "Dogs stay outside."
)
TABLE = (
    "Welcome to the park.\n"
    "Studio | Fee\n"
    "Small | 300 yuan\n"
    "Large | 900 yuan\n"
    "Parking is behind the house.\n"
    "The window stands in the hall.\n"
    "The bureau closes in summer.\n"
    "Source: the park"
)

HAN = (
    "深圳市科技创新局受理申请。外国人工作许可的咨询电话是0755-88121678。窗口在市民中心。"
    "停车场在大楼后面。夏天休息。"
)
CYRILLIC = (
    "Заявление подаёт работодатель. Телефон бюро для справок: 0755-88121678. "
    "Окно находится в зале. Парковка за домом. Летом бюро закрыто."
)


def quote(text: str, question: str, *, language: str = "en") -> str:
    [passage] = text_document("guide.md", text, language=language).passages
    return quote_of(passage, question)


def quote_of(passage: Passage, question: str) -> str:
    others = ["A text about fish.", "The sea is wide.", "Mountains are high."]
    index = LexicalIndex.build([passage.text, *others])
    found = extract(passage, question, lambda text: index.share(question, [text]))
    assert found in passage.text
    return found


def test_of_a_long_text_the_part_that_answers_is_quoted() -> None:
    found = quote(OFFICE, "What is the hotline of the bureau?")
    assert "0755-88121678" in found
    assert "application" not in found
    assert "Parking" not in found


def test_a_short_text_is_quoted_whole() -> None:
    text = "The bureau takes it. The hotline is 0755-88121678."
    assert quote(text, "What is the hotline?") == text


def test_where_it_is_not_clear_the_whole_is_quoted() -> None:
    assert quote(OFFICE, "What about it?") == OFFICE
    assert quote(OFFICE, "咨询电话是多少") == OFFICE


def test_an_answer_of_a_faq_is_never_cut() -> None:
    entry = {"en": ("What is the hotline of the bureau?", OFFICE)}
    [passage] = faq_document("faq.csv", entry).passages
    assert quote_of(passage, "What is the hotline of the bureau?") == OFFICE


def test_what_limits_a_sentence_comes_along() -> None:
    found = quote(LIMITED, "May a studio film animals in the park?")
    assert found.startswith("A studio may film animals")
    assert "However, this needs the consent of the zoo." in found
    assert "Tea" not in found


def test_what_a_sentence_points_to_comes_along() -> None:
    found = quote(LIMITED, "Who gives the consent of the zoo?")
    assert "A studio may film animals in the park. However" in found


def test_an_exception_at_the_end_of_a_paragraph_comes_along() -> None:
    text = LIMITED.replace("Tea is served at four.", "Lions are exempt, except in May.")
    found = quote(text, "May a studio film animals in the park?")
    assert found.endswith("Lions are exempt, except in May.") or found == text


def test_a_list_keeps_its_lead_in_and_its_end() -> None:
    found = quote(LISTED, "Is the contract with the studio needed?")
    assert found.startswith("The application for a studio needs these papers:")
    assert found.endswith("- a photo of the studio")


def test_a_row_keeps_the_header_of_its_table() -> None:
    found = quote(TABLE, "Is large 900 yuan?")
    assert "Studio | Fee" in found
    assert "Large | 900 yuan" in found
    assert "Parking" not in found


@pytest.mark.parametrize(
    ("text", "question", "part", "absent"),
    [
        (
            HAN,
            "外国人工作许可的咨询电话是多少",
            "0755-88121678",
            "夏天",
        ),
        (
            CYRILLIC,
            "Какой телефон бюро для справок?",
            "0755-88121678",
            "Летом",
        ),
    ],
)
def test_other_languages(text: str, question: str, part: str, absent: str) -> None:
    language = "ru" if text == CYRILLIC else "zh-Hans"
    found = quote(text, question, language=language)
    assert part in found
    assert absent not in found


def test_without_marks_between_sentences_nothing_is_cut() -> None:
    text = "สำนักงานรับคำขอ\nเบอร์โทร 0755-88121678\nที่จอดรถ\nหน้าต่าง\nปิดฤดูร้อน"
    assert quote(text, "เบอร์โทร 0755-88121678", language="th") == text


def test_the_line_that_names_the_source_is_no_answer() -> None:
    assert "Source" not in quote(TABLE, "Is large 900 yuan?")
