"""What any storage must remember of messages that are passed on; see ``UnitOfWorkContract``."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.mail import StaffMessage
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.relay import AlbumPart, StaffRecord, Standing
from knowledge.errors import DeskError
from tests.contracts.unit_of_work import open_conversation
from tests.fakes.clock import START

TOPIC = "-1/7"


def wrote(unit: UnitOfWork, reference: str, *, author: str = "li") -> StaffRecord:
    conversation = open_conversation(unit)
    ticket = unit.tickets.current(conversation.id) or unit.tickets.open(
        conversation.id, reason="r", urgent=False, at=START
    )
    message = StaffMessage(
        author=author,
        name="Li 李",
        reference=reference,
        text="你好 \ud83d",
        source={"chat": -1, "contents": [{"text": "你好"}], "reply": None},
        explicit=True,
        parts=("8", "9"),
    )
    return StaffRecord(
        topic=TOPIC, ticket=ticket.id, message=message, standing=Standing.SENT, at=START, rows=(4,)
    )


def part(message: int, number: int, *, album: str = "a", queue: str = "test:1") -> AlbumPart:
    return AlbumPart(
        queue=queue, chat="1", album=album, message=message, number=number, raw="{}", at=START
    )


class StaffMessagesContract:
    def test_a_message_of_staff_is_kept_once(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            record = wrote(unit, "8")
            assert unit.relay.keep(record)
            assert not unit.relay.keep(replace(record, standing=Standing.NOTE))
            unit.commit()
        with units() as unit:
            assert unit.relay.staff_message(TOPIC, "8") == record
            assert unit.relay.staff_message(TOPIC, "9") is None
            assert unit.relay.staff_message("-2/7", "8") is None

    def test_what_became_of_it_changes(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            record = wrote(unit, "8")
            with pytest.raises(DeskError):
                unit.relay.update(record)
            unit.relay.keep(record)
            changed = replace(record, standing=Standing.HELD, rows=(4, 5))
            unit.relay.update(changed)
            assert unit.relay.staff_message(TOPIC, "8") == changed

    def test_the_last_that_somebody_sent(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            first, second, other = (
                wrote(unit, "8"),
                wrote(unit, "9"),
                wrote(unit, "10", author="wang"),
            )
            for record in (first, second, other):
                unit.relay.keep(record)
            assert unit.relay.last_sent(TOPIC, "li") == second
            unit.relay.update(replace(second, standing=Standing.WITHDRAWN))
            assert unit.relay.last_sent(TOPIC, "li") == first
            assert unit.relay.last_sent("-2/7", "li") is None


class AlbumsContract:
    def test_parts_wait_until_they_are_handed_on(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            one, two, other = part(11, 3), part(10, 2), part(30, 1, album="b", queue="test:2")
            for each in (one, two, other):
                unit.relay.gather(each)
            unit.commit()
        with units() as unit:
            assert unit.relay.gathered() == [other, two, one]
            assert unit.relay.gathered("test:1") == [two, one]
            assert unit.relay.first_of("1", "a") == 0
            unit.relay.hand_on([one, two])
            assert unit.relay.gathered("test:1") == []
            assert unit.relay.first_of("1", "a") == 10
            assert unit.relay.is_gathered("1", 30)
            assert not unit.relay.is_gathered("1", 10)
            assert not unit.relay.is_gathered("1", 99)

    def test_a_part_that_is_changed_waits_in_its_new_form(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            unit.relay.gather(part(10, 2))
            changed = replace(part(10, 5), raw='{"new": 1}')
            unit.relay.gather(changed)
            assert unit.relay.gathered() == [changed]

    def test_albums_are_forgotten_but_never_while_they_wait(self, units: UnitOfWorkFactory) -> None:
        later = START + timedelta(minutes=1)
        with units() as unit:
            gone, waiting = part(10, 2), part(20, 3, album="b")
            unit.relay.gather(gone)
            unit.relay.gather(waiting)
            unit.relay.hand_on([gone])
            unit.relay.forget(START)
            assert unit.relay.first_of("1", "a") == 10
            unit.relay.forget(later)
            assert unit.relay.first_of("1", "a") == 0
            assert unit.relay.gathered() == [waiting]


class RelayContract(StaffMessagesContract, AlbumsContract):
    def test_what_a_message_says_last(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            assert unit.relay.digest_of(("1", "2")) == ""
            unit.relay.keep_digest(("1", "2"), "a")
            unit.relay.keep_digest(("1", "2"), "b")
            unit.commit()
        with units() as unit:
            assert unit.relay.digest_of(("1", "2")) == "b"
            assert unit.relay.digest_of(("1", "3")) == ""

    def test_all_that_lead_back_to_a_message(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            for number in ("5", "6"):
                unit.links.add(("1", number), ("-1", "9"))
            assert set(unit.links.mirrors(("-1", "9"))) == {("1", "5"), ("1", "6")}
            assert unit.links.mirrors(("1", "77")) == []
