"""Work side by side: one task for each queue, and word as soon as there is room again."""

import asyncio

import pytest

from handlers.chat.tasks import Crew, Locks

pytestmark = pytest.mark.asyncio


async def test_there_is_room_when_it_is_told_that_there_is() -> None:
    seen: list[tuple[int, frozenset[str]]] = []
    crew = Crew(1, freed=lambda: seen.append((crew.room, crew.busy)))
    crew.start("a", asyncio.sleep(0))
    assert not crew.room
    await crew.finish(1.0)
    await asyncio.sleep(0)
    assert seen == [(1, frozenset())]


async def test_a_chat_has_one_lock_and_none_when_nobody_needs_it() -> None:
    locks = Locks()
    entered: list[str] = []

    async def enter(name: str) -> None:
        async with locks.of(7):
            entered.append(f"{name} in")
            await asyncio.sleep(0)
            entered.append(f"{name} out")

    await asyncio.gather(enter("a"), enter("b"))
    assert entered == ["a in", "a out", "b in", "b out"]
    assert len(locks) == 0
