import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.limiter import Limiter
from tests.unit.chat.timing import Timeline

_ANNA, _BEN, _GROUP = 1, 2, -100


def make_limiter() -> tuple[Limiter, Timeline]:
    time = Timeline()
    return Limiter(clock=time, sleep=time.sleep), time


@pytest.mark.asyncio
async def test_a_private_chat_bears_a_short_burst_and_then_one_a_second() -> None:
    limiter, time = make_limiter()
    began, moments = time.now, []
    for _ in range(7):
        await limiter.take(_ANNA)
        moments.append(round(time.now - began))
    assert moments == [0, 0, 0, 3, 3, 3, 6]
    assert limiter.wait(_BEN) == 0


@pytest.mark.asyncio
async def test_a_group_with_all_its_topics_bears_eighteen_a_minute() -> None:
    limiter, time = make_limiter()
    began = time.now
    for _ in range(18):
        await limiter.take(_GROUP)
    assert time.now == began
    assert not limiter.try_take(_GROUP)
    await limiter.take(_GROUP)
    assert time.now - began == pytest.approx(60, abs=0.01)


@pytest.mark.asyncio
async def test_a_flood_wait_silences_one_chat_only() -> None:
    limiter, time = make_limiter()
    limiter.pause(_ANNA, 30)
    limiter.pause(_ANNA, 5)
    began = time.now
    await limiter.take(_BEN)
    assert time.now == began
    await limiter.take(_ANNA)
    assert time.now - began == pytest.approx(30, abs=0.01)


@pytest.mark.asyncio
@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, -100, -200]), max_size=150))
async def test_no_limit_is_ever_passed(chats: list[int]) -> None:
    limiter, time = make_limiter()
    taken: list[tuple[float, int]] = []
    for chat in chats:
        await limiter.take(chat)
        taken.append((time.now, chat))
    for start, _ in taken:
        window = [(at - start, chat) for at, chat in taken if at >= start]
        assert sum(gap < 1 for gap, _ in window) <= 25
        for chat in set(chats):
            seconds, most = (3, 3) if chat > 0 else (60, 18)
            assert sum(gap < seconds and each == chat for gap, each in window) <= most


@pytest.mark.asyncio
async def test_chats_that_are_silent_for_long_are_forgotten() -> None:
    limiter, time = make_limiter()
    for chat in range(1, 3000):
        await limiter.take(chat)
        time.now += 10
    limiter.pause(5, 100)
    await limiter.take(4000)
    assert limiter.wait(5) == 100
