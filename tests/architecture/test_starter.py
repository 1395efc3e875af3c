"""The starter knowledge is complete: sources, dates, languages, and the same numbers in each."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Final

import frontmatter
import pytest

from knowledge.dates import PartialDate
from knowledge.language import base, identify
from tests.architecture.numbers import chinese_numbers, english_numbers, written_numbers
from tests.architecture.sources import ROOT

_STARTER = ROOT / "knowledge" / "starter"
_LANGUAGES: Final = ("zh-Hans", "en")
_LEAST_ENTRIES = 120
_LEAST_GUIDES = 25
_LEAST_VARIANTS = 3
_TRANSLATIONS: Final = ("zh-Hant", "en", "ru", "es", "pt-BR", "ja", "ko", "id")
_LATER_TRANSLATIONS: Final = ("pt-BR", "ja", "ko", "id")
_LEAST_IN_ALL_LANGUAGES = 40
_LEAST_IN_TRANSLATION = 2
_GAPS = "gaps.csv"
_OURSELVES = "Outbound Desk"
_DATES: Final = ("issued", "effective_from", "effective_to", "checked")
_HAN = re.compile(r"[\u3400-\u9fff]")

Row = Mapping[str, str]
Facts = Mapping[str, object]


def test_there_are_enough_entries_with_ids_of_their_own() -> None:
    rows = _rows()
    assert len(rows) >= _LEAST_ENTRIES
    assert [name for name, count in Counter(row["id"] for row in rows).items() if count > 1] == []
    assert all(row["id"].strip() for row in rows)


def test_there_are_enough_guides_in_every_language() -> None:
    names = [set(_guides(language)) for language in _LANGUAGES]
    assert all(found == names[0] for found in names)
    assert len(names[0]) >= _LEAST_GUIDES


def test_every_entry_names_its_source() -> None:
    assert [name for name, facts in _all_facts().items() if not _has_source(facts)] == []


def test_every_entry_says_how_sure_it_is_and_when_it_was_checked() -> None:
    facts = _all_facts()
    for name, each in facts.items():
        # A known gap is on the shelf to be recognised; it must never become an answer.
        is_gap = each.get("file") == _GAPS
        assert each.get("confidence") in ({"L"} if is_gap else {"H", "M"}), name
    assert any(each.get("file") == _GAPS for each in facts.values())
    assert [name for name, each in facts.items() if not each.get("checked")] == []


def test_dates_are_dates() -> None:
    for name, facts in _all_facts().items():
        for key in _DATES:
            if facts.get(key):
                assert str(PartialDate.parse(str(facts[key]))) == str(facts[key]), f"{name}: {key}"


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_entry_is_asked_and_answered_in_the_language(language: str) -> None:
    rows = _rows()
    few = [row["id"] for row in rows if len(_variants(row, language)) < _LEAST_VARIANTS]
    assert few == []
    assert [row["id"] for row in rows if not row[f"answer:{language}"].strip()] == []


def test_english_questions_are_english() -> None:
    variants = [(row["id"], text) for row in _rows() for text in _variants(row, "en")]
    assert len(variants) >= _LEAST_ENTRIES * _LEAST_VARIANTS
    assert [each for each in variants if _is_mostly_han(each[1])] == []


def test_no_variant_is_given_twice_in_an_entry() -> None:
    rows = _rows()
    assert rows
    for row in rows:
        for language in _LANGUAGES:
            variants = [text.casefold() for text in _variants(row, language)]
            assert len(variants) == len(set(variants)), f"{row['id']}: {language}"


def test_both_answers_give_the_same_numbers() -> None:
    rows = _rows()
    assert any(chinese_numbers(row["answer:zh-Hans"]).written for row in rows)
    for row in rows:
        chinese = chinese_numbers(row["answer:zh-Hans"])
        english = english_numbers(row["answer:en"])
        assert chinese.written <= english.written | english.spelled, row["id"]
        assert english.written <= chinese.written | chinese.spelled, row["id"]


def test_enough_entries_are_answered_in_all_languages() -> None:
    rows = [row for row in _rows() if any(_answer(row, tag) for tag in _LATER_TRANSLATIONS)]
    assert len(rows) >= _LEAST_IN_ALL_LANGUAGES
    gaps = [(row["id"], tag) for row in rows for tag in _TRANSLATIONS if not _answer(row, tag)]
    assert gaps == []
    few = [
        (row["id"], tag)
        for row in rows
        for tag in _LATER_TRANSLATIONS
        if len(_variants(row, tag)) < _LEAST_IN_TRANSLATION
    ]
    assert few == []


def test_nothing_is_answered_in_a_language_in_which_it_is_not_asked() -> None:
    answered = [(row, tag) for row in _rows() for tag in _TRANSLATIONS if _answer(row, tag)]
    assert [(row["id"], tag) for row, tag in answered if not _variants(row, tag)] == []


@pytest.mark.parametrize("language", _TRANSLATIONS)
def test_translations_keep_the_figures_of_the_original(language: str) -> None:
    rows = [row for row in _rows() if _answer(row, language)]
    assert len(rows) >= _LEAST_IN_ALL_LANGUAGES
    for row in rows:
        original = written_numbers(row["answer:zh-Hans"], "zh-Hans")
        translated = written_numbers(_answer(row, language), language)
        assert original <= translated, row["id"]
        assert translated <= original | chinese_numbers(row["answer:zh-Hans"]).spelled, row["id"]


@pytest.mark.parametrize("language", _TRANSLATIONS)
def test_answers_are_in_the_language_of_their_column(language: str) -> None:
    answers = {row["id"]: _answer(row, language) for row in _rows() if _answer(row, language)}
    assert answers
    wanted = language if base(language) == "zh" else base(language)
    assert {
        name: identify(text) for name, text in answers.items() if identify(text) != wanted
    } == {}


@pytest.mark.parametrize(
    ("original", "language", "translation"),
    [
        (
            "2015年1月1日起最高200万元",
            "pt-BR",
            "até 2 milhões de yuans, 1º de janeiro de 2015",
        ),
        ("2015年1月1日起最高200万元", "id", "paling banyak 2 juta yuan sejak 1 Januari 2015"),
        ("2015年1月1日起最高200万元", "ru", "до 2 млн юаней с 1 января 2015 года"),
        (
            "2015年1月1日起最高200万元",
            "es",
            "hasta 2 millones de yuanes, 1 de enero de 2015",
        ),
        ("2015年1月1日起最高200万元", "ko", "2015년 1월 1일부터 최고 200만 위안"),
        ("罚款5,000元，占49.24%", "pt-BR", "multa de 5.000 yuans, 49,24%"),
        ("1万亿韩元", "ja", "1兆ウォン"),
        ("按第80条", "ko", "제80조에 따라"),
        ("第15.211/2025号法律", "id", "UU 15.211/2025"),
    ],
)
def test_figures_are_read_in_every_language(original: str, language: str, translation: str) -> None:
    assert written_numbers(original, "zh-Hans") == written_numbers(translation, language)


def test_other_figures_are_told_apart_in_every_language() -> None:
    assert written_numbers("20天", "zh-Hans") != written_numbers("2 hari", "id")
    assert written_numbers("2 млн", "ru") != written_numbers("2 тыс", "ru")


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("2015年1月1日起最高200万元", "up to RMB 2 million since 1 January 2015"),
        ("10917.64亿元", "RMB 1,091.764 billion"),
        ("1万亿韩元，约为4倍", "KRW 1 trillion, about four times"),
        ("第四十一条", "article 41"),
    ],
)
def test_numbers_are_read_in_both_languages(chinese: str, english: str) -> None:
    there, here = chinese_numbers(chinese), english_numbers(english)
    assert there.written | there.spelled == here.written | here.spelled


def test_other_numbers_are_told_apart() -> None:
    assert chinese_numbers("200万元").written != english_numbers("RMB 200,000").written


def _has_source(facts: Facts) -> bool:
    address = str(facts.get("url") or "")
    return address.startswith(("https://", "http://")) or facts.get("issuer") == _OURSELVES


def _variants(row: Row, language: str) -> list[str]:
    cell = row.get(f"question:{language}", "")
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _answer(row: Row, language: str) -> str:
    """The answer in the language, "" where the file has no column for it."""
    return row.get(f"answer:{language}", "").strip()


def _is_mostly_han(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return 2 * len(_HAN.findall(text)) > len(letters)


@cache
def _rows() -> tuple[Row, ...]:
    found: list[Row] = []
    for path in sorted(_STARTER.glob("faq/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [{"file": path.name, **row} for row in csv.DictReader(file, strict=True)]
    return tuple(found)


@cache
def _guides(language: str) -> dict[str, Facts]:
    paths = sorted((_STARTER / "guides" / language).glob("*.md"))
    return {path.stem: frontmatter.load(str(path)).metadata for path in paths}


def _all_facts() -> dict[str, Facts]:
    facts: dict[str, Facts] = {row["id"]: row for row in _rows()}
    for language in _LANGUAGES:
        facts |= {f"{language}/{name}": each for name, each in _guides(language).items()}
    assert len(facts) >= _LEAST_ENTRIES + len(_LANGUAGES) * _LEAST_GUIDES
    return facts
