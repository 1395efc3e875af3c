"""What any storage must do for cases. Inherit ``CasesContract`` and give it ``units``."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.desk.briefing import Briefing, DraftReply, DraftState, Gap, SolvedCase
from bot.desk.conversation import Address
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.roster import Member, Right
from bot.desk.ticket import EntryKind, TicketState
from knowledge.errors import DeskError
from knowledge.passage import Audience
from tests.contracts.unit_of_work import entry, open_conversation
from tests.fakes.clock import START

LI = Member(door="test", identity="li", name="Li", checked=START, seen=START)


def open_ticket(unit: UnitOfWork, chat: str = "1") -> int:
    conversation = open_conversation(unit, Address(door="test", chat=chat))
    return unit.tickets.open(conversation.id, reason="r", urgent=False, at=START).id


def snooze(unit: UnitOfWork, ticket: int, until: datetime) -> None:
    unit.tickets.add(ticket, entry(EntryKind.SNOOZED, until.isoformat()))


class CasesContract:
    def test_a_briefing_is_kept_with_its_ticket(self, units: UnitOfWorkFactory) -> None:
        solved = SolvedCase(ticket=3, audience=Audience.ACTOR, question="签证？", reply="Z")
        draft = DraftReply(text="«1» ± [1]", state=DraftState.DISCARDED)
        briefing = Briefing(country="BR", gaps=(Gap.PLACE,), solved=(solved,), draft=draft)
        with units() as unit:
            ticket = open_ticket(unit)
            assert unit.tickets.get(ticket).briefing is None
            for one in (briefing, Briefing(), replace(briefing, solved=())):
                unit.tickets.brief(ticket, one)
                assert unit.tickets.get(ticket).briefing == one

    def test_the_latest_ticket_may_have_ended(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            conversation = open_conversation(unit)
            assert unit.tickets.latest(conversation.id) is None
            first = open_ticket(unit)
            unit.tickets.add(first, entry(EntryKind.CLOSED))
            second = open_ticket(unit)
            unit.tickets.add(second, entry(EntryKind.CLOSED))
            latest = unit.tickets.latest(conversation.id)
            assert latest is not None
            assert latest.id == second

    def test_an_ended_ticket_is_opened_again(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            ticket = open_ticket(unit)
            unit.tickets.add(ticket, entry(EntryKind.CLOSED))
            again = entry(EntryKind.REOPENED, "complaint")
            reopened = unit.tickets.reopen(ticket, again, reason="complaint", urgent=True)
            assert (reopened.state, reopened.reason) == (TicketState.WAITING, "complaint")
            assert reopened.urgent
            assert unit.tickets.current(reopened.conversation) == reopened
            with pytest.raises(DeskError):
                unit.tickets.reopen(ticket, again, reason="x", urgent=False)

    def test_those_whose_time_has_come_are_found(self, units: UnitOfWorkFactory) -> None:
        hour = timedelta(hours=1)
        with units() as unit:
            late, soon, closed, answered = (open_ticket(unit, chat) for chat in "1234")
            snooze(unit, late, START + 2 * hour)
            snooze(unit, soon, START + hour)
            snooze(unit, closed, START)
            unit.tickets.add(closed, entry(EntryKind.CLOSED))
            snooze(unit, answered, START)
            unit.tickets.add(answered, entry(EntryKind.QUESTION))
            assert unit.tickets.asleep(START) == []
            assert [one.id for one in unit.tickets.asleep(START + hour)] == [soon]
            assert [one.id for one in unit.tickets.asleep(START + 3 * hour)] == [soon, late]

    def test_what_a_person_solved_can_be_learnt_from(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            long_ago = open_conversation(unit, Address(door="test", chat="0"))
            earlier = START - timedelta(hours=1)
            unit.tickets.open(long_ago.id, reason="r", urgent=False, at=earlier)
            tickets = [open_ticket(unit, chat) for chat in "1234"]
            for ticket in tickets:
                before = replace(
                    entry(EntryKind.QUESTION, "hello"), at=START - timedelta(minutes=1)
                )
                unit.tickets.add(ticket, before)
                unit.tickets.add(ticket, entry(EntryKind.QUESTION, f"question {ticket}"))
                unit.tickets.add(ticket, entry(EntryKind.QUESTION, "and?"))
            for ticket in tickets[:3]:
                unit.tickets.add(ticket, entry(EntryKind.REPLY, "first"))
                unit.tickets.add(ticket, entry(EntryKind.REPLY, "last"))
            for ticket in (tickets[0], tickets[1], tickets[3]):
                unit.tickets.add(ticket, entry(EntryKind.CLOSED))
            solved = [
                SolvedCase(
                    ticket=ticket,
                    audience=Audience.COMPANY,
                    question=f"question {ticket}",
                    reply="last",
                )
                for ticket in (tickets[1], tickets[0])
            ]
            assert unit.tickets.solved(9) == solved
            assert unit.tickets.solved(1) == solved[:1]

    def test_the_target_of_an_entry_is_kept(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            ticket = open_ticket(unit)
            given = replace(entry(EntryKind.TRANSFERRED, "Wang"), target="wang")
            unit.tickets.add(ticket, given)
            found = unit.tickets.get(ticket)
            assert found.entries[-1] == given
            assert (found.state, found.claimed_by_name) == (TicketState.CLAIMED, "Wang")

    def test_a_renewed_link_leads_to_the_new_message(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.links.add(("a", "1"), ("card", "7"))
            unit.links.renew(("a", "2"), ("card", "7"))
            assert unit.links.find(("card", "7")) == ("a", "2")
            assert unit.links.find(("a", "2")) == ("card", "7")
            assert unit.links.find(("a", "1")) == ("card", "7")


class RosterContract:
    def test_a_member_is_kept_with_every_field(self, units: UnitOfWorkFactory) -> None:
        limited = replace(
            LI,
            anonymous=True,
            checked=None,
            seen=None,
            rights=frozenset({Right.CLAIM}),
            audiences=frozenset({Audience.ACTOR, Audience.PUBLIC}),
        )
        nothing = replace(LI, present=False, rights=frozenset(), audiences=frozenset())
        with units() as unit:
            assert unit.roster.find("test", "li") is None
            for member in (LI, limited, nothing):
                unit.roster.keep(member)
                assert unit.roster.find("test", "li") == member
            assert unit.roster.find("other", "li") is None

    def test_who_was_there_last_comes_first(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            later = START + timedelta(minutes=1)
            unit.roster.keep(replace(LI, identity="a", seen=None))
            unit.roster.keep(LI)
            unit.roster.keep(replace(LI, identity="wang", seen=later))
            unit.roster.keep(replace(LI, identity="gone", present=False, seen=later))
            unit.roster.keep(replace(LI, identity="elsewhere", door="other"))
            found = [one.identity for one in unit.roster.members("test")]
            assert found == ["wang", "li", "a"]
            everybody = [one.identity for one in unit.roster.everybody("test")]
            assert everybody == ["a", "gone", "li", "wang"]
