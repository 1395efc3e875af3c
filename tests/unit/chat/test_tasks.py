"""Work side by side: one task for each queue, and word as soon as there is room again."""

import asyncio

import pytest

from handlers.chat.tasks import Crew

pytestmark = pytest.mark.asyncio


async def test_there_is_room_when_it_is_told_that_there_is() -> None:
    seen: list[tuple[int, frozenset[str]]] = []
    crew = Crew(1, freed=lambda: seen.append((crew.room, crew.busy)))
    crew.start("a", asyncio.sleep(0))
    assert not crew.room
    await crew.finish(1.0)
    await asyncio.sleep(0)
    assert seen == [(1, frozenset())]
