"""Passages anywhere on a shelf that say different things."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from knowledge.contradictions import (
    Contradictions,
    find_contradictions,
    find_contradictions_between,
)
from knowledge.embedding import HashEmbedder
from knowledge.jurisdiction import Jurisdiction
from knowledge.passage import Audience, Document, Provenance, Trust
from knowledge.shelf_reading import ShelfReader
from tests.unit.knowledge.stock import about, faq_document, stock, text_document

TODAY = date(2026, 11, 23)
HALL = "灯港演播厅的租金每小时最高{}元，押金另付。"


def _hall(name: str, amount: str, source: Provenance | None = None) -> Document:
    return text_document(name, HALL.format(amount), language="zh-Hans", source=source)


def _find(folder: Path, *documents: Document, reader: Audience = Audience.STAFF) -> Contradictions:
    stock(folder, *documents)
    fingerprint = HashEmbedder().fingerprint
    snapshot, store = ShelfReader(folder, fingerprint).current()
    try:
        return find_contradictions(snapshot, today=TODAY, reader=reader)
    finally:
        store.close()


def test_two_amounts_for_one_thing_are_found_with_both_quotes(tmp_path: Path) -> None:
    filler = [text_document(f"{n}.md", f"Text {n} is about something else.") for n in range(30)]
    [pair] = _find(tmp_path, _hall("a.md", "300"), _hall("b.md", "500"), *filler).found
    assert {(passage.document, quote) for passage, quote in (pair.one, pair.other)} == {
        ("a.md", HALL.format("300")),
        ("b.md", HALL.format("500")),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The permit takes 7 working days in Shenzhen.",
            "The permit takes 10 working days in Shenzhen.",
        ),
        (
            "Filing is open until 31 March 2026 for animated dramas.",
            "Filing is open until 30 June 2026 for animated dramas.",
        ),
        (
            "An employer is fined RMB 10,000 for each worker, up to RMB 100,000 in total.",
            "An employer is fined RMB 20,000 for each worker, up to RMB 100,000 in total.",
        ),
    ],
)
def test_durations_dates_and_one_of_two_amounts(one: str, other: str) -> None:
    documents = [text_document("a.md", one), text_document("b.md", other)]
    passages = [passage for document in documents for passage in document.passages]
    assert len(find_contradictions_between(passages, today=TODAY).found) == 1


@pytest.mark.parametrize(
    "other",
    [
        about(ends="2025-12-31"),
        about(begins="2027-01-01"),
        replace(about(), trust=Trust.LOW),
        replace(about(), jurisdiction=Jurisdiction.parse("city:海港")),
        replace(about(), replaces=("a.md",)),
    ],
)
def test_what_does_not_hold_beside_it_contradicts_nothing(
    tmp_path: Path, other: Provenance
) -> None:
    mine = replace(about(), jurisdiction=Jurisdiction.parse("city:灯港"))
    assert _find(tmp_path, _hall("a.md", "300", mine), _hall("b.md", "500", other)).found == ()


def test_the_same_figure_in_other_words_is_no_contradiction(tmp_path: Path) -> None:
    assert _find(tmp_path, _hall("a.md", "300"), _hall("b.md", "三百")).found == ()


def test_nobody_is_shown_what_they_may_not_see(tmp_path: Path) -> None:
    documents = [
        _hall("public.md", "300"),
        _hall("company.md", "400", about(audience=Audience.COMPANY)),
        _hall("actor.md", "500", about(audience=Audience.ACTOR)),
    ]
    for reader, seen in (
        (Audience.PUBLIC, set()),
        (Audience.COMPANY, {"public.md", "company.md"}),
        (Audience.ACTOR, {"public.md", "actor.md"}),
    ):
        found = _find(tmp_path / reader, *documents, reader=reader).found
        shown = {passage.document for one in found for passage, _ in (one.one, one.other)}
        assert shown == seen


def test_what_no_one_reader_sees_together_is_no_conflict(tmp_path: Path) -> None:
    company = _hall("company.md", "400", about(audience=Audience.COMPANY))
    actor = _hall("actor.md", "500", about(audience=Audience.ACTOR))
    assert _find(tmp_path, company, actor).found == ()


def test_an_entry_does_not_contradict_its_own_translation() -> None:
    answers = {"en": ("How long?", "It takes 7 days."), "fr": ("Combien ?", "Cela prend 9 jours.")}
    document = faq_document("faq.csv", answers)
    assert find_contradictions_between(document.passages, today=TODAY).found == ()


def test_few_of_all_pairs_are_compared(tmp_path: Path) -> None:
    words = ["amber", "brick", "cedar", "delta", "ember", "fable", "grove", "heron", "inlet"]
    documents = [
        text_document(f"{one}{other}{n}.md", f"The {one} {other} costs {n} yuan a {one} day.")
        for n, (one, other) in enumerate(pairwise(words * 12), start=1)
    ]
    result = _find(tmp_path, *documents)
    assert result.passages == len(documents)
    assert result.compared < len(documents) * 20
