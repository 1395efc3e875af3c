"""A press that comes before what it is about waits a little, and never for ever."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from bot.desk.mail import Delivery, InboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.context import Door, WebhookSettings
from handlers.chat.letters import to_chat
from handlers.chat.overtaking import Overtaking
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import ScriptedApi, make_door, make_line

pytestmark = pytest.mark.asyncio

_ROW: Final = InboxRow(id=1, source="bot", number=8, queue="telegram:5:", raw="", attempts=0)
_PRESS: Final = {"callback_query": {"message": {"chat": {"id": 5}, "message_id": 70}}}
_REACTION: Final = {"message_reaction": {"chat": {"id": 5}, "message_id": 70}}


def by_webhook(door: Door) -> Door:
    hook = WebhookSettings(url="https://example.org", secret="x")  # noqa: S106 - made up
    return replace(door, settings=replace(door.settings, webhook=hook))


async def pauses(door: Door, update: Mapping[str, object], *, meanwhile: object = None) -> int:
    """How often it paused; ``meanwhile`` is done in the second pause."""
    line, count = make_line(ScriptedApi()), 0

    async def sleep(seconds: float) -> None:
        nonlocal count
        assert seconds > 0
        count += 1
        if count == 2 and callable(meanwhile):
            door.transact_now(meanwhile)

    await Overtaking(door, replace(line, sleep=sleep)).wait_for_earlier(_ROW, update)
    return count


def arrive(unit: UnitOfWork) -> None:
    unit.inbox.put(source="bot", number=7, queue="telegram:5:", raw="", at=_AT)


_AT: Final = make_door(MemoryStorage()).clock()


@pytest.mark.parametrize("update", [_PRESS, _REACTION])
async def test_a_press_waits_for_the_update_before_it(update: Mapping[str, object]) -> None:
    door = by_webhook(make_door(MemoryStorage()))
    assert await pauses(door, update, meanwhile=arrive) == 2


async def test_what_never_comes_is_not_waited_for_long() -> None:
    door = by_webhook(make_door(MemoryStorage()))
    assert 4 <= await pauses(door, _PRESS) <= 12


async def test_polled_updates_and_messages_do_not_wait() -> None:
    door = make_door(MemoryStorage())
    assert await pauses(door, _PRESS) == 0
    message: dict[str, object] = {"message": {"chat": {"id": 5}, "message_id": 70}}
    assert await pauses(by_webhook(door), message) == 0


async def test_a_press_waits_until_the_message_it_is_about_is_recorded() -> None:
    door = make_door(MemoryStorage())
    (row,) = door.transact_now(
        lambda unit: unit.outbox.put([to_chat("5", "sendMessage", {"text": "x"})])
    )
    door.transact_now(lambda unit: unit.outbox.begin(row, mark=""))

    def record(unit: UnitOfWork) -> None:
        unit.outbox.settle(row, Delivery.SENT, result={})
        unit.links.add(("5", "70"), ("telegram:outbox", str(row)))

    other: dict[str, object] = {
        "callback_query": {"message": {"chat": {"id": 6}, "message_id": 70}}
    }
    assert await pauses(door, other) == 0, "another chat has nothing to do with it"
    assert await pauses(door, _PRESS, meanwhile=record) == 2
