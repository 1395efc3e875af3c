"""What any storage must do with FAQ entries, and with the conversations that ask for them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.desk.conversation import Role, Turn
from bot.desk.faq_entry import FaqContent, FaqEntry, FaqFinding, FaqState, FindingKind
from bot.desk.gap_errors import FaqEntryUnknown
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.ticket import Staff
from knowledge.passage import Audience, QuestionVariant
from tests.contracts.unit_of_work import open_conversation, said
from tests.fakes.clock import START

LI = Staff(identity="7", name="Li")
LONG_AGO = START - timedelta(days=400)


def make_entry(ticket: int, answer: str = "Apply for it first.") -> FaqEntry:
    content = FaqContent(
        questions=(QuestionVariant("May I act?", "en"), QuestionVariant("可以演戏吗", "zh-Hans")),
        answer=answer,
        language="en",
        owner="desk lead",
        review_by=date(2026, 9, 1),
        audience=Audience.COMPANY,
        source="https://example.org",
        jurisdiction="country:CN",
        translations=(("ru", "Сначала подайте заявление."),),
    )
    return FaqEntry(
        ticket=ticket, content=content, widest=Audience.COMPANY, author=LI, made_at=START
    )


def open_ticket(unit: UnitOfWork) -> int:
    conversation = open_conversation(unit)
    return unit.tickets.open(conversation.id, reason="r", urgent=False, at=START).id


class FaqEntriesContract:
    def test_an_entry_comes_back_as_it_was(self, units: UnitOfWorkFactory) -> None:
        finding = FaqFinding(kind=FindingKind.ANSWERED, about="May I act?", other="faq.csv A-1")
        with units() as unit:
            entry = unit.faq.add(make_entry(open_ticket(unit)))
            entry = replace(entry, findings=(finding,), told=2, approved_by="Mo")
            entry = entry.changed(
                replace(entry.content, answer="Apply early.", source=""), by=LI, at=START
            )
            assert unit.faq.change(entry, expected=FaqState.DRAFTED)
            unit.commit()
        with units() as unit:
            assert unit.faq.get(entry.id) == entry
            assert unit.faq.of_ticket(entry.ticket) == [entry]
            assert unit.faq.of_ticket(entry.ticket + 1) == []

    def test_an_entry_moves_on_once(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            entry = unit.faq.add(make_entry(open_ticket(unit)))
            approved = replace(entry, state=FaqState.APPROVED)
            assert unit.faq.change(approved, expected=FaqState.DRAFTED)
            assert not unit.faq.change(
                replace(entry, state=FaqState.DISCARDED), expected=FaqState.DRAFTED
            )
            assert unit.faq.in_state(FaqState.APPROVED, FaqState.PUBLISHED) == [approved]
            assert unit.faq.in_state(FaqState.DRAFTED, FaqState.DISCARDED) == []

    def test_entries_have_numbers_of_their_own(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            ticket = open_ticket(unit)
            first, second = (unit.faq.add(make_entry(ticket, text)) for text in ("a", "b"))
            assert first.id < second.id
            assert unit.faq.in_state(FaqState.DRAFTED) == [first, second]
            with pytest.raises(FaqEntryUnknown):
                unit.faq.get(second.id + 1)


class UnhelpedContract:
    def test_conversations_without_trouble_are_left_out(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            conversation = open_conversation(unit).id
            unit.conversations.remember(conversation, said("May I act?"), reference="1")
            reply = Turn(role=Role.BOT, text="Yes [1]", at=START)
            unit.conversations.remember(
                conversation, reply, reference="answer/1", detail="answered/found"
            )
            unit.feedback.rate(conversation=conversation, reference="1", helpful=True, at=START)
            assert unit.faq.unhelped(since=LONG_AGO) == []

    def test_a_hand_off_shows_its_conversation(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            conversation = open_conversation(unit).id
            unit.conversations.remember(conversation, said("May I act?"), reference="1")
            reply = Turn(role=Role.BOT, text="A colleague", at=START)
            unit.conversations.remember(
                conversation, reply, reference="answer/1", detail="handed_off/not-covered"
            )
            found = unit.faq.unhelped(since=LONG_AGO)
            assert [(one.reference, one.detail) for one in found] == [
                ("1", ""),
                ("answer/1", "handed_off/not-covered"),
            ]
            assert (found[0].turn.text, found[0].conversation) == ("May I act?", conversation)
            assert unit.faq.unhelped(since=START + timedelta(days=1)) == []

    def test_a_bad_verdict_belongs_to_every_version(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            conversation = open_conversation(unit).id
            for reference in ("1", "1/edit3c", "11"):
                unit.conversations.remember(conversation, said("May I?"), reference=reference)
            unit.feedback.rate(conversation=conversation, reference="1", helpful=False, at=START)
            found = unit.faq.unhelped(since=LONG_AGO)
            assert [(one.helpful, one.rated_at) for one in found] == [
                (False, START),
                (False, START),
                (None, None),
            ]


class FaqContract(FaqEntriesContract, UnhelpedContract):
    """All of it."""
