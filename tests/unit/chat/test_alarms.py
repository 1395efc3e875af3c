"""The clock of the service: it goes on whatever happens, and warns of years it does not know."""

import logging
from datetime import UTC, date, datetime

import pytest

from bot.desk.schedule.calendar import ChineseCalendar, missing_years
from handlers.chat.alarms import PAUSE, Alarms
from knowledge.errors import DatabaseError
from tests.fakes.clock import SetClock
from tests.fakes.memory_storage import MemoryStorage, MemoryUnitOfWork
from tests.unit.chat.doubles import ScriptedApi, make_line, timed_door

CALENDAR = ChineseCalendar()
LAST = max(year for year in range(2020, 2050) if CALENDAR.covers(year))


class FailingStorage(MemoryStorage):
    fails = False

    def __call__(self) -> MemoryUnitOfWork:
        if self.fails:
            raise DatabaseError(path="desk.db", problem="It is locked.")
        return super().__call__()


def test_a_year_that_is_known_needs_no_warning() -> None:
    assert missing_years(CALENDAR, date(LAST, 6, 1)) == []


def test_a_year_that_begins_soon_must_be_known() -> None:
    assert missing_years(CALENDAR, date(LAST, 12, 1)) == [LAST + 1]
    assert missing_years(CALENDAR, date(LAST + 1, 12, 1)) == [LAST + 1, LAST + 2]


@pytest.mark.asyncio
async def test_it_says_once_a_day_what_the_calendar_lacks(caplog: pytest.LogCaptureFixture) -> None:
    clock = SetClock(datetime(LAST, 12, 1, tzinfo=UTC))
    alarms = Alarms(timed_door(MemoryStorage(), clock), make_line(ScriptedApi()))
    for _ in range(2):
        assert await alarms.look() == PAUSE
    assert [f"{LAST + 1}" in each.getMessage() for each in caplog.records] == [True]
    clock.advance(24 * 3600)
    await alarms.look()
    assert len(caplog.records) == 2


@pytest.mark.asyncio
async def test_it_goes_on_when_what_is_due_cannot_be_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    storage = FailingStorage()
    door = timed_door(storage, SetClock(datetime(LAST, 6, 1, tzinfo=UTC)))
    alarms = Alarms(door, make_line(ScriptedApi()))
    storage.fails = True
    with caplog.at_level(logging.ERROR):
        assert await alarms.look() > PAUSE
    storage.fails = False
    assert await alarms.look() == PAUSE
    assert [each.levelname for each in caplog.records] == ["ERROR"]
