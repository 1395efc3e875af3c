"""What the bot wanted to say when a person took over stays unsaid, and staff are told of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest
from telegram.error import BadRequest, TimedOut

from bot.desk.conversation import Owner
from bot.desk.mail import Delivery
from bot.desk.questions import Message, Sender
from handlers.chat.context import Door
from handlers.chat.courier import Courier
from handlers.chat.letters import to_chat
from handlers.chat.reading import address_of
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import ScriptedApi, make_door, make_line

pytestmark = pytest.mark.asyncio
_ANNA = 5


def ask(door: Door, number: int, text: str) -> None:
    sender = Sender(identity=str(_ANNA), name="Anna")
    message = Message(
        address=address_of(_ANNA), sender=sender, reference=str(number), text=text, attachment=""
    )
    door.desk.receive(message)


def take_over(door: Door) -> None:
    """Open a ticket, and claim it."""
    ask(door, 2, "person please")
    door.transact_now(lambda unit: unit.conversations.set_owner(1, Owner.PERSON, expected_epoch=0))


async def deliver_first(door: Door, api: ScriptedApi) -> Delivery:
    first = door.transact_now(lambda unit: unit.outbox.get(1))
    async with asyncio.timeout(5):
        await Courier(door, make_line(api)).deliver(first)
    return door.transact_now(lambda unit: unit.outbox.get(1)).state


def staff_see(storage: MemoryStorage) -> list[str]:
    rows = storage.state.outbox.values()
    return [str(row.payload.get("plain")) for row in rows if "ticket" in row.payload]


async def test_an_answer_that_is_held_back_is_shown_to_staff_with_its_question() -> None:
    storage, api = MemoryStorage(), ScriptedApi()
    door = make_door(storage)
    ask(door, 1, "illegal question")
    take_over(door)
    assert await deliver_first(door, api) is Delivery.DROPPED
    assert api.calls == []
    assert any("illegal question" in text and "⚠" in text for text in staff_see(storage))


async def test_a_second_attempt_passes_the_fence_again() -> None:
    storage = MemoryStorage()
    door = make_door(storage)
    ask(door, 1, "illegal question")

    def refuse(_: Mapping[str, object]) -> object:
        take_over(door)
        return BadRequest("can't parse entities")

    api = ScriptedApi({"sendMessage": refuse})
    assert await deliver_first(door, api) is Delivery.DROPPED
    assert [method for method, _ in api.calls] == ["sendMessage"]


async def test_a_message_may_still_be_on_its_way_when_the_next_process_starts() -> None:
    storage, waited = MemoryStorage(), list[float]()
    door = make_door(storage)
    ask(door, 1, "illegal question")
    door.transact_now(lambda unit: unit.outbox.begin(1, mark="1"))

    def look(_: Mapping[str, object]) -> object:
        assert sum(waited) >= 2, "it is looked for before it can have arrived"
        return {"message_id": 2}

    line = make_line(ScriptedApi({"editMessageReplyMarkup": look}))

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    interrupted = door.transact_now(lambda unit: unit.outbox.get(1))
    async with asyncio.timeout(5):
        await Courier(door, replace(line, sleep=wait)).investigate(interrupted)
    assert door.transact_now(lambda unit: unit.outbox.get(1)).state is Delivery.SENT


async def test_a_change_that_may_still_be_on_its_way_is_waited_for_before_it_is_repeated() -> None:
    storage, waited = MemoryStorage(), list[float]()
    door = make_door(storage)
    change = to_chat("1", "editMessageText", {"message_id": 5, "text": "older"})
    (row,) = door.transact_now(lambda unit: unit.outbox.put([change]))
    door.transact_now(lambda unit: unit.outbox.begin(row, mark=""))

    async def wait(seconds: float) -> None:
        waited.append(seconds)
        assert door.transact_now(lambda unit: unit.outbox.get(row)).state is Delivery.SENDING

    interrupted = door.transact_now(lambda unit: unit.outbox.get(row))
    async with asyncio.timeout(5):
        line = replace(make_line(ScriptedApi()), sleep=wait)
        await Courier(door, line).investigate(interrupted)
    assert sum(waited) >= 2
    assert door.transact_now(lambda unit: unit.outbox.get(row)).state is Delivery.PENDING


async def test_a_change_of_which_nothing_was_heard_is_repeated_after_it_can_have_come() -> None:
    storage, waited = MemoryStorage(), list[float]()
    door = make_door(storage)
    change = to_chat("1", "editMessageText", {"message_id": 5, "text": "older"})
    (number,) = door.transact_now(lambda unit: unit.outbox.put([change]))

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    line = make_line(ScriptedApi({"editMessageText": lambda _: TimedOut()}))
    row = door.transact_now(lambda unit: unit.outbox.get(number))
    async with asyncio.timeout(5):
        await Courier(door, replace(line, sleep=wait)).deliver(row)
    assert sum(waited) >= 2
    assert door.transact_now(lambda unit: unit.outbox.get(number)).state is Delivery.PENDING
