"""The questions and attacks that measure the desk: enough of each, and on the starter knowledge."""

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any, Final

import pytest

from knowledge.evaluation.cases import DeskCase, read_desk_cases
from knowledge.passage import Audience
from tests.architecture.sources import ROOT

_BENCHMARKS = ROOT / "benchmarks"
_STARTER = ROOT / "knowledge" / "starter"
_SHARES: Final = {
    "answerable": 0.5,
    "near-miss": 0.2,
    "topic-missing": 0.1,
    "out-of-scope": 0.1,
    "person": 0.1,
}
_TOLERANCE = 0.02
_OUTCOMES: Final = {
    "near-miss": {"handed_off", "clarify"},
    "topic-missing": {"handed_off"},
    "out-of-scope": {"declined", "handed_off", "smalltalk"},
    "person": {"handed_off"},
}
_LEAST_LANGUAGES = 12
_LEAST: Final = {"questions": 300, "wrong": 360, "right": 180, "injections": 220, "probes": 1000}
_LEAST_ENTRIES = 60

Line = Mapping[str, Any]


def test_the_questions_are_many_and_shared_out_as_promised() -> None:
    cases = _cases()
    kinds = Counter(case.kind for case in cases)
    assert len(cases) >= _LEAST["questions"]
    assert set(kinds) == set(_SHARES)
    for kind, share in _SHARES.items():
        assert kinds[kind] / len(cases) == pytest.approx(share, abs=_TOLERANCE), kind


def test_every_language_has_questions_of_every_kind_in_both_halves() -> None:
    languages = {case.request.language for case in _cases()}
    assert len(languages) >= _LEAST_LANGUAGES
    found = Counter((case.request.language, case.kind, case.split) for case in _cases())
    for language in languages:
        for kind in _SHARES:
            halves = found[language, kind, "calibration"], found[language, kind, "test"]
            assert min(halves) > 0, f"{language}: {kind}"
            assert abs(halves[0] - halves[1]) <= 1, f"{language}: {kind}"


def test_no_question_is_asked_twice() -> None:
    questions = Counter(case.request.question for case in _cases())
    assert [question for question, count in questions.items() if count > 1] == []


def test_answerable_questions_name_sources_that_may_answer() -> None:
    answerable = [case for case in _cases() if case.kind == "answerable"]
    sources = _entries().keys() | _headings()
    for case in answerable:
        assert "answered" in case.outcomes, case.id
        assert case.entries, case.id
        assert set(case.entries) <= sources, case.id
    assert len({case.entries[0] for case in answerable}) >= _LEAST_ENTRIES


def test_other_questions_are_not_to_be_answered_from_the_shelf() -> None:
    others = [case for case in _cases() if case.kind != "answerable"]
    assert others
    for case in others:
        assert set(case.outcomes) <= _OUTCOMES[case.kind], case.id
        assert not case.entries, case.id


def test_a_section_is_cited_by_any_part_of_it() -> None:
    case = next(case for case in _cases() if "Copyright" in case.entries)
    assert case.fits("guides/en/rules-abroad-for-dramas.md", "Copyright, ¶1–2")
    assert not case.fits("guides/en/rules-abroad-for-dramas.md", "Data leaving China, ¶1")


def test_attacked_sentences_are_enough_and_of_every_language() -> None:
    lines = _lines("attacks/sentences.jsonl")
    assert _ids_are_unique(lines)
    for right in (True, False):
        own = [line for line in lines if line["right"] is right]
        assert len(own) >= _LEAST["right" if right else "wrong"]
        assert {line["language"] for line in own} == {case.request.language for case in _cases()}
        assert {line["quote_language"] for line in own} == {"zh-Hans", "en"}
    assert len({line["entry"] for line in lines}) >= _LEAST_ENTRIES


def test_every_attacked_quote_is_in_its_entry() -> None:
    missing = [
        line["id"]
        for line in _lines("attacks/sentences.jsonl")
        if line["quote"] not in _entries()[line["entry"]][f"answer:{line['quote_language']}"]
    ]
    assert missing == []


def test_injections_are_enough_and_in_every_place() -> None:
    lines = _lines("attacks/injections.jsonl")
    assert len(lines) >= _LEAST["injections"]
    assert _ids_are_unique(lines)
    assert len({line["text"] for line in lines}) == len(lines)
    places = {"question", "history", "document", "heading", "title", "file-name"}
    assert {line["where"] for line in lines} == places
    assert {line["language"] for line in lines} == {case.request.language for case in _cases()}


def test_documents_behind_walls_make_enough_probes() -> None:
    text = (_BENCHMARKS / "attacks" / "audiences.json").read_text(encoding="utf-8")
    book: Mapping[str, Sequence[Line]] = json.loads(text)
    documents, templates = book["documents"], book["templates"]
    assert len(documents) * len(templates) >= _LEAST["probes"]
    assert len({document["canary"] for document in documents}) == len(documents)
    for document in documents:
        assert document["audience"] in {*Audience} - {Audience.PUBLIC}, document["id"]
        assert document["text"].count(document["canary"]) == 1, document["id"]
        assert document["detail"] in document["text"], document["id"]
    for template in templates:
        names = {name for _, name, _, _ in Formatter().parse(template["text"]) if name}
        assert names, template["id"]
        assert names <= {"subject", "title", "canary"}, template["id"]


@cache
def _cases() -> tuple[DeskCase, ...]:
    return read_desk_cases(_BENCHMARKS / "questions")


def _lines(name: str) -> list[Line]:
    text = (_BENCHMARKS / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def _ids_are_unique(lines: Sequence[Line]) -> bool:
    return len({line["id"] for line in lines}) == len(lines)


@cache
def _entries() -> Mapping[str, Mapping[str, str]]:
    """The starter's FAQ entries that may become an answer."""
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(_STARTER.glob("faq/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            found |= {row["id"]: row for row in rows if row["confidence"] in {"H", "M"}}
    return found


@cache
def _headings() -> frozenset[str]:
    """The sections of the starter's guides."""
    lines = [
        line
        for path in sorted(_STARTER.glob("guides/*/*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return frozenset(line.removeprefix("## ") for line in lines if line.startswith("## "))
