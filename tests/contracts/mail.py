"""What any inbox and outbox must do; see ``UnitOfWorkContract``."""

from datetime import timedelta

import pytest

from bot.desk.conversation import Owner
from bot.desk.ports import Delivery, Draft, InboxRow, OutboxRow, UnitOfWork, UnitOfWorkFactory
from knowledge.errors import DeskError
from tests.contracts.unit_of_work import open_conversation
from tests.fakes.clock import START

NOBODY: frozenset[str] = frozenset()


def arrive(unit: UnitOfWork, number: int, queue: str = "test:1", source: str = "bot") -> bool:
    return unit.inbox.put(source=source, number=number, queue=queue, raw=f"{{{number}}}", at=START)


def due(unit: UnitOfWork, *excluding: str, minutes: int = 0) -> OutboxRow | None:
    now = START + timedelta(minutes=minutes)
    return unit.outbox.due(now=now, excluding=frozenset(excluding))


def write(unit: UnitOfWork, *queues: str, fenced: bool = False) -> list[int]:
    drafts = [
        Draft(queue=queue, method="say", payload={"text": f"{number} 你好"}, fenced=fenced)
        for number, queue in enumerate(queues)
    ]
    return unit.outbox.put(drafts, conversation=open_conversation(unit))


def number_of(row: InboxRow | None) -> int | None:
    return row.number if row else None


def id_of(row: OutboxRow | None) -> int | None:
    return row.id if row else None


class InboxContract:
    def test_an_update_is_stored_once(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            assert arrive(unit, 7)
            assert not arrive(unit, 7)
            assert arrive(unit, 7, source="another bot")
            unit.commit()
        with units() as unit:
            assert not arrive(unit, 7)

    def test_each_queue_has_one_head(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            for number, queue in ((1, "test:a"), (2, "test:a"), (3, "test:b")):
                arrive(unit, number, queue)
            assert number_of(unit.inbox.next(excluding=NOBODY)) == 1
            assert number_of(unit.inbox.next(excluding=frozenset({"test:a"}))) == 3
            assert unit.inbox.next(excluding=frozenset({"test:a", "test:b"})) is None
            assert number_of(unit.inbox.next(excluding=NOBODY, within="test:b")) == 3
            assert unit.inbox.next(excluding=NOBODY, within="TEST:") is None

    def test_a_row_that_is_done_makes_room(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            arrive(unit, 1)
            arrive(unit, 2)
            first = unit.inbox.next(excluding=NOBODY)
            assert first is not None
            assert first.raw == "{1}"
            unit.inbox.done(first.id)
            assert number_of(unit.inbox.next(excluding=NOBODY)) == 2

    def test_late_updates_are_put_in_order(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            arrive(unit, 12)
            arrive(unit, 11)
            assert number_of(unit.inbox.next(excluding=NOBODY)) == 11

    def test_a_failed_row_stays_first_until_it_is_parked(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            arrive(unit, 1)
            arrive(unit, 2)
            first = unit.inbox.next(excluding=NOBODY)
            assert first is not None
            unit.inbox.failed(first.id, "broken", park=False)
            again = unit.inbox.next(excluding=NOBODY)
            assert again is not None
            assert (again.id, again.attempts) == (first.id, 1)
            unit.inbox.failed(first.id, "broken", park=True)
            assert number_of(unit.inbox.next(excluding=NOBODY)) == 2
            assert unit.inbox.parked() == 1


class OutboxOrderContract:
    def test_rows_of_a_queue_go_out_in_order(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            a1, b1, a2 = write(unit, "test:a", "test:b", "test:a")
            assert id_of(due(unit)) == a1
            assert id_of(due(unit, "test:a")) == b1
            assert unit.outbox.begin(a1, mark="")
            assert id_of(due(unit)) == b1, "a2 must wait while a1 is being sent"
            unit.outbox.settle(a1, Delivery.SENT, result={"message": 5})
            assert id_of(due(unit, "test:b")) == a2
            assert due(unit, "test:a", "test:b") is None

    def test_only_queues_within_a_door_count(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            _, other = write(unit, "test:a", "other:a")
            found = unit.outbox.due(now=START, excluding=NOBODY, within="other:")
            assert id_of(found) == other
            unit.outbox.begin(other, mark="")
            assert [row.id for row in unit.outbox.interrupted(within="other:")] == [other]
            assert unit.outbox.interrupted(within="test:") == []

    @pytest.mark.parametrize(
        "fate", [Delivery.SENT, Delivery.FAILED, Delivery.UNKNOWN, Delivery.DROPPED]
    )
    def test_no_fate_blocks_the_queue(self, units: UnitOfWorkFactory, fate: Delivery) -> None:
        with units() as unit:
            first, second = write(unit, "test:a", "test:a")
            unit.outbox.begin(first, mark="")
            unit.outbox.settle(first, fate, result={})
            assert unit.outbox.get(first).state is fate
            assert id_of(due(unit)) == second
            assert unit.outbox.waiting() == 1

    def test_a_postponed_row_blocks_its_queue_only(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            a1, _, b1 = write(unit, "test:a", "test:a", "test:b")
            unit.outbox.begin(a1, mark="")
            unit.outbox.postpone(a1, START + timedelta(minutes=5))
            assert id_of(due(unit, minutes=4)) == b1
            assert id_of(due(unit, minutes=5)) == a1
            assert unit.outbox.waiting() == 3


class OutboxFateContract:
    def test_a_row_keeps_what_was_put(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            draft = Draft(
                queue="test:q", method="say", payload={"text": ["你好", None]}, silent=True
            )
            conversation = open_conversation(unit)
            ticket = unit.tickets.open(conversation.id, reason="r", urgent=False, at=START).id
            (row,) = unit.outbox.put([draft], conversation=conversation, ticket=ticket)
            kept = unit.outbox.get(row)
            assert (kept.queue, kept.method, kept.payload) == ("test:q", "say", draft.payload)
            assert (kept.conversation, kept.ticket, kept.epoch) == (conversation.id, ticket, None)
            assert (kept.state, kept.attempts, kept.silent) == (Delivery.PENDING, 0, True)

    def test_a_row_is_begun_once(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            (row,) = write(unit, "test:a")
            assert unit.outbox.begin(row, mark="41")
            assert not unit.outbox.begin(row, mark="42")
            unit.commit()
        with units() as unit:
            (interrupted,) = unit.outbox.interrupted()
            assert (interrupted.mark, interrupted.attempts) == ("41", 1)
            unit.outbox.settle(row, Delivery.UNKNOWN, result={})
            assert unit.outbox.interrupted() == []
            unit.outbox.settle(row, Delivery.SENT, result={"message": 5})
            assert unit.outbox.get(row).result == {"message": 5}

    def test_a_fenced_row_is_dropped_when_its_epoch_is_over(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            stale, _ = write(unit, "test:a", "test:b", fenced=True)
            conversation = open_conversation(unit)
            unit.conversations.set_owner(conversation.id, Owner.PERSON, expected_epoch=0)
            free, fresh = *write(unit, "test:a"), *write(unit, "test:a", fenced=True)
            assert not unit.outbox.begin(stale, mark="")
            assert unit.outbox.get(stale).state is Delivery.DROPPED
            assert unit.outbox.begin(free, mark="")
            assert unit.outbox.begin(fresh, mark="")

    def test_a_finished_row_stays_finished(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            sent, pending = write(unit, "test:a", "test:b")
            unit.outbox.begin(sent, mark="")
            unit.outbox.settle(sent, Delivery.SENT, result={})
            with pytest.raises(DeskError):
                unit.outbox.settle(sent, Delivery.FAILED, result={})
            with pytest.raises(DeskError):
                unit.outbox.postpone(sent, START)
            with pytest.raises(DeskError):
                unit.outbox.settle(pending, Delivery.SENT, result={})
            unit.outbox.settle(pending, Delivery.DROPPED, result={})
            assert not unit.outbox.begin(pending, mark="")

    def test_an_unknown_row_and_a_fence_without_conversation(
        self, units: UnitOfWorkFactory
    ) -> None:
        with units() as unit:
            with pytest.raises(DeskError):
                unit.outbox.get(99)
            with pytest.raises(DeskError):
                unit.outbox.put([Draft(queue="test:q", method="m", payload={}, fenced=True)])
