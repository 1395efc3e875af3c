import os
import subprocess
import sys

import pytest

from knowledge.subjects import countries, subjects


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
    ],
)
def test_other_things_that_a_text_names(text: str, language: str, expected: set[str]) -> None:
    assert subjects(text, language) == expected


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
