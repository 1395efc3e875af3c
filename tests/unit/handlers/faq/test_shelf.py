"""The table on a real shelf; texts are embedded by hashing, so that nothing slow is loaded."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.bootstrap import Workplace
from bot.desk.faq_entry import FaqEntry, FindingKind
from bot.desk.gap_errors import FaqRowRefused
from bot.desk.outcomes import HandedOff, HandOffReason, Outcome
from bot.desk.questions import Question
from bot.settings import Settings
from handlers.commands.held import open_custody
from handlers.faq.shelf import TABLE, FaqShelf
from ingest.shelving import WrittenShelf
from ingest.sync import synchronise
from knowledge.errors import DataFolderBusy
from knowledge.passage import Audience
from knowledge.shelf import writing
from knowledge.shelf_lock import locked
from tests.contracts.faq_entries import make_entry

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RULE = """---
title: Rules for actors
issuer: Ministry
number: No. 7
audience: company
jurisdiction: city:深圳
confidence: H
issued: 2025-03
---
# Work permits

The work permit for foreign actors is issued within 10 working days after the application.
"""


class Silent:
    """Knows nothing."""

    def consult(self, question: Question) -> Outcome:
        del question
        return HandedOff(language="en", reason=HandOffReason.NOT_COVERED)


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    place = Workplace(Settings(data=tmp_path / "data", embedding_model="hash"))
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "rules.md").write_text(RULE, encoding="utf-8")
    with writing(place.index, lambda: place.embedder) as writer:
        synchronise([tmp_path / "documents"], WrittenShelf(writer))
    return place


@pytest.fixture
def shelf(workplace: Workplace) -> FaqShelf:
    return FaqShelf(
        folder=workplace.folder / "faq",
        index=workplace.index,
        library=workplace.library,
        embedder=workplace.embedder,
        consultant=Silent(),
        custody=open_custody(workplace),
        issuer="Service centre",
        zone=UTC,
        now=lambda: NOW,
        today=lambda: date(2026, 3, 2),
        meaning=lambda: None,
        say=str,
    )


def saying(answer: str, *, number: int = 1) -> FaqEntry:
    entry = make_entry(1, answer)
    return replace(entry, id=number, content=replace(entry.content, translations=()))


def test_what_is_published_stands_on_the_shelf_and_goes_again(shelf: FaqShelf) -> None:
    entry = saying("Apply for it first.")
    place = shelf.publish(entry)
    assert shelf.publish(entry) == place
    _, passages = shelf.library.document(place.document)
    (passage,) = passages
    assert (passage.entry, passage.text) == (entry.key, "Apply for it first.")
    assert passage.provenance.audience is Audience.COMPANY
    assert (passage.provenance.issuer, passage.provenance.trust) == ("Service centre", "M")
    assert {one.language for one in passage.questions} == {"en", "zh-Hans"}
    shelf.publish(saying("Wait for a month.", number=2))
    shelf.withdraw(entry)
    (left,) = shelf.library.document(TABLE)[1]
    assert left.text == "Wait for a month."
    shelf.withdraw(saying("", number=2))
    assert TABLE not in shelf.library.documents()
    assert "rules.md" in shelf.library.documents()


def test_an_answer_in_two_languages_is_two_passages(shelf: FaqShelf) -> None:
    entry = saying("Apply for it first.")
    content = replace(entry.content, translations=(("zh-Hans", "先申请。"),))
    place = shelf.publish(replace(entry, content=content))
    passages = shelf.library.document(place.document)[1]
    assert {(one.entry, one.language) for one in passages} == {
        (entry.key, "en"),
        (entry.key, "zh-Hans"),
    }


@pytest.mark.parametrize("original", ["en", "zh-Hans"])
def test_the_answer_that_was_written_first_is_the_original(shelf: FaqShelf, original: str) -> None:
    """Whatever stood in the table before: the columns are shared by all rows."""
    texts = {"en": "Apply for it first.", "zh-Hans": "先申请。"}
    for number, first in enumerate(("en", "zh-Hans", original), start=1):
        one = replace(saying(texts[first]), id=number)
        (other,) = set(texts) - {first}
        content = replace(one.content, language=first, translations=((other, texts[other]),))
        place = shelf.publish(replace(one, content=content))
    passages = [one for one in shelf.library.document(TABLE)[1] if one.entry == place.entry]
    assert min(passages, key=lambda one: one.ordinal).language == original


def test_while_somebody_else_writes_nothing_is_changed(shelf: FaqShelf) -> None:
    with locked(shelf.index), pytest.raises(DataFolderBusy):
        shelf.publish(saying("Apply for it first."))
    assert not (shelf.folder / TABLE).exists()


def test_a_row_that_cannot_be_read_is_refused_before_it_is_written(shelf: FaqShelf) -> None:
    entry = saying("Apply for it first.")
    broken = replace(entry, content=replace(entry.content, jurisdiction="nowhere"))
    with pytest.raises(FaqRowRefused):
        shelf.publish(broken)
    assert not (shelf.folder / TABLE).exists()


def test_a_source_is_found_by_its_name_or_its_entry(shelf: FaqShelf) -> None:
    for named in ("rules.md", "rules for actors"):
        found = shelf.source(named)
        assert found is not None
        assert (found.title, found.audience) == ("Rules for actors", Audience.COMPANY)
        assert found.jurisdiction == "city:深圳"
    entry = saying("Apply for it first.")
    shelf.publish(entry)
    assert shelf.source(entry.key) is not None
    assert shelf.source("nowhere") is None
    assert shelf.source("https://example.org") is None


def test_an_entry_from_a_document_cites_it(shelf: FaqShelf) -> None:
    entry = saying("Apply for it first.")
    shelf.publish(replace(entry, content=replace(entry.content, source="rules.md")))
    (passage,) = shelf.library.document(TABLE)[1]
    assert (passage.provenance.issuer, passage.provenance.number) == ("Ministry", "No. 7")


def test_an_editor_is_shown_what_the_shelf_says_otherwise(shelf: FaqShelf) -> None:
    text = (
        "The work permit for foreign actors is issued within {} working days after the application."
    )
    against = [
        one for one in shelf.check(saying(text.format(30))) if one.kind is FindingKind.CONTRADICTS
    ]
    assert len(against) == 1
    assert "30 working days" in against[0].about
    assert "10 working days" in against[0].other
    assert not any(
        one.kind is FindingKind.CONTRADICTS for one in shelf.check(saying(text.format(10)))
    )


def test_an_editor_is_shown_what_lint_says(shelf: FaqShelf) -> None:
    entry = saying("Apply for it first.")
    late = replace(entry, content=replace(entry.content, review_by=date(2026, 1, 1)))
    said = [one.other for one in shelf.check(late) if one.kind is FindingKind.LINT]
    assert any("review_by is 2026-01-01" in one for one in said)
    assert not any(one.kind is FindingKind.LINT for one in shelf.check(entry))
