"""Every reader gets a language that they read."""

from pathlib import Path

import pytest

from bot.i18n.locales import KNOWN_LOCALES, SOURCE_LOCALE, find_locales
from bot.i18n.negotiation import canonical, nearest_readable, negotiate


def test_the_languages_are_the_folders() -> None:
    assert {"en", "es", "pt-BR", "ru", "zh-Hans", "zh-Hant"} <= set(KNOWN_LOCALES)
    assert {"ar", "de", "fr", "id", "ja", "ko", "th", "tr", "vi"} <= set(KNOWN_LOCALES)
    assert SOURCE_LOCALE in KNOWN_LOCALES


def test_a_new_folder_is_a_new_language(tmp_path: Path) -> None:
    (tmp_path / "ja" / "LC_MESSAGES").mkdir(parents=True)
    assert find_locales(tmp_path) == ()
    (tmp_path / "ja" / "LC_MESSAGES" / "messages.po").touch()
    assert find_locales(tmp_path) == ("ja",)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-hant", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("yue", "zh-Hant"),
        ("yue-Hans", "zh-Hans"),
        ("cmn-Hant", "zh-Hant"),
        ("en-US", "en"),
        ("es-419", "es"),
        ("RU", "ru"),
        ("ca", "es"),
        ("kk", "ru"),
        ("pt", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("pt_AO", "pt-BR"),
        ("gl", "pt-BR"),
        ("ja", "ja"),
        ("ar-EG", "ar"),
        ("fr-CA", "fr"),
        ("de-AT", "de"),
        ("ms", "id"),
        ("az", "tr"),
        ("uk", "en"),
        ("", "en"),
        ("xx", "en"),
        ("not a tag", "en"),
    ],
)
def test_negotiates_one_tag(tag: str, expected: str) -> None:
    assert negotiate((tag,)) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ((), "en"),
        (("uk", "ru"), "ru"),
        (("uk", "pt-PT", "ru"), "pt-BR"),
        (("", "zh-TW"), "zh-Hant"),
        (("kk", "zh"), "zh-Hans"),
        (("ru", "zh"), "ru"),
    ],
)
def test_takes_the_first_language_that_is_known(tags: tuple[str, ...], expected: str) -> None:
    assert negotiate(tags) == expected


@pytest.mark.parametrize(
    ("language", "available", "expected"),
    [
        ("ru", ("zh-Hans", "ru", "en"), "ru"),
        ("ru", ("zh-Hans", "en"), "en"),
        ("zh-Hant", ("en", "zh-Hans"), "zh-Hans"),
        ("zh-TW", ("en", "zh-CN"), "zh-CN"),
        ("zh-Hans", ("en", "zh-Hant"), "zh-Hant"),
        ("ja", ("zh-Hans", "zh-Hant", "en"), "en"),
        ("ko", ("zh-Hant", "zh-Hans"), "zh-Hans"),
        ("kk", ("en", "ru"), "ru"),
        ("en", ("zh-Hans", "ru"), "zh-Hans"),
        ("en", ("ru", "es"), "ru"),
        ("es-MX", ("en", "es"), "es"),
        ("pt", ("en", "es", "zh-Hans"), "es"),
        ("pt-PT", ("en", "es", "pt-BR"), "pt-BR"),
        ("pt-BR", ("zh-Hans", "en"), "en"),
        ("ar", ("ru", "zh-Hans", "fr"), "zh-Hans"),
        ("", ("zh-Hans", "en"), "en"),
        ("en", (), ""),
    ],
)
def test_finds_the_nearest_readable(
    language: str, available: tuple[str, ...], expected: str
) -> None:
    assert nearest_readable(language, available) == expected


def test_a_canonical_tag_stays_as_it_is() -> None:
    for tag in KNOWN_LOCALES:
        assert canonical(tag) == tag
