from collections.abc import Callable

import pytest

from bot.desk.conversation import Address
from bot.desk.faq_entry import FaqState
from bot.desk.gap_errors import FaqRowRefused
from bot.desk.ticket import EntryKind
from bot.i18n.translations import Translations
from handlers.wording import Wording
from handlers.wording_gaps import GapWording
from knowledge.errors import DataFolderBusy
from knowledge.passage import Audience
from tests.fakes.watched_units import Killed
from tests.unit.bot.gaps.office import LI, MO, Office

ANSWER = "You need a Z visa."


def waiting(office: Office) -> int:
    """Three people ask in three languages; one of them has an answer."""
    office.ask("anna", "May I act with a K visa?")
    office.ask("boris", "Можно ли сниматься, если у меня K visa?", language="ru")
    office.ask("wang", "我可以演戏吗 visa?", language="zh-Hans")
    return office.reply("anna", ANSWER)


def test_those_who_asked_in_any_language_are_told_once() -> None:
    office = Office()
    entry = office.publish(waiting(office))
    assert (entry.state, entry.told) == (FaqState.TOLD, 2)
    assert office.said_to("anna") == []
    (said,) = office.said_to("boris")
    assert said.endswith(f"K visa? {ANSWER} (ru)")
    assert len(office.said_to("wang")) == 1
    assert not any(gap.waiting for gap in office.gaps.gaps())
    assert list(office.publisher.questions) == [entry.key]
    with office.units() as unit:
        kinds = [one.kind for one in unit.tickets.get(entry.ticket).entries]
    assert kinds[-2:] == [EntryKind.DRAFTED, EntryKind.PUBLISHED]


def test_staff_of_an_open_ticket_see_what_the_bot_told() -> None:
    office = Office()
    office.publish(waiting(office))
    ticket = office.ticket_of("boris")
    assert office.texts(f"test:staff:{ticket}")[-1].startswith("bot: you asked")


def test_a_claimed_thread_gets_a_note_and_its_customer_nothing() -> None:
    office = Office()
    ticket = waiting(office)
    theirs = office.ticket_of("boris")
    office.desk.claim(theirs, MO)
    entry = office.publish(ticket)
    assert office.said_to("boris") == []
    assert entry.told == 1
    notes = [t for t in office.texts(f"test:staff:{theirs}") if "not told" in t]
    assert len(notes) == 1


def test_a_claim_stops_what_has_not_gone_out() -> None:
    office = Office()
    ticket = waiting(office)
    office.publish(ticket)
    office.desk.claim(office.ticket_of("boris"), MO)
    row = next(
        one
        for one in office.storage.state.outbox.values()
        if one.queue == "test:boris:" and str(one.payload["text"]).startswith("you asked")
    )
    with office.units() as unit:
        assert not unit.outbox.begin(row.id, mark="")


def test_who_blocked_the_bot_is_left_alone() -> None:
    office = Office()
    ticket = waiting(office)
    with office.units() as unit:
        boris = unit.conversations.at(Address(door="test", chat="boris"))
        assert boris is not None
        unit.customers.set_reachable(boris.customer.id, reachable=False)
        unit.commit()
    office.publish(ticket)
    assert office.said_to("boris") == []
    assert len(office.said_to("wang")) == 1


def test_who_may_not_read_it_is_not_told() -> None:
    office = Office()
    office.ask("anna", "May I act with a K visa?", audience=Audience.COMPANY)
    office.ask("ben", "With a K visa?", audience=Audience.ACTOR)
    office.ask("carl", "With my visa?", audience=Audience.COMPANY)
    office.publish(office.reply("anna", ANSWER))
    assert office.said_to("ben") == []
    assert len(office.said_to("carl")) == 1


def test_customers_of_another_door_are_not_reached() -> None:
    office = Office()
    ticket = waiting(office)
    office.ask("dora", "With my visa?", door="terminal")
    assert office.publish(ticket).told == 2
    assert not any(ANSWER in text for text in office.texts("terminal:dora:"))


def test_who_would_not_be_answered_is_not_told() -> None:
    office = Office()
    ticket = waiting(office)
    office.ask("dora", "Where is parking?")
    office.publish(ticket)
    assert office.said_to("dora") == []


def test_an_entry_that_does_not_answer_goes_back() -> None:
    office = Office()
    ticket = waiting(office)
    office.consultant.deaf.add("visa")
    entry = office.publish(ticket)
    assert entry.state is FaqState.DRAFTED
    assert office.publisher.rows == {}
    assert office.publisher.questions == {}
    assert office.said_to("boris") == []
    assert entry.findings[0].other == "handed_off/not-covered"
    assert "returned: May I act" in office.texts(f"test:staff:{ticket}")[-1]


def test_staff_read_why_a_row_was_refused() -> None:
    office = Office()
    ticket = waiting(office)

    def refuse() -> None:
        raise FaqRowRefused(entry=1, problem="“nowhere” is no place.")

    office.publisher.after = refuse
    entry = office.publish(ticket)
    assert entry.state is FaqState.DRAFTED
    (finding,) = entry.findings
    assert GapWording(Wording(Translations()), "en").finding(finding) == "“nowhere” is no place."


def test_what_cannot_be_published_now_is_published_later() -> None:
    office = Office()
    ticket = waiting(office)
    entry = office.gaps.drafting.make(ticket, LI)
    office.gaps.drafting.approve(entry.id, MO)

    def refuse() -> None:
        raise DataFolderBusy(folder="data")

    office.publisher.after = refuse
    with pytest.raises(DataFolderBusy):
        office.gaps.advance()
    assert office.entry(entry.id).state is FaqState.APPROVED
    office.publisher.after = lambda: None
    office.settle()
    assert office.entry(entry.id).state is FaqState.TOLD


def kill_after_writing(office: Office) -> None:
    """The process ends when the shelf has just been written."""

    def die() -> None:
        office.publisher.after = lambda: None
        raise Killed

    office.publisher.after = die


def kill_before(commit: int) -> Callable[[Office], None]:
    def aim(office: Office) -> None:
        office.units.die_before = commit

    return aim


def kill_after(commit: int) -> Callable[[Office], None]:
    def aim(office: Office) -> None:
        office.units.die_after = commit

    return aim


_COMMITS = 4
"""Published, two people told, and done."""


@pytest.mark.parametrize(
    "aim",
    [
        kill_after_writing,
        *(kill_before(number) for number in range(1, _COMMITS + 1)),
        *(kill_after(number) for number in range(1, _COMMITS + 1)),
    ],
)
def test_a_process_that_ends_anywhere_tells_nobody_twice_or_never(
    aim: Callable[[Office], None],
) -> None:
    office = Office()
    ticket = waiting(office)
    entry = office.gaps.drafting.make(ticket, LI)
    office.gaps.drafting.approve(entry.id, MO)
    aim(office)
    with pytest.raises(Killed):
        office.settle()
    office.settle()
    done = office.entry(entry.id)
    assert (done.state, done.told) == (FaqState.TOLD, 2)
    assert [len(office.said_to(who)) for who in ("anna", "boris", "wang")] == [0, 1, 1]
    assert list(office.publisher.rows) == [entry.key]
    with office.units() as unit:
        kinds = [one.kind for one in unit.tickets.get(ticket).entries]
    assert kinds.count(EntryKind.PUBLISHED) == 1
