"""A customer who writes without end is kept, shown to staff, told once, and slows nobody down."""

import asyncio
import json

import pytest
from telegram import Update

from bot.desk.conversation import Owner
from bot.desk.mail import InboxRow
from bot.desk.outcomes import HandOffReason
from bot.desk.ticket import EntryKind, Staff
from handlers import wording_texts as texts
from handlers.chat.context import Door
from handlers.chat.flood import MOST_WAITING, Flood
from handlers.chat.workers import Workers, read_raw
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import ScriptedApi, make_door, make_line

pytestmark = pytest.mark.asyncio

_TOLD = texts.HAND_OFF[HandOffReason.MANY_MESSAGES]


def put(door: Door, number: int, chat: int, text: str = "", **more: object) -> None:
    person = {"id": chat, "is_bot": False, "first_name": "A"}
    message = {
        "message_id": number,
        "date": 0,
        "chat": {"id": chat, "type": "private"},
        "from": person,
        **({"text": text} if text else {}),
        **more,
    }
    door.transact_now(
        lambda unit: unit.inbox.put(
            source="telegram:99",
            number=number,
            queue=f"telegram:{chat}:",
            raw=json.dumps({"update_id": number, "message": message}),
            at=door.clock(),
        )
    )


def parse(row: InboxRow) -> Update:
    return Update.de_json(read_raw(row), None)


async def work(door: Door, *, thinking: float = 0.0) -> list[InboxRow]:
    """Run the workers until nothing waits; return what was handled one by one."""
    handled: list[InboxRow] = []

    async def handle(row: InboxRow) -> None:
        handled.append(row)
        await asyncio.sleep(thinking)

    async def rescue(*_: object) -> bool:
        return False

    def waiting() -> bool:
        return door.transact_now(lambda u: u.inbox.next(excluding=frozenset())) is not None

    line = make_line(ScriptedApi())
    workers = Workers(door, line, handle=handle, rescue=rescue, backlogs=Flood(door, parse))
    task = asyncio.create_task(workers.run())
    async with asyncio.timeout(10):
        while waiting():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await workers.finish(1.0)
    return handled


def said_to(door: Door, chat: int) -> list[str]:
    storage = door.units
    assert isinstance(storage, MemoryStorage)
    queue = f"telegram:chat:{chat}"
    return [str(r.payload["plain"]) for r in storage.state.outbox.values() if r.queue == queue]


def timeline(door: Door) -> list[str]:
    (ticket,) = door.desk.tickets()
    return [entry.text for entry in ticket.entries if entry.kind is EntryKind.QUESTION]


async def test_a_backlog_goes_to_staff_whole_and_in_order_and_the_customer_is_told_once() -> None:
    door = make_door(MemoryStorage())
    for number in range(1, 61):
        put(door, number, 5, f"text {number}")
    assert await work(door) == []
    assert timeline(door) == [f"text {number}" for number in range(1, 61)]
    assert said_to(door, 5) == [_TOLD]
    for number in range(61, 101):
        put(door, number, 5, f"text {number}")
    await work(door)
    assert timeline(door)[60:] == [f"text {number}" for number in range(61, 101)]
    assert said_to(door, 5) == [_TOLD], "once for each ticket"


async def test_up_to_the_limit_the_bot_answers_each() -> None:
    door = make_door(MemoryStorage())
    for number in range(1, MOST_WAITING + 1):
        put(door, number, 5, f"text {number}")
    assert [row.number for row in await work(door)] == list(range(1, MOST_WAITING + 1))
    assert door.desk.tickets() == []


async def test_what_is_no_plain_text_is_handled_one_by_one_in_its_place() -> None:
    door = make_door(MemoryStorage())
    for number in range(1, 26):
        put(door, number, 5, f"text {number}")
    put(door, 26, 5, photo=[{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1}])
    put(door, 27, 5, "/human")
    for number in range(28, 60):
        put(door, number, 5, f"text {number}")
    handled = [row.number for row in await work(door)]
    assert handled == [26, 27]
    assert len(timeline(door)) == 57


async def test_a_message_that_was_relayed_before_is_not_shown_again() -> None:
    door = make_door(MemoryStorage())
    for number in range(1, 31):
        put(door, number, 5, f"text {number}")
    await work(door)
    again = [raw_row(number) for number in range(1, 31)]
    assert await Flood(door, parse).take(again)
    assert len(timeline(door)) == 30


def raw_row(number: int) -> InboxRow:
    message = {
        "message_id": number,
        "date": 0,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "A"},
        "text": f"text {number}",
    }
    raw = json.dumps({"update_id": number, "message": message})
    return InboxRow(id=1, source="s", number=number, queue="telegram:5:", raw=raw, attempts=0)


async def test_the_bot_is_silent_while_a_person_has_the_thread() -> None:
    door = make_door(MemoryStorage())
    for number in range(1, 31):
        put(door, number, 5, f"text {number}")
    await work(door)
    (ticket,) = door.desk.tickets()
    door.desk.claim(ticket.id, Staff(identity="li", name="Li"))
    told = said_to(door, 5)
    for number in range(31, 61):
        put(door, number, 5, f"text {number}")
    await work(door)
    assert door.desk.thread(ticket.id)[0].owner is Owner.PERSON
    assert said_to(door, 5) == told
    assert len(timeline(door)) == 60


async def test_queues_take_turns_so_that_long_ones_slow_nobody_down() -> None:
    door = make_door(MemoryStorage())
    number = 0
    for chat in range(1, 7):
        for _ in range(8):
            number += 1
            put(door, number, chat, "text")
    put(door, number + 1, 77, "one question")
    handled = [row.queue for row in await work(door, thinking=0.001)]
    assert handled.index("telegram:77:") < 12, "behind one of each, not behind all of them"
