import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.ports import UnitOfWork
from handlers.chat.limiter import Family, Limiter
from handlers.chat.meter import MEMORY
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.chat.doubles import make_door
from tests.unit.chat.timing import Timeline

_ANNA, _BEN, _CARL, _GROUP = 1, 2, 3, -100


class Process:
    """A limiter of one process; several may share a database."""

    def __init__(self, storage: MemoryStorage | None = None, time: Timeline | None = None) -> None:
        self.time = time or Timeline()
        self.limiter = Limiter(clock=self.time, sleep=self.time.sleep)
        self.door = make_door(storage or MemoryStorage())

    async def take(self, chat: int) -> None:
        await self.limiter.take(self.door.transact, chat)

    def wait(self, chat: int, family: Family = Family.MESSAGES, *, spare: int = 0) -> float:
        def look(unit: UnitOfWork) -> float:
            return self.limiter.room(unit.meters, chat, family).wait(spare=spare)

        return self.door.transact_now(look)

    def pause(self, chat: int, seconds: float, family: Family = Family.MESSAGES) -> None:
        self.door.transact_now(lambda u: self.limiter.pause(u.meters, chat, seconds, family))


@pytest.mark.asyncio
async def test_a_private_chat_bears_a_short_burst_and_then_one_a_second() -> None:
    process = Process()
    began, moments = process.time.now, []
    for _ in range(7):
        await process.take(_ANNA)
        moments.append(round(process.time.now - began))
    assert moments == [0, 0, 0, 3, 3, 3, 6]
    assert process.wait(_BEN) == 0


@pytest.mark.asyncio
async def test_a_group_with_all_its_topics_bears_eighteen_a_minute() -> None:
    process = Process()
    began = process.time.now
    for _ in range(18):
        await process.take(_GROUP)
    assert process.time.now == began
    assert process.wait(_GROUP) > 0
    await process.take(_GROUP)
    assert process.time.now - began == pytest.approx(60, abs=0.01)


@pytest.mark.asyncio
async def test_what_can_wait_leaves_room_for_what_cannot() -> None:
    process = Process()
    for _ in range(14):
        await process.take(_GROUP)
    assert process.wait(_GROUP) == 0
    assert process.wait(_GROUP, spare=3) == 0
    assert process.wait(_GROUP, spare=4) > 0


@pytest.mark.asyncio
async def test_a_flood_wait_silences_one_chat_only() -> None:
    process = Process()
    process.pause(_ANNA, 30)
    process.pause(_ANNA, 5)
    began = process.time.now
    await process.take(_BEN)
    assert process.time.now == began
    await process.take(_ANNA)
    assert process.time.now - began == pytest.approx(30, abs=0.01)


def test_a_flood_wait_silences_one_kind_of_call_only() -> None:
    process = Process()
    process.pause(_GROUP, 30, Family.REACTIONS)
    assert process.wait(_GROUP) == 0
    assert process.wait(_GROUP, Family.REACTIONS) == 30


def test_many_chats_that_must_be_silent_silence_the_bot() -> None:
    process = Process()
    for chat in (_ANNA, _ANNA, _ANNA, _BEN):
        process.pause(chat, 20)
    assert process.wait(9) == 0
    process.pause(_CARL, 20)
    assert process.wait(9) == pytest.approx(20)


@pytest.mark.asyncio
async def test_caution_grows_with_every_warning_and_is_forgotten() -> None:
    process = Process()
    lengths = []
    for _ in range(3):
        process.pause(_GROUP, 10)
        lengths.append(process.wait(_GROUP))
        process.time.now += lengths[-1]
    assert lengths == [10, 11, 13]
    # Three warnings: an eighth of what it was.
    for _ in range(2):
        assert process.wait(_GROUP) == 0
        await process.take(_GROUP)
    assert process.wait(_GROUP) > 0
    process.time.now += 3 * MEMORY
    for _ in range(18):
        assert process.wait(_GROUP) == 0
        await process.take(_GROUP)


@pytest.mark.asyncio
async def test_processes_on_one_database_keep_to_one_limit() -> None:
    storage, time = MemoryStorage(), Timeline()
    one, other = Process(storage, time), Process(storage, time)
    began = time.now
    for _ in range(9):
        await one.take(_GROUP)
        await other.take(_GROUP)
    assert time.now == began
    other.pause(_ANNA, 30)
    assert one.wait(_ANNA) == 30
    # One that dies holds nothing back: its last calls count as long as any others.
    del other
    await one.take(_GROUP)
    assert time.now - began == pytest.approx(60, abs=0.01)


def test_two_bots_have_limits_of_their_own() -> None:
    storage, time = MemoryStorage(), Timeline()
    one, other = Process(storage, time), Process(storage, time)
    other.limiter = Limiter(clock=time, sleep=time.sleep, name="7")
    one.pause(_ANNA, 30)
    assert other.wait(_ANNA) == 0


@pytest.mark.asyncio
async def test_a_clock_that_is_put_back_silences_nobody_for_long() -> None:
    process = Process()
    for _ in range(18):
        await process.take(_GROUP)
    process.pause(_ANNA, 30)
    process.time.now -= 86400
    assert process.wait(_GROUP) <= 60
    assert process.wait(_ANNA) <= 30


def test_signs_of_work_are_dropped_and_hold_up_nothing() -> None:
    process = Process()
    shown = [process.limiter.may_type(_ANNA) for _ in range(25)]
    assert shown == [True] * 20 + [False] * 5
    assert process.wait(_ANNA) == 0
    process.time.now += 5
    assert sum(process.limiter.may_type(_ANNA) for _ in range(30)) == 20
    process.time.now += 5
    assert not process.limiter.may_type(_ANNA), "forty in half a minute"
    process.limiter.pause_typing(_BEN, 3)
    assert not process.limiter.may_type(_BEN)
    process.time.now += 3
    assert process.limiter.may_type(_BEN)


def test_a_meter_that_cannot_be_read_counts_as_empty() -> None:
    process = Process()
    process.pause(_ANNA, 30)

    def spoil(unit: UnitOfWork) -> None:
        for name in (f"telegram::{_ANNA}:messages", "telegram::overall"):
            unit.meters.write({name: "[1, 2"}, until=process.door.clock())

    process.door.transact_now(spoil)
    assert process.wait(_ANNA) == 0


@pytest.mark.asyncio
@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, -100, -200]), max_size=150))
async def test_no_limit_is_ever_passed(chats: list[int]) -> None:
    process = Process()
    taken: list[tuple[float, int]] = []
    for chat in chats:
        await process.take(chat)
        taken.append((process.time.now, chat))
    for start, _ in taken:
        window = [(at - start, chat) for at, chat in taken if at >= start]
        assert sum(gap < 1 for gap, _ in window) <= 25
        for chat in set(chats):
            seconds, most = (3, 3) if chat > 0 else (60, 18)
            assert sum(gap < seconds and each == chat for gap, each in window) <= most


@pytest.mark.asyncio
async def test_what_no_longer_counts_can_be_forgotten() -> None:
    storage = MemoryStorage()
    process = Process(storage)
    for chat in range(1, 50):
        await process.take(chat)
        process.time.now += 10
    process.pause(5, 100)

    def sweep(unit: UnitOfWork) -> int:
        return unit.meters.forget(process.limiter.moment)

    assert process.door.transact_now(sweep) == 49
    assert process.wait(5) == 100
