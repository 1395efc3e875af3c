"""Whoever writes to a person out of hours is told once when somebody is there again."""

import pytest

from bot.desk.ports import UnitOfWorkFactory
from tests.unit.bot.office import Office
from tests.unit.bot.stage import LI, message


@pytest.fixture
def office(units: UnitOfWorkFactory) -> Office:
    office = Office(units)
    office.ask()
    office.desk.claim(office.ticket().id, LI)
    office.say("I am looking at it.", "10")
    office.sent()
    return office


def write(office: Office, reference: str) -> list[str]:
    office.desk.receive(message(f"and {reference}?", reference))
    return [text for text in office.sent() if text.startswith("closed")]


def test_it_is_told_once_while_it_is_closed(office: Office) -> None:
    office.at(23, 20)
    assert write(office, "2") == ["closed until 24 01:00"]  # nine o'clock in Shenzhen
    office.at(23, 23)
    assert write(office, "3") == []
    office.at(24, 20)
    assert write(office, "4") == ["closed until 25 01:00"]


def test_nothing_is_told_while_somebody_is_there_or_at_lunch(office: Office) -> None:
    office.at(23, 10)
    assert write(office, "2") == []
    office.at(23, 12, 30)
    assert write(office, "3") == []


def test_nothing_is_told_while_staff_write_after_hours(office: Office) -> None:
    office.at(23, 19)
    office.say("Still here.", "11")
    office.at(23, 20)
    assert write(office, "2") == []


def test_who_was_told_at_the_hand_off_is_not_told_again(units: UnitOfWorkFactory) -> None:
    office = Office(units)
    office.at(23, 20)
    office.ask()
    office.desk.claim(office.ticket().id, LI)
    office.sent()
    office.at(23, 21)
    assert write(office, "2") == []


def test_over_the_weekend_it_is_told_once(office: Office) -> None:
    office.at(27, 20)
    assert write(office, "2") == ["closed until 30 01:00"]
    office.at(29, 12)
    assert write(office, "3") == []


def test_no_empty_line_stands_in_the_next_case(office: Office) -> None:
    office.at(23, 20)
    write(office, "2")
    first = office.ticket()
    office.desk.close(first.id, LI)
    office.at(28, 10)
    office.desk.receive(message("person 9", "9"))
    with office.units() as unit:
        ticket = unit.tickets.current(first.conversation)
    assert ticket is not None
    assert ticket.id != first.id
    assert [entry.kind for entry in ticket.entries if not entry.text] == []
