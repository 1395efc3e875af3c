"""What any storage must do. Inherit ``UnitOfWorkContract`` and give it the fixture ``units``."""

from datetime import timedelta
from functools import partial

import pytest

from bot.desk.conversation import WITHDRAWN, Address, Conversation, Owner, Role, Turn
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.questions import Sender
from bot.desk.ticket import Entry, EntryAudience, EntryKind, TicketState
from knowledge.errors import DeskError, ThreadNotFound
from knowledge.passage import Audience
from tests.fakes.clock import START

ADDRESS = Address(door="test", chat="1")
ANNA = Sender(identity="anna", name="Anna", client_language="de", audience=Audience.COMPANY)


def open_conversation(unit: UnitOfWork, address: Address = ADDRESS) -> Conversation:
    return unit.conversations.open(unit.customers.meet(ANNA, address.door), address)


def said(text: str) -> Turn:
    return Turn(role=Role.CUSTOMER, text=text, at=START)


def entry(kind: EntryKind, text: str = "") -> Entry:
    return Entry(
        kind=kind, author="li", name="Li", text=text, audience=EntryAudience.THREAD, at=START
    )


class TransactionContract:
    def test_what_is_committed_stays(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            opened = open_conversation(unit)
            unit.commit()
        with units() as unit:
            assert unit.conversations.get(opened.id) == opened

    def test_what_is_not_committed_is_gone(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            opened = open_conversation(unit)
        with units() as unit, pytest.raises(ThreadNotFound):
            unit.conversations.get(opened.id)

    def test_an_error_takes_everything_back(self, units: UnitOfWorkFactory) -> None:
        def break_off() -> None:
            with units() as unit:
                open_conversation(unit)
                raise DeskError(problem="broken off")

        with pytest.raises(DeskError, match="broken off"):
            break_off()
        with units() as unit:
            assert unit.conversations.at(ADDRESS) is None


class CustomersContract:
    def test_a_customer_is_met_once_and_kept_up_to_date(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            first = unit.customers.meet(ANNA, "test")
            unit.customers.choose_language(first.id, "zh")
            unit.customers.set_reachable(first.id, reachable=False)
            renamed = Sender(identity="anna", name="Anna B", client_language="fr")
            again = unit.customers.meet(renamed, "test")
            assert (again.id, again.name, again.client_language) == (first.id, "Anna B", "fr")
            assert (again.language, again.audience) == ("zh", Audience.PUBLIC)
            assert again.reachable, "whoever writes can be reached"

    def test_the_same_name_at_another_door_is_somebody_else(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            assert unit.customers.meet(ANNA, "a").id != unit.customers.meet(ANNA, "b").id


class ConversationsContract:
    def test_an_address_has_one_conversation(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            opened = open_conversation(unit)
            assert open_conversation(unit) == opened == unit.conversations.at(ADDRESS)
            assert open_conversation(unit, Address(door="test", chat="2")).id != opened.id
            assert (opened.owner, opened.epoch, opened.address) == (Owner.BOT, 0, ADDRESS)

    def test_it_shows_its_customer_as_they_are_now(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            opened = open_conversation(unit)
            unit.customers.choose_language(opened.customer.id, "zh")
            unit.customers.set_reachable(opened.customer.id, reachable=False)
            unit.conversations.set_language(opened.id, "en")
            now = unit.conversations.get(opened.id)
            assert (now.customer.language, now.language) == ("zh", "en")
            assert not now.customer.reachable

    def test_a_reference_is_remembered_once(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            two = open_conversation(unit, Address(door="test", chat="2")).id
            assert unit.conversations.remember(one, said("a"), reference="7")
            assert not unit.conversations.remember(one, said("b"), reference="7")
            assert unit.conversations.remember(two, said("c"), reference="7")
            assert unit.conversations.recent(one, 9) == (said("a"),)

    def test_turns_without_reference_all_count(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            assert unit.conversations.remember(one, said("a"))
            assert unit.conversations.remember(one, said("a"))
            assert len(unit.conversations.recent(one, 9)) == 2

    def test_recent_turns_come_oldest_first(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            for text in "abcde":
                unit.conversations.remember(one, said(text), reference=text)
            recent = partial(unit.conversations.recent, one)
            assert [turn.text for turn in recent(2)] == ["d", "e"]
            assert [turn.text for turn in recent(2, before="d")] == ["b", "c"]
            assert [turn.text for turn in recent(2, before="none")] == ["d", "e"]

    def test_what_was_taken_back_is_not_remembered(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            for text in "abc":
                unit.conversations.remember(one, said(text), reference=text)
            unit.conversations.settle(one, "b", how=WITHDRAWN)
            assert [turn.text for turn in unit.conversations.recent(one, 2)] == ["a", "c"]

    def test_versions_of_a_message(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            for reference in ("7", "answer/7", "7/edit1", "70", "answer/7/edit1", "7/edit2"):
                unit.conversations.remember(one, said(reference), reference=reference)
            versions = unit.conversations.versions(one, "7")
            assert [turn.text for turn in versions] == ["7", "7/edit1", "7/edit2"]
            assert unit.conversations.versions(one, "8") == ()

    def test_a_message_is_settled_by_its_reference(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            unit.conversations.remember(one, said("a"), reference="7")
            assert not unit.conversations.settled(one, "7")
            unit.conversations.settle(one, "7", how="answered")
            assert unit.conversations.settled(one, "7")
            assert not unit.conversations.settled(one, "8")

    def test_the_owner_changes_by_compare_and_set(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            assert unit.conversations.set_owner(one, Owner.PERSON, expected_epoch=0)
            assert not unit.conversations.set_owner(one, Owner.BOT, expected_epoch=0)
            now = unit.conversations.get(one)
            assert (now.owner, now.epoch) == (Owner.PERSON, 1)

    def test_an_unknown_conversation_is_not_found(self, units: UnitOfWorkFactory) -> None:
        with units() as unit, pytest.raises(ThreadNotFound):
            unit.conversations.get(99)


class TicketsContract:
    def test_a_ticket_begins_with_its_opening(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            ticket = unit.tickets.open(one, reason="unsure", urgent=False, at=START)
            assert [e.kind for e in ticket.entries] == [EntryKind.OPENED]
            assert (ticket.state, ticket.reason) == (TicketState.WAITING, "unsure")
            assert unit.tickets.get(ticket.id) == ticket == unit.tickets.current(one)

    def test_a_conversation_has_one_open_ticket(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            ticket = unit.tickets.open(one, reason="unsure", urgent=False, at=START)
            with pytest.raises(DeskError):
                unit.tickets.open(one, reason="unsure", urgent=False, at=START)
            unit.tickets.add(ticket.id, entry(EntryKind.CLOSED))
            assert unit.tickets.current(one) is None
            assert unit.tickets.open(one, reason="unsure", urgent=False, at=START).id != ticket.id

    def test_entries_keep_their_order_and_every_field(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            ticket = unit.tickets.open(one, reason="unsure", urgent=False, at=START).id
            lines = [entry(EntryKind.NOTE, text) for text in ("你好", "", "c\nd", "🎬")]
            for line in lines:
                unit.tickets.add(ticket, line)
            assert list(unit.tickets.get(ticket).entries[1:]) == lines

    def test_urgent_tickets_are_listed_first(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            ids = []
            for chat, urgent in (("1", False), ("2", True), ("3", False), ("4", False)):
                one = open_conversation(unit, Address(door="test", chat=chat)).id
                ids.append(unit.tickets.open(one, reason="r", urgent=urgent, at=START).id)
            unit.tickets.set_urgent(ids[2], reason="danger")
            unit.tickets.add(ids[3], entry(EntryKind.RETURNED))
            listed = [ticket.id for ticket in unit.tickets.listed(open_only=True)]
            assert listed == [ids[1], ids[2], ids[0]]
            assert [unit.tickets.get(one).reason for one in ids] == ["r", "r", "danger", "r"]
            assert len(unit.tickets.listed(open_only=False)) == 4
            customer = open_conversation(unit).customer.id
            assert [t.id for t in unit.tickets.of_customer(customer)] == ids[::-1]
            assert unit.tickets.of_customer(customer + 1) == []

    def test_a_topic_leads_to_the_ticket_that_came_last(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one = open_conversation(unit).id
            first = unit.tickets.open(one, reason="r", urgent=False, at=START).id
            assert unit.tickets.at_topic("") is None
            unit.tickets.set_topic(first, "5")
            unit.tickets.add(first, entry(EntryKind.CLOSED))
            second = unit.tickets.open(one, reason="r", urgent=False, at=START).id
            unit.tickets.set_topic(second, "5")
            found = unit.tickets.at_topic("5")
            assert found is not None
            assert found.id == second
            assert unit.tickets.at_topic("6") is None

    def test_an_unknown_ticket_is_not_found(self, units: UnitOfWorkFactory) -> None:
        with units() as unit, pytest.raises(ThreadNotFound):
            unit.tickets.get(99)


class LinksContract:
    def test_a_link_leads_both_ways(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.links.add(("a", "1"), ("b", "7"))
            unit.links.add(("a", "1"), ("b", "7"))
            assert unit.links.find(("a", "1")) == ("b", "7")
            assert unit.links.find(("b", "7")) == ("a", "1")
            assert unit.links.find(("a", "7")) is None

    def test_parts_lead_back_to_the_whole(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.links.add(("a", "1"), ("b", "7"))
            unit.links.add(("a", "1"), ("b", "8"))
            assert unit.links.find(("b", "8")) == ("a", "1")
            assert unit.links.find(("a", "1")) == ("b", "7")


class FeedbackContract:
    def test_a_verdict_may_change(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            rate = partial(unit.feedback.rate, conversation=open_conversation(unit).id)
            rate(reference="7", helpful=True, at=START)
            rate(reference="7", helpful=False, at=START + timedelta(minutes=1))
            unit.commit()


class ThreadsContract(
    TransactionContract,
    CustomersContract,
    ConversationsContract,
    TicketsContract,
    LinksContract,
    FeedbackContract,
):
    """Everything but the mail."""
