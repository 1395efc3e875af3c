"""Where customers are: what they say of it, and what they do not say."""

import pytest

from bot.desk.places import zone_of_country, zone_told


@pytest.mark.parametrize(
    ("text", "language", "zone"),
    [
        ("I'm in Moscow, when will you call?", "en", "Europe/Moscow"),
        ("We are currently based in New York.", "en", "America/New_York"),
        ("I live in Thailand", "en", "Asia/Bangkok"),
        ("I am calling from Germany", "en", "Europe/Berlin"),
        ("我现在在曼谷，什么时候能回复？", "zh-Hans", "Asia/Bangkok"),
        ("我们在日本这边", "zh-Hans", "Asia/Tokyo"),
        ("Я сейчас в Москве.", "ru", "Europe/Moscow"),
        ("Мы находимся в Германии", "ru", "Europe/Berlin"),
        ("Ich bin gerade in Wien.", "de", "Europe/Vienna"),
        ("Je suis à Paris", "fr", "Europe/Paris"),
        ("Estoy en Madrid", "es", "Europe/Madrid"),
        ("Moro em São Paulo", "pt-BR", "America/Sao_Paulo"),
        ("Saya tinggal di Jakarta", "id", "Asia/Jakarta"),
        ("Tôi đang ở Thái Lan", "vi", "Asia/Bangkok"),
        ("ตอนนี้ผมอยู่ที่กรุงเทพครับ", "th", "Asia/Bangkok"),
        ("أنا الآن في القاهرة", "ar", "Africa/Cairo"),
        ("バンコクに住んでいます", "ja", "Asia/Bangkok"),
        ("방콕에 있어요", "ko", "Asia/Bangkok"),
        ("Moskova'dayım", "tr", "Europe/Moscow"),
    ],
)
def test_who_says_where_they_are_is_believed(text: str, language: str, zone: str) -> None:
    assert zone_told(text, language) == zone


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I release a game in Thailand?", "en"),
        ("We are in Thailand with our third game already", "en"),
        ("I am interested in Japan", "en"),
        ("I'm in Russia", "en"),  # eleven zones
        ("I'm from Moscow", "en"),  # a nationality
        ("我们在泰国上线的短剧要备案吗？", "zh-Hans"),
        ("Мы хотим выйти на рынок в Германии", "ru"),
        ("I am in a hurry", "en"),
        ("", "en"),
        ("🙂" * 50, ""),
    ],
)
def test_what_says_nothing_of_it_is_not(text: str, language: str) -> None:
    assert zone_told(text, language) == ""


@pytest.mark.parametrize(
    ("country", "zone"),
    [("TH", "Asia/Bangkok"), ("DE", "Europe/Berlin"), ("RU", ""), ("US", ""), ("XX", "")],
)
def test_a_country_has_a_zone_where_all_its_clocks_agree(country: str, zone: str) -> None:
    assert zone_of_country(country) == zone
