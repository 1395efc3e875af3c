import os
import subprocess
import sys

import pytest

from knowledge.subjects import countries, name_subjects, subjects

HONG_KONG = "place:hong-kong"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("印度演员要签证吗？", "zh-Hans", {"IN"}),
        ("印度尼西亚演员要签证吗？", "zh-Hans", {"ID"}),
        ("印尼和印度的演员", "zh-Hans", {"ID", "IN"}),
        ("美国和韩国市场", "zh-Hans", {"US", "KR"}),
        ("朝鲜演员", "zh-Hans", {"KP"}),
        ("沙特和阿联酋", "zh-Hans", {"SA", "AE"}),
        ("中国的备案", "zh-Hans", set()),
        ("马里奥是我们的演员", "zh-Hans", set()),
        ("a Brazilian? No, from Brazil", "en", {"BR"}),
        ("in the US and the UK", "en", {"US", "GB"}),
        ("the U.S. market", "en", {"US"}),
        ("South Korea's rating board", "en", {"KR"}),
        ("North Korea", "en", {"KP"}),
        ("Niger is not Nigeria", "en", {"NE", "NG"}),
        ("Tell us about the visa", "en", set()),
        ("What does it cost in US dollars?", "en", set()),
        ("3000 US$ a month", "en", set()),
        ("my friend Georgia", "en", set()),
        ("виза для граждан Индии", "ru", {"IN"}),
        ("в Индонезию и Индию", "ru", {"ID", "IN"}),
        ("актриса из Казахстана", "ru", {"KZ"}),
        ("с Узбекистаном и Турцией", "ru", {"UZ", "TR"}),
        ("в США, в Америке", "ru", {"US"}),
        ("в Южной Корее", "ru", {"KR"}),
        ("Кроме того, нужен контракт того агентства", "ru", set()),
        ("una actriz de Estados Unidos", "es", {"US"}),
        ("en EE. UU. y en Corea del Sur", "es", {"US", "KR"}),
        ("Guinea Ecuatorial", "es", {"GQ"}),
        ("Brasil y México", "es", {"BR", "MX"}),
        ("Hợp đồng hợp pháp và đạo đức", "vi", set()),
        ("người Hàn Quốc", "vi", {"KR"}),
        ("Can I go to Japan?", "xx", {"JP"}),
        # Syllables and words that only look like a country.
        ("短剧出海地区有哪些", "zh-Hans", set()),
        ("增加纳税", "zh-Hans", set()),
        ("今日本公司申请", "zh-Hans", set()),
        ("依法国家规定", "zh-Hans", set()),
        ("内蒙古", "zh-Hans", set()),
        ("日本公司", "zh-Hans", {"JP"}),
        ("индивидуальный предприниматель", "ru", set()),
        ("в Северной Корее", "ru", {"KP"}),
        ("в Саудовской Аравии", "ru", {"SA"}),
        ("my friend Jordan", "en", set()),
        ("rules in Jordan", "en", {"JO"}),
        ("rules for games in turkey", "en", {"TR"}),
        ("Turkey's rating", "en", {"TR"}),
        ("the Latin American market", "en", set()),
        # A continent is no country.
        ("доход в Латинской Америке и в Америке", "ru", {"US"}),
        ("Северная Америка", "ru", set()),
        ("le marché d'Amérique latine", "fr", set()),
        ("un acteur d'Amérique", "fr", {"US"}),
        ("pasar Amerika Latin", "id", set()),
        ("pasar Amerika", "id", {"US"}),
        ("Güney Amerika pazarı", "tr", set()),
        ("Amerika pazarı", "tr", {"US"}),
        ("سوق أمريكا اللاتينية", "ar", set()),
        ("سوق أمريكا", "ar", {"US"}),
        ("ตลาดละตินอเมริกา", "th", set()),
        ("ตลาดอเมริกา", "th", {"US"}),
        ("南アメリカの市場", "ja", set()),
        ("アメリカの市場", "ja", {"US"}),
        ("タイトルを変える", "ja", set()),
        ("タイの規制", "ja", {"TH"}),
        ("韓国と米国", "ja", {"KR", "US"}),
        ("취업허가증이란", "ko", set()),
        ("결제 수단은 오만 원", "ko", set()),
        ("이란과 인도에서", "ko", {"IR", "IN"}),
        ("ภาษาไทย", "th", set()),
        ("ในประเทศไทย", "th", {"TH"}),
        ("bahasa Indonesia", "id", set()),
        ("di Arab Saudi", "id", {"SA"}),
        ("Anh ơi, ở Anh thì sao", "vi", {"GB"}),
        ("Ý kiến", "vi", set()),
        ("الدعم المالي في البرازيل", "ar", {"BR"}),
        ("للسعودية", "ar", {"SA"}),
        ("en français, en France", "fr", {"FR"}),
        ("auf Deutsch in der Türkei", "de", {"TR"}),
        ("Brezilya'da", "tr", {"BR"}),
        ("tell us", "en", set()),
        ("进US市场", "zh-Hans", {"US"}),
        # Adjectives, and the names of languages.
        ("Brazilian rules", "en", {"BR"}),
        ("in Spanish, please", "en", set()),
        ("бразильские правила", "ru", {"BR"}),
        ("на русском языке", "ru", set()),
        ("mercado coreano", "es", {"KR"}),
        ("profesor de ruso", "es", set()),
        ("brasilianische Regeln", "de", {"BR"}),
        ("", "en", set()),
    ],
)
def test_countries_that_a_text_names(text: str, language: str, expected: set[str]) -> None:
    assert countries(text, language) == expected


def test_traditional_characters_name_the_same_countries() -> None:
    assert subjects("韓國和美國的演員", "zh-Hant") == {"country:KR", "country:US"}
    assert subjects("阿聯酋", "zh-Hant") == subjects("阿联酋", "zh-Hans")


def test_english_names_count_in_every_language() -> None:
    assert countries("想去 Japan 拍戏", "zh-Hans") == {"JP"}
    assert countries("еду в Japan", "ru") == {"JP"}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Do I need a Z visa?", "en", {"visa:z"}),
        ("F字签证和Z签证", "zh-Hans", {"visa:f", "visa:z"}),
        ("Can I get a visa?", "en", set()),
        ("I have a visa", "en", set()),
        ("北京和上海", "zh-Hans", {"place:beijing", "place:shanghai"}),
        ("в Пекине", "ru", {"place:beijing"}),
        ("the threshold of 2024", "en", {"year:2024"}),
        ("Law 15.211/2025", "en", set()),
        ("L visa or tourist visa", "en", {"visa:l", "status:tourist"}),
        ("туристическая виза", "ru", {"status:tourist"}),
        ("ビザなしで", "ja", {"status:visa-free"}),
        ("miễn visa rồi", "vi", {"status:visa-free"}),
        ("B类和C类", "zh-Hans", {"class:b", "class:c"}),
        ("class B", "en", {"class:b"}),
        ("重点微短剧", "zh-Hans", {"tier:key"}),
        ("AI微短剧", "zh-Hans", {"made:ai"}),
        ("J'ai un permis", "fr", set()),
        ("前海的政策", "zh-Hans", {"district:qianhai"}),
        ("欧盟的规定", "zh-Hans", {"region:eu"}),
        ("o que eu faço", "pt", set()),
        ("未成年演员", "zh-Hans", {"person:minor"}),
        ("revisan el registro", "es", set()),
    ],
)
def test_other_things_that_a_text_names(text: str, language: str, expected: set[str]) -> None:
    assert subjects(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "origins"),
    [
        ("Сколько стоит регистрация в Мексике?", "ru", set()),
        ("Я в Мексике, какая виза нужна?", "ru", {"country:MX"}),
        ("巴西籍演员", "zh-Hans", {"country:BR"}),
        ("来自俄罗斯", "zh-Hans", {"country:RU"}),
        ("在巴西发行", "zh-Hans", set()),
        ("I am Brazilian", "en", {"country:BR"}),
        ("actors from Korea, Japan or Hong Kong", "en", {"country:KR", "country:JP", HONG_KONG}),
        ("the market of Brazil", "en", set()),
        ("бразильский актёр", "ru", {"country:BR"}),
        ("гражданка Индии", "ru", {"country:IN"}),
        ("soy mexicana", "es", {"country:MX"}),
        ("sou ator brasileiro", "pt", {"country:BR"}),
        ("ブラジル人", "ja", {"country:BR"}),
        ("브라질 배우", "ko", {"country:BR"}),
        ("orang Rusia", "id", {"country:RU"}),
        ("นักแสดงรัสเซีย", "th", {"country:RU"}),
        ("ممثل من روسيا", "ar", {"country:RU"}),
        ("香港、澳门、台湾演员", "zh-Hans", {HONG_KONG, "place:macao", "place:taiwan"}),
        ("在香港拍戏", "zh-Hans", set()),
        ("I am Brazilian and sell games in Brazil", "en", set()),
    ],
)
def test_where_somebody_comes_from(text: str, language: str, origins: set[str]) -> None:
    assert name_subjects(text, language).origins == origins


def test_the_order_of_a_set_decides_nothing() -> None:
    """A language's own names are taken out before the English ones, whatever the hash seed is."""
    code = "from knowledge.subjects import countries; print(*countries('Guinea Ecuatorial', 'es'))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert found == {"GQ\n"}
