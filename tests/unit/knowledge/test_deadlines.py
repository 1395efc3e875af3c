"""What ends soon, is due for a review, or has no date."""

from dataclasses import replace
from datetime import date

from knowledge.dates import PartialDate
from knowledge.deadlines import find_due, find_expiring, find_undated
from knowledge.passage import Document, Passage, Provenance
from tests.unit.knowledge.stock import about, day, faq_document, text_document

TODAY = date(2026, 11, 23)


def _dated(name: str, *, ends: str = "", review: str = "", owner: str = "") -> Document:
    source = replace(about(ends=ends), review_by=day(review), owner=owner)
    return text_document(name, "One.", "Two.", source=source)


def _passages(*documents: Document) -> list[Passage]:
    return [passage for document in documents for passage in document.passages]


def test_what_ends_within_the_days_is_listed_by_its_end() -> None:
    passages = _passages(
        _dated("over.md", ends="2026-11-22"),
        _dated("last.md", ends="2026-11-23"),
        _dated("month.md", ends="2026-12"),
        _dated("soon.md", ends="2026-12-01"),
        _dated("open.md"),
    )
    found = find_expiring(passages, TODAY, days=30)
    assert [(one.part.document, one.left) for one in found] == [("last.md", 0), ("soon.md", 8)]
    later = find_expiring(passages, TODAY, days=40)
    assert [one.part.document for one in later] == ["last.md", "soon.md", "month.md"]
    assert [one.part.place for one in later] == ["", "", ""]


def test_an_article_that_ends_earlier_is_named_by_its_place() -> None:
    first, second = _dated("rule.md", ends="2027-12-31").passages
    early = replace(second.provenance, effective_to=PartialDate(2026, 12, 1))
    [found] = find_expiring([first, replace(second, provenance=early)], TODAY, days=30)
    assert (found.part.place, found.day) == ("§ 2", date(2026, 12, 1))


def test_the_answers_of_an_entry_are_one_place() -> None:
    source = about(ends="2026-12-01")
    answers = {"en": ("When?", "Now."), "fr": ("Quand ?", "Maintenant.")}
    document = faq_document("faq.csv", answers, answers, source=source)
    found = find_expiring(document.passages, TODAY, days=30)
    assert len(found) == len({one.part.place for one in found}) == 2


def test_reviews_that_are_overdue_come_first_and_name_the_owner() -> None:
    passages = _passages(
        _dated("coming.md", review="2026-12-01", owner="policy officer"),
        _dated("late.md", review="2026-10-23", owner="filing officer"),
        _dated("far.md", review="2027-06-01"),
        _dated("history.md", ends="2025-12-31", review="2026-01-01"),
    )
    found = find_due(passages, TODAY, days=30)
    assert [(one.part.source.owner, one.left) for one in found] == [
        ("filing officer", -31),
        ("policy officer", 8),
    ]


def test_what_has_no_date_says_what_else_is_missing() -> None:
    issued = Provenance(title="a", issued=PartialDate(2025))
    checked = Provenance(title="b", checked=PartialDate(2026, 11, 1))
    passages = _passages(
        text_document("issued.md", "One.", source=issued),
        text_document("begins.md", "One.", source=about(begins="2025")),
        text_document("checked.md", "One.", source=checked),
        text_document("bare.md", "One."),
    )
    found = {part.document: missing for part, missing in find_undated(passages)}
    assert found == {
        "checked.md": ("issued", "review_by"),
        "bare.md": ("issued", "checked", "review_by"),
    }
