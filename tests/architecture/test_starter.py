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
from tests.architecture.numbers import chinese_numbers, english_numbers
from tests.architecture.sources import ROOT

_STARTER = ROOT / "knowledge" / "starter"
_LANGUAGES: Final = ("zh-Hans", "en")
_LEAST_ENTRIES = 60
_LEAST_GUIDES = 10
_LEAST_VARIANTS = 3
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
    return [line.strip() for line in row[f"question:{language}"].splitlines() if line.strip()]


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
