"""What cannot be read still brings a person; what nobody would see is told to staff."""

import json
from collections.abc import Mapping

import pytest
from telegram.ext import ExtBot

from bot.desk.mail import InboxRow
from bot.desk.ports import UnitOfWork
from handlers.chat.context import Door
from handlers.chat.reading_raw import message_of_raw
from handlers.chat.routing import Dispatch
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import GROUP, ScriptedApi, make_door, make_line

pytestmark = pytest.mark.asyncio

_ANNA = {"id": 5, "first_name": "Anna", "last_name": "B", "language_code": "de"}
_UNREADABLE: Mapping[str, object] = {
    "message_id": 70,
    "chat": {"id": 5, "type": "private"},
    "from": _ANNA,
    "text": "Hilfe",
    "photo": 3,
}


def put(door: Door, update: Mapping[str, object]) -> InboxRow:
    def store(unit: UnitOfWork) -> InboxRow:
        raw = json.dumps({"update_id": 1, **update})
        unit.inbox.put(source="s", number=1, queue="telegram:5:", raw=raw, at=door.clock())
        (row,) = unit.inbox.waiting("telegram:5:", limit=1)
        return row

    return door.transact_now(store)


async def rescue(door: Door, update: Mapping[str, object]) -> bool:
    row = put(door, update)
    dispatch = Dispatch(door, make_line(ScriptedApi()), ExtBot("1:x"))
    return await dispatch.rescue(row, lambda u: u.inbox.failed(row.id, "broken", park=True))


def staff_lines(door: Door) -> list[Mapping[str, object]]:
    storage = door.units
    assert isinstance(storage, MemoryStorage)
    return [row.payload for row in storage.state.outbox.values()]


async def test_the_library_cannot_read_it_and_a_person_can() -> None:
    door = make_door(MemoryStorage())
    dispatch = Dispatch(door, make_line(ScriptedApi()), ExtBot("1:x"))
    with pytest.raises((TypeError, KeyError)):
        dispatch.parse(put(door, {"message": _UNREADABLE}))
    door = make_door(MemoryStorage())
    assert await rescue(door, {"message": _UNREADABLE})
    (ticket,) = door.desk.tickets()
    assert any(entry.text == "Hilfe" for entry in ticket.entries)
    conversation, _ = door.desk.thread(ticket.id)
    assert (conversation.customer.name, conversation.language) == ("Anna B", "de")
    assert any("from_chat_id" in str(payload) for payload in staff_lines(door)), "staff get a copy"
    assert door.transact_now(lambda unit: unit.inbox.parked()) == 1


async def test_what_has_no_text_is_marked() -> None:
    bare = {key: value for key, value in _UNREADABLE.items() if key != "text"}
    message = message_of_raw({"message": bare})
    assert message is not None
    assert message.spoken == "[unreadable]"


@pytest.mark.parametrize(
    "update",
    [
        {"message": {**_UNREADABLE, "chat": {"id": GROUP, "type": "supergroup"}}},
        {"message": {**_UNREADABLE, "from": None}},
        {"callback_query": {"id": "1"}},
        {},
    ],
)
async def test_anything_else_is_told_to_the_staff_group(update: Mapping[str, object]) -> None:
    door = make_door(MemoryStorage())
    assert await rescue(door, update)
    assert door.desk.tickets() == []
    (payload,) = staff_lines(door)
    parameters = payload["parameters"]
    assert isinstance(parameters, dict)
    assert parameters["chat_id"] == GROUP
    assert "helpdesk mail list" in str(parameters["text"])
    assert "Hilfe" not in str(parameters["text"]), "whose it is, nobody knows"


async def test_without_a_staff_group_it_is_only_put_aside() -> None:
    door = make_door(MemoryStorage(), staff_group=None)
    assert not await rescue(door, {})
