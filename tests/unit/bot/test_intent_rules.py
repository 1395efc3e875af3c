"""What the wordings give away, in every language that has rules."""

import json
import re
from pathlib import Path
from time import perf_counter

import pytest

import bot.desk
from bot.desk.intent import Intent
from bot.desk.intent_patterns import COURTESIES, PRECEDENCE
from bot.desk.intent_rules import judge

FOLDER = Path(bot.desk.__file__).parent / "intents" / "rules"
NOTHING = ""


@pytest.mark.parametrize(
    ("language", "danger", "person", "greeting", "thanks"),
    [
        ("pt", "Pegaram meu passaporte", "Quero falar com um atendente", "Bom dia!", "Obrigado!"),
        (
            "ja",
            "パスポートを取り上げられました",
            "担当者と話したいです",
            "こんにちは",
            "ありがとうございます",
        ),
        (
            "ko",
            "회사가 여권을 빼앗았어요",
            "상담원 연결해 주세요",
            "안녕하세요",
            "감사합니다",
        ),
        (
            "id",
            "Paspor saya diambil oleh bos",
            "Saya mau bicara dengan petugas",
            "Selamat pagi",
            "Terima kasih banyak",
        ),
        (
            "fr",
            "Ils ont confisqué mon passeport",
            "Je veux parler à un conseiller",
            "Bonjour",
            "Merci beaucoup",
        ),
        (
            "de",
            "Der Chef hat mir den Pass weggenommen",
            "Ich möchte mit einem Mitarbeiter sprechen",
            "Guten Tag",
            "Vielen Dank",
        ),
        (
            "vi",
            "Ông chủ giữ hộ chiếu của tôi",
            "Tôi muốn nói chuyện với nhân viên",
            "Xin chào",
            "Cảm ơn bạn",
        ),
        ("th", "ฉันถูกขังอยู่ในห้อง", "ขอคุยกับเจ้าหน้าที่", "สวัสดีครับ", "ขอบคุณมากครับ"),
        ("ar", "صاحب العمل أخذ جواز سفري", "أريد التحدث مع موظف", "السلام عليكم", "شكرا جزيلا"),
    ],
)
def test_languages_with_a_few_rules(
    language: str, danger: str, person: str, greeting: str, thanks: str
) -> None:
    read = [judge(text, language) for text in (danger, person, greeting, thanks)]
    assert read == ["danger", "person", "greeting", "thanks"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What happens if the police stop me on the set?", "en"),
        ("Do I have to keep my passport with me?", "en"),
        ("How can we avoid double taxation?", "en"),
        ("Is a scene in which a woman is slapped allowed?", "en"),
        ("How do I notify human resources?", "en"),
        ("Can my agent submit the application for me?", "en"),
        ("What is the penalty for bribing an official?", "en"),
        ("May the plot show a suicide scene?", "en"),
        ("您好，请问重点剧的门槛是多少？谢谢", "zh-Hans"),
        ("請問伪造學歷會受什麼處罰", "zh-Hant"),
        ("黄金三秒的短剧在海外怎么收费", "zh-Hans"),
        ("Что будет, если актёра поймают без разрешения?", "ru"),
        ("¿Es delito presentar un título falso?", "es"),
        ("Hello, thanks, and how long does the permit last? Bye", "en"),
        ("183", "en"),
        ("", "en"),
    ],
)
def test_questions_that_sound_like_something_else_are_left_alone(text: str, language: str) -> None:
    assert judge(text, language) == NOTHING


@pytest.mark.parametrize(
    ("text", "language", "intent"),
    [
        ("He threatened to kill me, get me a human", "en", "danger"),
        ("HELLO, OPERATOR PLEASE!!!", "en", "person"),
        ("That’s all for today, bye", "en", "farewell"),
        ("Hi, thanks, bye", "en", "farewell"),
        ("轉人工", "zh-Hant", "person"),
        ("我們被關在酒店裡", "zh-Hant", "danger"),
        ("hola", "en", "greeting"),
        ("Ｈｅｌｌｏ", "en", "greeting"),
        ("👋", "en", "greeting"),
        ("Что ещё ты умеешь делать?", "ru", NOTHING),
        ("Что ты умеешь делать?", "ru", "about"),
    ],
)
def test_who_wins_and_what_is_overlooked(text: str, language: str, intent: str) -> None:
    assert judge(text, language) == intent


def test_japanese_is_not_read_as_chinese() -> None:
    assert judge("人工知能の表示", "ja") == NOTHING


def test_rule_files_name_only_what_is_read() -> None:
    paths = sorted(FOLDER.glob("*.json"))
    assert len(paths) >= 13
    for path in paths:
        written = json.loads(path.read_text("utf-8"))
        assert set(written) <= {*PRECEDENCE, *COURTESIES, "filler"}
        for entry in (entry for entries in written.values() for entry in entries):
            assert isinstance(entry, str) or len(entry) == 2
            assert all([entry] if isinstance(entry, str) else entry), (
                "an empty pattern is everywhere"
            )
            # An unbounded count before something else makes long messages slow.
            assert not re.search(r"\\d\+|\{\d+,\}", str(entry))


def test_every_intent_but_a_question_has_rules() -> None:
    assert {*PRECEDENCE, *COURTESIES} == {*Intent} - {Intent.QUESTION}


@pytest.mark.parametrize("unit", ["1", "a", "我", "my ", "1 ", "real ", "谢", "ok ", "a1-", "по "])
def test_long_messages_are_read_quickly(unit: str) -> None:
    judge("warm up", "en")
    before = perf_counter()
    judge(unit * (4000 // len(unit)), "en")
    assert perf_counter() - before < 3
