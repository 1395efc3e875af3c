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
from knowledge.language import identify_message

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
        (
            "tr",
            "Patronum pasaportumu aldı",
            "Bir temsilciyle konuşmak istiyorum",
            "Merhaba",
            "Çok teşekkürler",
        ),
    ],
)
def test_what_matters_most_is_heard_in_every_language(
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
        ("护照被水泡了怎么办", "zh-Hans"),
        ("护照被使馆收走换新，还能工作吗", "zh-Hans"),
        ("剧本里护照被老板扣了，能过审吗", "zh-Hans"),
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
        ("👋🏽", "th", "greeting"),
        ("🙏🙏", "fr", "thanks"),
        ("👍", "ja", "thanks"),
        ("👍 转人工", "zh-Hans", "person"),
        # Whoever asks whether somebody is there does not ask the last question again.
        ("还在吗？", "zh-Hans", "greeting"),
        ("您还在吗", "zh-Hans", "greeting"),
        ("¿Sigue ahí?", "es", "greeting"),
        ("Вы ещё тут?", "ru", "greeting"),
        ("هل من أحد هناك؟", "ar", "greeting"),
        ("Are you still there?", "en", "greeting"),
        ("补贴还在吗", "zh-Hans", NOTHING),
        ("Что ещё ты умеешь делать?", "ru", NOTHING),
        ("Что ты умеешь делать?", "ru", "about"),
    ],
)
def test_who_wins_and_what_is_overlooked(text: str, language: str, intent: str) -> None:
    assert judge(text, language) == intent


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("人工 真人 客服 工作人员", "zh-Hans"),
        ("人工 真人 客服 專員", "zh-Hant"),
        ("human person agent operator support", "en"),
        ("человек оператор сотрудник консультант", "ru"),
        ("humano persona operador asesor", "es"),
        ("humano pessoa atendente operador", "pt-BR"),
        ("人間 オペレーター 担当者 スタッフ", "ja"),
        ("사람 상담원 직원 담당자", "ko"),
        ("manusia orang operator petugas admin", "id"),
        ("คน เจ้าหน้าที่ แอดมิน พนักงาน", "th"),
        ("إنسان موظف شخص بشر", "ar"),
        ("humain conseiller agent opérateur", "fr"),
        ("Mensch Mitarbeiter Berater Operator", "de"),
        ("insan temsilci görevli yetkili", "tr"),
    ],
)
def test_one_word_for_a_person_asks_for_one(words: str, language: str) -> None:
    for word in words.split():
        assert judge(word, language) == "person", word
        assert judge(word, identify_message(word)) == "person", word


@pytest.mark.parametrize("text", ["người thật", "nhân viên", "nguoi that", "nhan vien"])
def test_a_person_is_asked_for_in_vietnamese_with_and_without_tones(text: str) -> None:
    assert judge(text, "vi") == "person"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("toi bi danh o phim truong", "vi"),
        ("karakoldayim, ne sorduklarini anlamiyorum", "tr"),
        ("nao me devolvem o passaporte", "pt-BR"),
        ("mi jefe no me devuelve mi pasaporte", "es"),
        ("صادروا جوازي ولا يعيدوه", "ar"),
        ("مدير الشركة اخذ جواز سفرى", "ar"),
        ("Help, 他们扣了我的护照不还", "en"),
        ("演员护照被中介扣了，怎么办", "zh-Hans"),
        ("我们女演员的护照被经纪人收走了", "zh-Hans"),
        ("護照被仲介扣住了", "zh-Hant"),
        ("me han retenido el pasaporte", "es"),
        ("사장님이 내 여권을 가지고 안 줘요", "ko"),
        ("사장님이 내 여권을 가지고 있어요", "ko"),
    ],
)
def test_danger_is_heard_without_accents_and_between_languages(text: str, language: str) -> None:
    assert judge(text, language) == "danger"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Um roteiro com cena de suicídio pode ser aprovado?", "pt-BR"),
        ("Un scénario avec une scène de suicide peut-il être validé ?", "fr"),
        ("¿Qué sanción tiene el empleador por contratar extranjeros ilegalmente?", "es"),
        ("Quay phim ngắn hạn dưới 30 ngày có cần giấy phép gia hạn không?", "vi"),
        ("Thứ tự thủ tục để làm việc trên 90 ngày là gì?", "vi"),
    ],
)
def test_a_sentence_is_not_read_by_the_rules_of_another_language(text: str, language: str) -> None:
    assert judge(text, language) == NOTHING


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok", "ru"),
        ("понятно", "ru"),
        ("好的", "zh-Hans"),
        ("d'accord", "fr"),
        ("了解です", "ja"),
        ("네", "ko"),
        ("tamam", "tr"),
        ("รับทราบค่ะ", "th"),
        ("حسنا", "ar"),
        ("Alles klar, verstanden!", "de"),
        ("ok", "pt-BR"),
        ("dạ vâng", "vi"),
        ("oke siap", "id"),
        ("vale, perfecto", "es"),
        ("Got it", "en"),
    ],
)
def test_whoever_only_says_ok_is_answered_as_for_thanks(text: str, language: str) -> None:
    assert judge(text, language) == "thanks"
    assert judge(f"{text}, 12367?", language) == NOTHING


def test_japanese_is_not_read_as_chinese() -> None:
    assert judge("人工知能の表示", "ja") == NOTHING


def test_rule_files_name_only_what_is_read() -> None:
    paths = sorted(FOLDER.glob("*.json"))
    assert len(paths) == 14
    for path in paths:
        written = json.loads(path.read_text("utf-8"))
        besides = {"filler", "assent", "hypothetical", "involved"}
        assert set(written) == {*PRECEDENCE, *COURTESIES, *besides}
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
