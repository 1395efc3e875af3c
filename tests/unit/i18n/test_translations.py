"""The catalogs as they are read at run time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from bot.i18n.formats import (
    choosable_languages,
    day_in_words,
    language_name,
    own_name,
    partial_date_in_words,
)
from bot.i18n.locales import KNOWN_LOCALES
from bot.i18n.translations import Translations, read_catalog
from handlers.wording import Wording
from knowledge.dates import PartialDate


def test_translates_for_the_reader_of_each_call() -> None:
    translations = Translations()
    assert translations.gettext("Sources", language="ru") == "Источники"
    assert translations.gettext("Sources", language="zh-TW") == "資料來源"
    assert translations.gettext("Sources", language="pt-PT") == "Fontes"
    assert translations.gettext("Sources", language="uk") == "Sources"


def test_leaves_what_no_catalog_has() -> None:
    translations = Translations()
    assert translations.gettext("never written", language="ru") == "never written"
    assert translations.gettext("", language="ru") == ""


def test_a_missing_catalog_shows_the_english_texts(tmp_path: Path) -> None:
    assert read_catalog(tmp_path / "messages.po").gettext("Sources") == "Sources"
    assert Translations(tmp_path).gettext("Sources", language="ru") == "Sources"


def test_is_shared_between_threads() -> None:
    translations = Translations()
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(
            lambda tag: translations.gettext("You are the customer again.", language=tag),
            KNOWN_LOCALES * 20,
        )
        assert len(set(found)) == len(KNOWN_LOCALES)


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 1, "1 ticket is waiting."),
        ("en", 2, "2 tickets are waiting."),
        ("es", 1, "1 caso está en espera."),
        ("es", 5, "5 casos están en espera."),
        ("ru", 1, "1 обращение ждёт ответа."),
        ("ru", 3, "3 обращения ждут ответа."),
        ("ru", 5, "5 обращений ждут ответа."),
        ("ru", 11, "11 обращений ждут ответа."),
        ("ru", 21, "21 обращение ждёт ответа."),
        ("pt-BR", 1, "1 chamado está aguardando."),
        ("pt-BR", 2, "2 chamados estão aguardando."),
        ("fr", 1, "1 demande est en attente."),
        ("fr", 3, "3 demandes sont en attente."),
        ("de", 1, "1 Ticket wartet."),
        ("de", 4, "4 Tickets warten."),
        ("tr", 1, "1 talep bekliyor."),
        ("tr", 6, "6 talep bekliyor."),
        ("vi", 2, "2 yêu cầu đang chờ."),
        ("zh-Hans", 1, "1 个工单等待处理。"),
        ("zh-Hant", 7, "有 7 件案件等待處理。"),
        ("ru", 0, "Ни одно обращение не ждёт ответа."),
    ],
)
def test_counts_as_the_language_does(
    wording: Wording, language: str, count: int, expected: str
) -> None:
    assert wording.waiting(count, language=language) == expected


@pytest.mark.parametrize(
    ("language", "year", "month", "day"),
    [
        ("en", "2025", "March 2025", "1 March 2025"),
        ("es", "2025", "marzo de 2025", "1 de marzo de 2025"),
        ("ru", "2025", "март 2025 г.", "1 марта 2025 г."),
        ("zh-Hans", "2025年", "2025年3月", "2025年3月1日"),
        ("zh-HK", "2025年", "2025年3月", "2025年3月1日"),
        ("ja", "2025年", "2025年3月", "2025年3月1日"),
        ("pt", "2025", "março de 2025", "1º de março de 2025"),
        ("fr", "2025", "mars 2025", "1er mars 2025"),
        ("de", "2025", "März 2025", "1. März 2025"),
        ("tr", "2025", "Mart 2025", "1 Mart 2025"),
        ("vi", "2025", "tháng 3 năm 2025", "1 tháng 3, 2025"),
        ("uk", "2025", "March 2025", "1 March 2025"),
    ],
)
def test_writes_dates_as_far_as_they_are_known(
    language: str, year: str, month: str, day: str
) -> None:
    written = [
        partial_date_in_words(PartialDate(*parts), language=language)
        for parts in ((2025,), (2025, 3), (2025, 3, 1))
    ]
    # Babel joins some of them with narrow or unbreakable spaces.
    assert [" ".join(each.split()) for each in written] == [year, month, day]
    assert day_in_words(date(2025, 3, 1), language=language) == written[-1]


@pytest.mark.parametrize(
    ("tag", "language", "expected"),
    [
        ("zh-Hans", "en", "Simplified Chinese"),
        ("zh-Hant", "zh-Hant", "繁體中文"),
        ("ru", "zh-Hans", "俄语"),
        ("pt-BR", "es", "portugués de Brasil"),
        ("xx", "en", "xx"),
        ("", "en", ""),
    ],
)
def test_names_languages(tag: str, language: str, expected: str) -> None:
    assert language_name(tag, language=language) == expected


def test_every_language_can_be_chosen_and_chinese_comes_first() -> None:
    offered = choosable_languages()
    assert sorted(offered) == list(KNOWN_LOCALES)
    assert offered[:2] == ("zh-Hans", "zh-Hant")
    assert offered.index("de") < offered.index("fr") < offered.index("tr") < offered.index("ru")


def test_lists_languages_by_their_own_names() -> None:
    assert [own_name(tag) for tag in ("en", "es", "id", "ja", "pt-BR", "ru", "zh-Hant")] == [
        "English",
        "Español",
        "Bahasa Indonesia",
        "日本語",
        "Português (Brasil)",
        "Русский",
        "繁體中文",
    ]
