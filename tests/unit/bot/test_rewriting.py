"""Follow-up questions put in full by a model, and what of that is believed."""

import json
from pathlib import Path

import pytest

from bot.desk.conversation import Role, Turn
from bot.desk.rewriting import LONGEST_MESSAGE, ModelRewriting, stands_for
from tests.fakes.writers import ScriptedWriter
from tests.unit.knowledge.generation.answers import make_model

VISA = "Which visa do I need for two months?"
ANSWER = "A Z visa, under notice 78 of 2014. [1]"
HISTORY = (Turn(role=Role.CUSTOMER, text=VISA), Turn(role=Role.BOT, text=ANSWER))


def rewrite(folder: Path, reply: str, text: str = "And for four months?") -> str:
    rewriting = ModelRewriting(model=make_model(ScriptedWriter([reply]), folder))
    return rewriting.rewrite(text, HISTORY, language="en")


def test_a_question_in_full_is_believed(tmp_path: Path) -> None:
    full = "Which visa do I need for four months?"
    assert rewrite(tmp_path, json.dumps({"question": full})) == full
    assert rewrite(tmp_path, f"Sure:\n```\n{json.dumps({'question': full})}\n```") == full


@pytest.mark.parametrize(
    "reply", ["", "Which visa do I need for four months?", "{}", '{"question": 4}', '{"question"']
)
def test_what_has_another_form_is_not(tmp_path: Path, reply: str) -> None:
    assert rewrite(tmp_path, reply) == ""


@pytest.mark.parametrize(
    ("question", "text", "before", "answer", "language"),
    [
        ("How much does the Z visa cost?", "How much does it cost?", VISA, ANSWER, "en"),
        ("拍戏四个月要什么签证？", "四个月呢", "拍戏两个月要什么签证？", "Z字签证", "zh-Hans"),
        (
            "Какая виза нужна на четыре месяца?",
            "А на четыре месяца?",
            "Какая виза нужна на два месяца?",
            "Виза Z",
            "ru",
        ),
        ("¿Cuánto cuesta la visa Z?", "¿y cuánto cuesta?", "¿Qué visa necesito?", "Visa Z", "es"),
        (
            "4か月の撮影にはどのビザが必要ですか？",
            "4か月の場合は？",
            "2か月の撮影にはどのビザが必要ですか？",
            "Zビザ",
            "ja",
        ),
        (
            "마이크로드라마 등록 비용은 얼마예요?",
            "비용은요?",
            "마이크로드라마 등록은 얼마나 걸리나요?",
            "10일",
            "ko",
        ),
        ("كم تكلفة تأشيرة Z؟", "وكم التكلفة؟", "ما هي التأشيرة التي أحتاجها؟", "تأشيرة Z", "ar"),
    ],
)
def test_questions_that_stand_for_what_was_said(
    question: str, text: str, before: str, answer: str, language: str
) -> None:
    assert stands_for(question, text, before, answer, language)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which visa do I need?", "And for four months?"),
        ("Which visa do I need for five months?", "And for four months?"),
        ("Which visa do I not need for four months?", "And for four months?"),
        ("Which visa do I need for four months in Brazil?", "And for four months?"),
        ("Which visa do I need for 90 months?", "And for 9 months?"),
        ("Welches Visum brauche ich für vier Monate?", "And for four months?"),
        ("How much does a Google Play licence cost?", "How much does it cost?"),
        ("Do I need a Z visa for two months?", "How much does it cost?"),
        ("Which visa do I need for four months? www.example.org", "And for four months?"),
        (f"And for four months? {'Which visa? ' * 30}", "And for four months?"),
        ("Which visa do I need for four months?", "And never for four months?"),
        ("", "And for four months?"),
    ],
)
def test_questions_that_do_not(question: str, text: str) -> None:
    assert not stands_for(question, text, VISA, ANSWER, "en")


def test_what_a_person_said_of_themselves_stays_here(tmp_path: Path) -> None:
    writer = ScriptedWriter()
    rewriting = ModelRewriting(model=make_model(writer, tmp_path))
    rewriting.rewrite("And for a@example.org?", HISTORY, language="en")
    [prompt] = writer.prompts
    assert json.loads(prompt.data)["message"] == "And for […]?"
    assert writer.seconds == [5.0]


def test_nobody_is_asked_without_need(tmp_path: Path) -> None:
    writer = ScriptedWriter()
    rewriting = ModelRewriting(model=make_model(writer, tmp_path))
    assert rewriting.rewrite("And for four months?", (), language="en") == ""
    assert rewriting.rewrite("a" * (LONGEST_MESSAGE + 1), HISTORY, language="en") == ""
    assert writer.prompts == []
