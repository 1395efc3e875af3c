"""What is dealt with goes after a while; what is not stays."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.desk.mail import Delivery, Draft
from handlers.chat.context import Door
from handlers.chat.housekeeping import Housekeeper
from knowledge.errors import DeskError
from tests.fakes.clock import START
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import ScriptedApi, make_door, make_line

pytestmark = pytest.mark.asyncio


def at(door: Door, moment: datetime) -> Door:
    return replace(door, clock=lambda: moment)


async def sweep(door: Door) -> int:
    return await Housekeeper(door, make_line(ScriptedApi())).sweep()


async def test_a_thousand_old_rows_go_and_numbers_are_not_reused() -> None:
    storage = MemoryStorage()
    door = at(make_door(storage), START)
    with storage() as unit:
        drafts = [Draft(queue=f"telegram:chat:{n}", method="m", payload={}) for n in range(1000)]
        rows = unit.outbox.put(drafts)
        for row in rows[:-2]:
            unit.outbox.begin(row, mark="")
            unit.outbox.settle(row, Delivery.SENT, result={})
        unit.outbox.begin(rows[-2], mark="")
        unit.outbox.settle(rows[-2], Delivery.FAILED, result={})
        unit.links.add(("5", "7"), ("telegram:outbox", str(rows[0])))
        for number in range(300):
            unit.inbox.put(
                source="s", number=number, queue="telegram:5:", raw=json.dumps({}), at=START
            )
        for waiting in unit.inbox.waiting("telegram:5:", limit=300)[:-1]:
            unit.inbox.done(waiting.id)
        unit.commit()
    assert await sweep(door) == 998, "they are found finished, and kept"
    assert await sweep(at(door, START + timedelta(days=29))) == 0
    assert await sweep(at(door, START + timedelta(days=31))) == 998 + 299
    with storage() as unit:
        assert unit.outbox.get(rows[-2]).state is Delivery.FAILED
        assert unit.outbox.get(rows[-1]).state is Delivery.PENDING
        assert len(unit.inbox.waiting("telegram:5:", limit=9)) == 1
        assert unit.links.find(("5", "7")) is not None, "replies and edits still need it"
        with pytest.raises(DeskError):
            unit.outbox.get(rows[0])
        assert unit.outbox.put(drafts[:1])[0] > rows[-1]


async def test_the_time_is_a_setting() -> None:
    storage = MemoryStorage()
    door = make_door(storage)
    door.settings.kept_days = 3
    with storage() as unit:
        unit.inbox.put(source="s", number=1, queue="telegram:5:", raw="{}", at=START)
        unit.inbox.done(1)
        unit.commit()
    assert await sweep(at(door, START + timedelta(days=2))) == 0
    assert await sweep(at(door, START + timedelta(days=4))) == 1
