"""What the transport needs of any storage besides putting and taking; and all of it together."""

from datetime import datetime, timedelta

import pytest

from bot.desk.mail import Priority
from bot.desk.ports import Delivery, Draft, UnitOfWorkFactory
from knowledge.errors import DeskError
from tests.contracts.mail import (
    NOBODY,
    InboxContract,
    OutboxFateContract,
    OutboxOrderContract,
    arrive,
    due,
    id_of,
    number_of,
    write,
)
from tests.contracts.unit_of_work import ThreadsContract
from tests.fakes.clock import START


class UpkeepContract:
    """What the transport needs besides putting and taking."""

    def test_the_backlog_of_a_queue_is_seen_in_its_order(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            for number in (3, 1, 2):
                arrive(unit, number)
            arrive(unit, 4, "test:2")
            assert [row.number for row in unit.inbox.waiting("test:1", limit=2)] == [1, 2]
            assert unit.inbox.has(source="bot", number=4)
            assert not unit.inbox.has(source="other", number=4)

    def test_what_was_put_aside_is_shown_and_tried_again(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            arrive(unit, 1)
            (row,) = unit.inbox.waiting("test:1", limit=9)
            assert not unit.inbox.retry(row.id), "it is waiting anyway"
            unit.inbox.failed(row.id, "cannot be read", park=True)
            (shown,) = unit.inbox.put_aside()
            assert (shown.id, shown.error, shown.attempts) == (row.id, "cannot be read", 1)
            assert unit.inbox.retry(row.id)
            (again,) = unit.inbox.waiting("test:1", limit=9)
            assert again.attempts == 0
            unit.inbox.failed(row.id, "still not", park=True)
            assert unit.inbox.dismiss(row.id)
            assert not unit.inbox.dismiss(row.id)
            assert unit.inbox.put_aside() == []

    def test_old_updates_are_swept_in_small_batches(self, units: UnitOfWorkFactory) -> None:
        later = START + timedelta(days=1)
        with units() as unit:
            for number in (1, 2, 3, 4, 5):
                arrive(unit, number)
            rows = unit.inbox.waiting("test:1", limit=9)
            for row in rows[:3]:
                unit.inbox.done(row.id)
            unit.inbox.failed(rows[3].id, "broken", park=True)
            assert unit.inbox.sweep(before=START, limit=9) == 0, "they are not old"
            assert unit.inbox.sweep(before=later, limit=2) == 2
            assert unit.inbox.sweep(before=later, limit=2) == 1
            assert unit.inbox.sweep(before=later, limit=2) == 0
            assert unit.inbox.parked() == 1
            assert number_of(unit.inbox.next(excluding=NOBODY)) == 5
            arrive(unit, 6)
            newest = unit.inbox.waiting("test:1", limit=9)[-1]
            assert newest.id > rows[-1].id

    def test_the_more_urgent_queue_goes_first(self, units: UnitOfWorkFactory) -> None:
        def draft(queue: str, priority: Priority, *, silent: bool = False) -> Draft:
            return Draft(queue=queue, method="m", payload={}, priority=priority, silent=silent)

        with units() as unit:
            wanted = [
                draft("test:silent", Priority.URGENT, silent=True),
                draft("test:a", Priority.NORMAL),
                draft("test:b", Priority.NORMAL),
                draft("test:b", Priority.URGENT),
            ]
            silent, a, b, b2 = unit.outbox.put(wanted)
            for expected in (b, b2, a, silent):
                row = due(unit)
                assert id_of(row) == expected
                assert unit.outbox.begin(expected, mark="")
                unit.outbox.settle(expected, Delivery.SENT, result={})

    def test_queues_can_be_left_out_by_their_names(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            _, ticket = write(unit, "test:chat:1", "test:ticket:1")
            found = unit.outbox.due(
                now=START, excluding=NOBODY, within="test:", without="test:chat:"
            )
            assert id_of(found) == ticket

    def test_a_row_can_carry_those_behind_it(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            first, second, other, third = write(unit, "test:a", "test:a", "test:b", "test:a")
            assert [r.id for r in unit.outbox.following(first, limit=9)] == [second, third]
            assert [r.id for r in unit.outbox.following(first, limit=1)] == [second]
            whole = Draft(queue="test:a", method="all", payload={"text": "both"})
            unit.outbox.fold(first, [second], whole)
            kept, folded = unit.outbox.get(first), unit.outbox.get(second)
            assert (kept.method, kept.payload, kept.state) == (
                "all",
                {"text": "both"},
                Delivery.PENDING,
            )
            assert folded.state is Delivery.DROPPED
            assert folded.result == {"reason": "folded", "into": first}
            assert unit.outbox.begin(third, mark="")
            with pytest.raises(DeskError):
                unit.outbox.fold(first, [third], whole)
            assert id_of(due(unit, "test:a")) == other

    def test_trouble_is_shown_until_it_is_dismissed(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            failed, unknown, sent = write(unit, "test:a", "test:b", "test:c")
            for row, fate in (
                (failed, Delivery.FAILED),
                (unknown, Delivery.UNKNOWN),
                (sent, Delivery.SENT),
            ):
                unit.outbox.begin(row, mark="")
                unit.outbox.settle(row, fate, result={})
            assert [row.id for row in unit.outbox.troubled()] == [failed, unknown]
            assert not unit.outbox.retry(sent)
            assert unit.outbox.retry(failed)
            assert id_of(due(unit)) == failed
            assert unit.outbox.dismiss(unknown)
            assert not unit.outbox.dismiss(unknown)
            assert unit.outbox.troubled() == []

    def test_finished_rows_are_swept_when_they_have_been_seen_long_enough(
        self, units: UnitOfWorkFactory
    ) -> None:
        later = START + timedelta(days=31)

        def sweep(now: datetime) -> int:
            with units() as unit:
                count = unit.outbox.sweep(now=now, before=now - timedelta(days=30), limit=2)
                unit.commit()
                return count

        with units() as unit:
            rows = write(unit, *(f"test:{number}" for number in range(5)))
            for row in rows[:4]:
                unit.outbox.begin(row, mark="")
                fate = Delivery.UNKNOWN if row == rows[3] else Delivery.SENT
                unit.outbox.settle(row, fate, result={})
            unit.commit()
        assert [sweep(START) for _ in range(3)] == [2, 1, 0]
        assert [sweep(later) for _ in range(3)] == [2, 1, 0]
        with units() as unit:
            assert unit.outbox.get(rows[3]).state is Delivery.UNKNOWN
            assert unit.outbox.waiting() == 1
            with pytest.raises(DeskError):
                unit.outbox.get(rows[0])
            assert write(unit, "test:new")[0] > rows[-1]

    def test_meters_are_kept_until_they_may_be_forgotten(self, units: UnitOfWorkFactory) -> None:
        soon, late = START + timedelta(minutes=1), START + timedelta(hours=1)
        with units() as unit:
            unit.meters.write({"a": "1", "b": "2"}, until=soon)
            unit.meters.write({"b": "3"}, until=late)
            unit.commit()
        with units() as unit:
            assert unit.meters.read(["a", "b", "c"]) == {"a": "1", "b": "3"}
            assert unit.meters.forget(soon + timedelta(seconds=1)) == 1
            assert unit.meters.read(["a", "b", "c"]) == {"b": "3"}

    def test_a_chat_that_moved_twice_is_found(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            assert unit.moves.add("-1", "-2")
            assert not unit.moves.add("-1", "-9")
            assert unit.moves.add("-2", "-3")
            unit.commit()
        with units() as unit:
            assert unit.moves.all() == {"-1": "-3", "-2": "-3"}


class UnitOfWorkContract(
    ThreadsContract, InboxContract, OutboxOrderContract, OutboxFateContract, UpkeepContract
):
    """All of it."""
