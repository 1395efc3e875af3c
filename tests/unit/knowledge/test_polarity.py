"""An answer's "yes" or "no" is read as one to the question that was asked."""

from pathlib import Path

import pytest

from knowledge.answer import Found
from tests.unit.knowledge.asking import answered, ask
from tests.unit.knowledge.stock import faq_document, stock

REGISTER = "Must foreign actors be registered for social insurance?"
FACT = "foreign actors must be registered for social insurance within 30 days."


def said(folder: Path, first: str, answer: str, question: str, language: str = "en") -> Found:
    stock(folder, faq_document("faq.csv", {language: (first, answer)}))
    return answered(ask(folder, question, language))


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        (REGISTER, "Yes, foreign"),
        ("We film in May. Do foreign actors need to be registered for social insurance?", "Yes,"),
        ("Are foreign actors exempt from social insurance, not registered?", "… foreign"),
        ("May foreign actors do without social insurance?", "… foreign"),
        ("How are foreign actors registered for social insurance?", "… foreign"),
        ("foreign actors social insurance", "… foreign"),
    ],
)
def test_a_yes_stays_only_below_a_question_that_means_the_same(
    tmp_path: Path, question: str, begins: str
) -> None:
    found = said(tmp_path, REGISTER, f"Yes, {FACT}", question)
    assert found.text.startswith(begins)
    assert FACT in found.text


@pytest.mark.parametrize(
    ("language", "asked", "answer", "quote"),
    [
        (
            "zh-Hans",
            ("聘用外国演员必须上社保吗？", "外国演员可以不上社保吗？"),
            "要。依法就业的外国人要参加五项社会保险。",
            "依法就业的外国人要参加五项社会保险。",
        ),
        (
            "es",
            (
                "¿La empresa debe retener el impuesto de la actriz?",
                "Los impuestos de la actriz, ¿cómo los retiene la empresa?",
            ),
            "Sí, el impuesto de la actriz lo retiene la empresa que paga.",
            "el impuesto de la actriz lo retiene la empresa que paga.",
        ),
        (
            "ru",
            (
                "Можно ли выпустить микродраму без регистрации?",
                "Обязательна ли регистрация, чтобы выпустить микродраму?",
            ),
            "Нет, микродраму без проверки и регистрации выпустить нельзя.",
            "микродраму без проверки и регистрации выпустить нельзя.",
        ),
    ],
)
def test_it_is_left_out_in_every_language(
    tmp_path: Path, language: str, asked: tuple[str, str], answer: str, quote: str
) -> None:
    first, question = asked
    found = said(tmp_path, first, answer, question, language)
    assert found.citations[0].quote == quote
    assert found.citations[0].passage.text == answer


def test_an_answer_that_is_nothing_else_stays_whole(tmp_path: Path) -> None:
    found = said(tmp_path, "Is filing a micro-drama free?", "Yes, free.", "filing micro-drama free")
    assert found.text == "Yes, free. [1]"
