"""Updates are handled in order, tried again, and put aside with a person brought."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from telegram.error import TimedOut

from bot.desk.mail import InboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.context import Door
from handlers.chat.workers import CURRENT, Rescue, Workers
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import ScriptedApi, make_door, make_line

pytestmark = pytest.mark.asyncio

Handle = Callable[[InboxRow], Awaitable[None]]


def put(door: Door, number: int, queue: str = "telegram:5:") -> None:
    door.transact_now(
        lambda unit: unit.inbox.put(
            source="telegram:99", number=number, queue=queue, raw="{}", at=door.clock()
        )
    )


async def no_rescue(row: InboxRow, record: Callable[[UnitOfWork], None]) -> bool:
    del row, record
    return False


async def work(
    door: Door, handle: Handle, until: Callable[[], bool], *, rescue: Rescue = no_rescue
) -> None:
    workers = Workers(door, make_line(ScriptedApi()), handle=handle, rescue=rescue)
    task = asyncio.create_task(workers.run())
    async with asyncio.timeout(5):
        while not until():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await workers.finish(1.0)


def waiting(door: Door) -> InboxRow | None:
    return door.transact_now(lambda unit: unit.inbox.next(excluding=frozenset()))


async def test_a_queue_is_handled_one_by_one_and_others_beside_it() -> None:
    door, events = make_door(MemoryStorage()), list[str]()
    for number, queue in enumerate(("a", "a", "b")):
        put(door, number, f"telegram:{queue}:")

    async def handle(row: InboxRow) -> None:
        events.append(f"{row.number} begins")
        await asyncio.sleep(0.05)
        events.append(f"{row.number} ends")

    await work(door, handle, lambda: len(events) == 6)
    assert events.index("0 ends") < events.index("1 begins")
    assert events.index("2 begins") < events.index("0 ends")
    assert waiting(door) is None


async def test_what_fails_is_tried_again() -> None:
    door, attempts = make_door(MemoryStorage()), list[int]()
    put(door, 1)

    async def handle(row: InboxRow) -> None:
        attempts.append(row.attempts)
        if len(attempts) < 3:
            message = "not yet"
            raise RuntimeError(message)

    await work(door, handle, lambda: len(attempts) == 3)
    assert attempts == [0, 1, 2]
    assert door.transact_now(lambda unit: unit.inbox.parked()) == 0


async def test_an_update_is_not_put_aside_because_telegram_is_away_for_a_moment() -> None:
    door, handled = make_door(MemoryStorage()), list[int]()
    put(door, 1)

    async def handle(row: InboxRow) -> None:
        handled.append(row.attempts)
        if len(handled) < 6:
            CURRENT.get().failures.append(TimedOut())

    await work(door, handle, lambda: len(handled) == 6)
    assert door.transact_now(lambda unit: unit.inbox.parked()) == 0
    assert waiting(door) is None


async def test_what_always_fails_is_put_aside_and_does_not_block() -> None:
    door, handled, rescued = make_door(MemoryStorage()), list[int](), list[int]()
    put(door, 1)
    put(door, 2)

    async def handle(row: InboxRow) -> None:
        if row.number == 1:
            CURRENT.get().failures.append(RuntimeError("always"))
        else:
            handled.append(row.number)

    async def rescue(row: InboxRow, record: Callable[[UnitOfWork], None]) -> bool:
        rescued.append(row.number)
        await door.transact(record)
        return True

    await work(door, handle, lambda: handled == [2], rescue=rescue)
    assert rescued == [1]
    assert door.transact_now(lambda unit: unit.inbox.parked()) == 1


async def test_a_rescue_that_fails_still_puts_aside() -> None:
    door = make_door(MemoryStorage())
    put(door, 1)

    async def handle(row: InboxRow) -> None:
        raise RuntimeError(row.raw)

    async def rescue(row: InboxRow, record: Callable[[UnitOfWork], None]) -> bool:
        del record
        raise RuntimeError(row.raw)

    def parked() -> bool:
        return door.transact_now(lambda unit: unit.inbox.parked()) == 1

    await work(door, handle, parked, rescue=rescue)
    assert waiting(door) is None
