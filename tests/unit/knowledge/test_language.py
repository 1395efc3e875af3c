from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.language import UNDETERMINED, base, chinese_variant, identify, identify_message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("外国演员要办什么签证？", "zh-Hans"),
        ("外國演員要辦什麼簽證？", "zh-Hant"),
        ("What visa do I need for two months?", "en"),
        ("Какая виза нужна актёру?", "ru"),
        ("Яка віза потрібна для роботи в Китаї?", "uk"),
        ("¿Qué visa necesito para actuar?", "es"),
        ("Quel visa faut-il pour tourner ?", "fr"),
        ("Welches Visum brauche ich?", "de"),
        ("Vize almam gerekiyor mu?", "tr"),
        ("Tôi cần thị thực gì?", "vi"),
        ("ビザは必要ですか", "ja"),
        ("日本で撮影する場合", "ja"),
        ("비자가 필요합니까", "ko"),
        ("ต้องใช้วีซ่าไหม", "th"),
        ("هل أحتاج إلى تأشيرة؟", "ar"),
    ],
)
def test_a_sentence_is_in_its_language(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ReelShort 上线要备案吗", "zh-Hans"),
        ("TikTok Minis 怎么接入", "zh-Hans"),
        ("短剧出海 ReelShort DramaBox TikTok Minis ShortMax", "zh-Hans"),
        ("Z签证", "zh-Hans"),
        ("Как работать в Китае с визой Z на DramaBox", "ru"),
        ("Do I need 备案 before I upload?", "en"),
        ("https://example.com/help 怎么办", "zh-Hans"),
        ("@outbound_bot 怎么办", "zh-Hans"),
        ("ＡＰＰ上架要什么材料", "zh-Hans"),
    ],
)
def test_names_in_another_script_do_not_decide(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize("text", ["", "   ", "👍", "123 456", "?!", "\u200b", "https://a.example"])
def test_without_letters_nothing_is_said(text: str) -> None:
    assert identify(text) == UNDETERMINED


@pytest.mark.parametrize(
    ("text", "known", "language"),
    [
        ("OK", {"conversation": "ru"}, "ru"),
        ("ok!", {"conversation": "zh-Hans"}, "zh-Hans"),
        ("👍", {"conversation": "es"}, "es"),
        ("90", {"conversation": "ru"}, "ru"),
        ("ReelShort?", {"conversation": "zh-Hans"}, "zh-Hans"),
        ("gracias", {"conversation": "en"}, "en"),
        ("да", {"conversation": "uk"}, "uk"),
        ("visa", {"client": "es"}, "es"),
        ("你好", {"conversation": "zh-Hant"}, "zh-Hant"),
        ("你好", {"client": "zh-Hant"}, "zh-Hant"),
        ("👍", {"client": "ru"}, "ru"),
        ("👍", {"conversation": "es", "client": "ru"}, "es"),
        ("👍", {}, "en"),
    ],
)
def test_a_short_message_keeps_the_known_language(
    text: str, known: dict[str, str], language: str
) -> None:
    assert identify_message(text, **known) == language


@pytest.mark.parametrize(
    ("text", "known", "language"),
    [
        ("спасибо", {"conversation": "en"}, "ru"),
        ("签证", {"conversation": "en"}, "zh-Hans"),
        ("謝謝", {"conversation": "zh-Hans"}, "zh-Hant"),
        ("谢谢", {"conversation": "zh-Hant"}, "zh-Hans"),
        ("Thank you so much for this", {"conversation": "ru"}, "en"),
        ("What visa do I need?", {"client": "ru"}, "en"),
        ("Hola, buenas tardes, necesito una visa", {"conversation": "en"}, "es"),
    ],
)
def test_a_message_that_says_more_changes_the_language(
    text: str, known: dict[str, str], language: str
) -> None:
    assert identify_message(text, **known) == language


@pytest.mark.parametrize("client", ["", "zh-Hans", "ru"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok", "en"),
        ("hello", "en"),
        ("Z visa?", "en"),
        ("Work permit", "en"),
        ("gracias", "es"),
        ("Cần visa", "vi"),
    ],
)
def test_a_first_word_is_not_taken_for_a_rare_language(
    text: str, language: str, client: str
) -> None:
    assert identify_message(text, client=client) == language


@pytest.mark.parametrize("client", ["", "en", "zh-Hans", "tr"])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello!", "en"),
        ("Thanks!", "en"),
        ("Bonjour", "fr"),
        ("Merci", "fr"),
        ("¡Hola!", "es"),
        ("Bom dia", "pt"),
        ("Obrigado", "pt"),
        ("Hallo", "de"),
        ("Merhaba", "tr"),
        ("Terima kasih", "id"),
        ("Xin chao", "vi"),
        ("Привет", "ru"),
        ("ありがとう", "ja"),
    ],
)
def test_a_first_greeting_is_answered_in_its_language(
    text: str, language: str, client: str
) -> None:
    assert identify_message(text, client=client) == language


@pytest.mark.parametrize("text", ["Hello!", "ok", "thanks", "perfect", "👍"])
@pytest.mark.parametrize("conversation", ["de", "tr", "zh-Hant", "ru", "pt-BR"])
def test_a_courtesy_keeps_the_language_of_the_conversation(text: str, conversation: str) -> None:
    assert identify_message(text, conversation=conversation, client="en") == conversation


def test_the_chosen_language_wins() -> None:
    chosen = identify_message("¿Qué visa necesito?", chosen="ru", conversation="es", client="es")
    assert chosen == "ru"


def test_simplified_and_traditional() -> None:
    assert chinese_variant("签证") == "zh-Hans"
    assert chinese_variant("簽證") == "zh-Hant"
    assert chinese_variant("你好") == "zh-Hans"


def test_the_base_of_a_tag() -> None:
    assert [base(tag) for tag in ("zh-Hant", "en", "PT-BR")] == ["zh", "en", "pt"]


def test_threads_do_not_disturb_each_other() -> None:
    texts = ["Какая виза нужна актёру?", "What visa do I need for two months?"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(identify, texts)) == ["ru", "en"] * 50


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ReelShort怎么分成", "zh-Hans"),
        ("TikTok收费吗", "zh-Hans"),
        ("ReelShortは無料ですか", "ja"),
        ("TikTok은 무료인가요", "ko"),
        ("Z签证要多久", "zh-Hans"),
        ("DramaBox要收費嗎", "zh-Hant"),
    ],
)
def test_a_name_that_is_joined_to_the_sentence_does_not_hide_its_language(
    text: str, language: str
) -> None:
    assert identify(text) == language
    assert identify_message(text, client="en") == language
