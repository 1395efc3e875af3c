from dataclasses import replace

import pytest

from bot.desk.faq_entry import FaqFinding, FaqState, FindingKind
from bot.desk.gap_errors import (
    FaqEntryChanged,
    FaqEntryMoved,
    FaqFieldWrong,
    NotAnEditor,
    NothingToDraft,
)
from bot.desk.gaps.editors import ChosenEditors
from bot.desk.gaps.ports import Source
from bot.desk.roster import EVERYTHING, Member, Right
from bot.desk.ticket import EntryAudience, EntryKind
from knowledge.errors import NotAllowed
from knowledge.passage import Audience, QuestionVariant
from tests.unit.bot.gaps.office import LI, MO, Office


def drafted(office: Office, answer: str = "You need a Z visa.") -> int:
    office.ask("anna", "May I act with a K visa?")
    return office.gaps.drafting.make(office.reply("anna", answer), LI).id


def test_a_draft_has_the_questions_of_all_and_the_answer_of_a_colleague() -> None:
    office = Office()
    office.ask("Anna Lee", "Hello! My name is Anna Lee. May I act with a K visa?")
    office.ask("Boris", "Я Boris, телефон +7 916 123-45-67, можно с K visa?", language="ru")
    office.ask("Carl", "Where is parking?")
    office.reply("Anna Lee", "Hi!")
    ticket = office.reply("Anna Lee", "Dear Anna, you need a Z visa.")
    entry = office.gaps.drafting.make(ticket, LI)
    content = entry.content
    assert content.answer == "You need a Z visa."
    assert content.questions[0] == QuestionVariant("May I act with a K visa?", "en")
    assert content.questions[1].language == "ru"
    assert not any("Boris" in one.text or "916" in one.text for one in content.questions)
    assert len(content.questions) == 2
    assert (content.language, content.owner) == ("en", "desk lead")
    assert content.review_by.isoformat() == "2026-08-29"
    assert entry.state is FaqState.DRAFTED
    with office.units() as unit:
        line = unit.tickets.get(ticket).entries[-1]
    assert (line.kind, line.audience) == (EntryKind.DRAFTED, EntryAudience.STAFF)
    assert office.texts(f"test:staff:{ticket}")[-1] == f"entry {entry.id} drafted"


def test_the_reply_that_is_named_is_the_answer() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    office.reply("anna", "No.")
    ticket = office.reply("anna", "Anything else that I can do for you today?")
    assert office.gaps.drafting.make(ticket, LI, answer="No.").content.answer == "No."


def test_without_a_reply_there_is_nothing_to_draft() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?")
    ticket = office.ticket_of("anna")
    with pytest.raises(NothingToDraft):
        office.gaps.drafting.make(ticket, LI)
    office.reply("anna", "No.")
    with pytest.raises(NothingToDraft):
        office.gaps.drafting.make(ticket, LI, answer="What the customer wrote")


def test_pressing_twice_makes_one_draft() -> None:
    office = Office()
    first = drafted(office)
    again = office.gaps.drafting.make(office.entry(first).ticket, MO)
    assert again.id == first
    with office.units() as unit:
        assert len(unit.faq.of_ticket(again.ticket)) == 1


def test_the_words_of_a_company_are_no_way_to_ask_for_everybody() -> None:
    office = Office()
    office.ask("acme", "Acme asks about its K visa?", audience=Audience.COMPANY)
    office.ask("anna", "May I act with a K visa?")
    entry = office.gaps.drafting.make(office.reply("anna", "No."), LI)
    assert entry.content.audience is Audience.PUBLIC
    assert [one.text for one in entry.content.questions] == ["May I act with a K visa?"]
    company = office.gaps.drafting.make(office.reply("acme", "No, dear Acme."), LI)
    assert len(company.content.questions) == 2, "what the public asks, companies may read"


def test_what_was_asked_by_a_company_stays_with_companies() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?", audience=Audience.COMPANY)
    entry = office.gaps.drafting.make(office.reply("anna", "No."), LI)
    assert entry.content.audience is Audience.COMPANY
    for wider in ("public", "actor"):
        with pytest.raises(FaqFieldWrong):
            office.gaps.drafting.edit(entry.id, f"audience: {wider}", LI)
    assert office.gaps.drafting.edit(entry.id, "audience: staff", LI).content.audience == "staff"


def test_a_source_narrows_who_may_read() -> None:
    office = Office()
    office.publisher.sources["contract.pdf"] = Source(
        title="Contract", audience=Audience.STAFF, jurisdiction="country:CN"
    )
    entry = drafted(office)
    changed = office.gaps.drafting.edit(entry, "source: contract.pdf", LI).content
    assert (changed.audience, changed.jurisdiction) == (Audience.STAFF, "country:CN")
    with pytest.raises(FaqFieldWrong):
        office.gaps.drafting.edit(entry, "audience: public", LI)
    assert office.entry(entry).content == changed
    with pytest.raises(FaqFieldWrong):
        office.gaps.drafting.edit(entry, "source: nowhere.pdf", LI)
    linked = office.gaps.drafting.edit(entry, "source: https://example.org/k", LI)
    assert linked.content.source == "https://example.org/k"


def test_nothing_that_was_there_is_lost() -> None:
    office = Office()
    entry = drafted(office)
    office.gaps.drafting.edit(entry, "answer: No.\nA Z visa.", MO)
    changed = office.gaps.drafting.edit(entry, "owner: visa desk", LI)
    assert changed.content.answer == "No.\nA Z visa."
    assert [one.content.answer for one in changed.history] == [
        "You need a Z visa.",
        "No.\nA Z visa.",
    ]
    assert [one.staff for one in changed.history] == ["8", "7"]


def test_an_editor_sees_what_is_wrong() -> None:
    office = Office()
    finding = FaqFinding(kind=FindingKind.CONTRADICTS, about="3 days", other="5 days")
    office.publisher.findings = [finding]
    entry = drafted(office, "Call +86 755 8888 1234 for it.")
    kinds = {one.kind for one in office.entry(entry).findings}
    assert kinds == {FindingKind.CONTRADICTS, FindingKind.PERSONAL, FindingKind.SOURCE}


def test_only_editors_approve() -> None:
    office = Office(editors=ChosenEditors(identities=frozenset({"8"})))
    entry = drafted(office)
    with pytest.raises(NotAnEditor):
        office.gaps.drafting.approve(entry, LI)
    assert office.gaps.drafting.approve(entry, MO).approved_by == "Mo"


def test_who_may_not_change_the_knowledge_changes_no_entry() -> None:
    office = Office()
    entry = drafted(office)
    guest = Member(
        door="test", identity=MO.identity, name=MO.name, rights=EVERYTHING - {Right.KNOWLEDGE}
    )
    with office.units() as unit:
        unit.roster.keep(guest)
        unit.commit()
    for change in (office.gaps.drafting.approve, office.gaps.drafting.discard):
        with pytest.raises(NotAllowed):
            change(entry, MO)
    with pytest.raises(NotAllowed):
        office.gaps.drafting.edit(entry, "owner: x", MO)
    assert office.gaps.drafting.approve(entry, LI).state is FaqState.APPROVED


def test_four_eyes() -> None:
    office = Office(editors=ChosenEditors(four_eyes=True))
    entry = drafted(office)
    office.gaps.drafting.edit(entry, "owner: visa desk", MO)
    for staff in (LI, MO):
        with pytest.raises(NotAnEditor):
            office.gaps.drafting.approve(entry, staff)
    third = replace(MO, identity="9")
    assert office.gaps.drafting.approve(entry, third).state is FaqState.APPROVED


def test_nobody_approves_what_they_have_not_read() -> None:
    office = Office()
    entry = drafted(office)
    read = office.entry(entry).version
    office.gaps.drafting.edit(entry, "answer: No visa is needed.", LI)
    with pytest.raises(FaqEntryChanged):
        office.gaps.drafting.approve(entry, MO, version=read)
    assert office.entry(entry).state is FaqState.DRAFTED
    now = office.entry(entry).version
    assert office.gaps.drafting.approve(entry, MO, version=now).state is FaqState.APPROVED


def test_what_is_no_draft_any_more_stays_as_it_is() -> None:
    office = Office()
    entry = drafted(office)
    office.gaps.drafting.approve(entry, MO)
    with pytest.raises(FaqEntryMoved):
        office.gaps.drafting.approve(entry, MO)
    with pytest.raises(FaqEntryMoved):
        office.gaps.drafting.discard(entry, MO)
    with pytest.raises(FaqEntryMoved):
        office.gaps.drafting.edit(entry, "owner: x", MO)
    assert office.entry(entry).content.owner == "desk lead"


def test_what_was_discarded_goes_nowhere() -> None:
    office = Office()
    entry = drafted(office)
    office.gaps.drafting.discard(entry, MO)
    office.settle()
    assert office.publisher.rows == {}
    assert office.entry(entry).state is FaqState.DISCARDED
