"""What any storage must do for translations. Inherit ``TranslationsContract``, give ``units``."""

from dataclasses import replace

import pytest

from bot.desk.conversation import Address
from bot.desk.ports import UnitOfWork, UnitOfWorkFactory
from bot.desk.translation_tasks import Direction, TaskState, TranslationTask
from knowledge.errors import DeskError
from tests.contracts.unit_of_work import open_conversation
from tests.fakes.clock import START


def put_task(
    unit: UnitOfWork,
    reference: str = "1",
    direction: Direction = Direction.TO_STAFF,
    chat: str = "1",
) -> TranslationTask:
    conversation = open_conversation(unit, Address(door="test", chat=chat))
    ticket = unit.tickets.current(conversation.id) or unit.tickets.open(
        conversation.id, reason="r", urgent=False, at=START
    )
    task = TranslationTask(
        conversation=conversation.id,
        ticket=ticket.id,
        direction=direction,
        reference=reference,
        text="签证？ «1»",
        language="zh-Hans",
        into="fr",
        epoch=2,
        at=START,
        author="li",
        rows=(4, 5),
    )
    assert unit.translations.add(task)
    return task


class TranslationsContract:
    def test_a_translation_is_kept_as_it_is(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            task = put_task(unit)
            kept = unit.translations.get(1)
            assert kept == replace(task, id=1)
            done = replace(
                kept, state=TaskState.REFUSED, result="Ça", problems=("dates",), attempts=2, rows=()
            )
            unit.translations.update(done)
            assert unit.translations.get(1) == done

    def test_a_message_is_taken_in_once(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            task = put_task(unit)
            assert not unit.translations.add(replace(task, text="other"))
            assert unit.translations.add(replace(task, direction=Direction.TO_CUSTOMER))
            assert unit.translations.add(replace(task, reference="1/edit"))

    def test_customers_come_first_and_one_at_a_time(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            put_task(unit, "1")
            put_task(unit, "2", Direction.TO_CUSTOMER)
            put_task(unit, "3", Direction.TO_CUSTOMER)
            assert [one.reference for one in unit.translations.waiting(limit=8)] == ["2"]

    def test_what_staff_of_one_ticket_wait_for_comes_together(
        self, units: UnitOfWorkFactory
    ) -> None:
        with units() as unit:
            for reference, chat in (("1", "a"), ("2", "b"), ("3", "a"), ("4", "a")):
                put_task(unit, reference, chat=chat)
            assert [one.reference for one in unit.translations.waiting(limit=2)] == ["1", "3"]
            for one in unit.translations.waiting(limit=8):
                unit.translations.update(replace(one, state=TaskState.DONE))
            assert [one.reference for one in unit.translations.waiting(limit=8)] == ["2"]

    def test_the_last_version_of_a_reply_is_found(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            for reference in ("7/1", "7/change3", "77/4"):
                put_task(unit, reference, Direction.TO_CUSTOMER)
            put_task(unit, "7/9")
            found = unit.translations.latest(1, "7")
            assert found is not None
            assert found.reference == "7/change3"
            assert unit.translations.latest(1, "8") is None
            assert unit.translations.latest(2, "7") is None

    def test_a_translation_that_is_not_there(self, units: UnitOfWorkFactory) -> None:
        with units() as unit:
            task = put_task(unit)
            with pytest.raises(DeskError):
                unit.translations.get(9)
            with pytest.raises(DeskError):
                unit.translations.update(replace(task, id=9))
