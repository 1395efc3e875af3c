"""Which answers are translations of a Chinese one."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import Found, Inquiry
from knowledge.embedding import HashEmbedder
from knowledge.library import Library
from knowledge.passage import Audience
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import faq_document, stock, text_document

FEE = {
    "zh-Hans": ("备案要多少钱？", "备案不收费。"),
    "zh-Hant": ("備案要多少錢？", "備案不收費。"),
    "en": ("What does filing cost?", "Filing is free of charge."),
    "ru": ("Сколько стоит регистрация?", "Регистрация бесплатна."),
}


def ask(folder: Path, text: str, *readable: str) -> Found:
    inquiry = Inquiry(
        text=text, readable=readable, audience=Audience.PUBLIC, today=date(2026, 11, 22)
    )
    found = Library(folder, HashEmbedder(), make_judge()).consult(inquiry)
    assert isinstance(found, Found)
    return found


@pytest.mark.parametrize(
    ("languages", "reader", "translated"),
    [
        (("zh-Hans", "en", "ru"), "en", True),
        (("zh-Hans", "en", "ru"), "ru", True),
        (("zh-Hans", "en", "ru"), "zh-Hans", False),
        (("zh-Hans", "zh-Hant", "en"), "zh-Hant", False),
        (("zh-Hant", "en"), "en", True),
        (("en", "ru"), "ru", False),
        (("en", "zh-Hans", "ru"), "ru", False),
        (("en", "zh-Hans"), "en", False),
    ],
)
def test_what_stands_below_a_chinese_answer_is_its_translation(
    tmp_path: Path,
    languages: tuple[str, ...],
    reader: str,
    translated: bool,  # noqa: FBT001 - a column of the table
) -> None:
    stock(tmp_path, faq_document("faq.csv", {tag: FEE[tag] for tag in languages}))
    found = ask(tmp_path, FEE[reader][0], reader)
    assert (found.language, found.translated) == (reader, translated)


def test_a_translation_for_readers_of_a_third_language_is_one_too(tmp_path: Path) -> None:
    stock(tmp_path, faq_document("faq.csv", {tag: FEE[tag] for tag in ("zh-Hans", "en")}))
    found = ask(tmp_path, FEE["en"][0], "de", "en", "zh-Hans")
    assert (found.language, found.in_asked_language, found.translated) == ("en", False, True)


def test_a_text_has_no_original_beside_it(tmp_path: Path) -> None:
    stock(
        tmp_path,
        text_document("fees.md", "The fee is 300 yuan."),
        text_document("fees-zh.md", "备案费用是300元。", language="zh-Hans"),
    )
    assert not ask(tmp_path, "What is the fee in yuan?", "en").translated
