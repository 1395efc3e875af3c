"""A running server with one user and one staff forum, and PTB's bot against it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.telegram_server.clock import Clock
from tests.telegram_server.people import People
from tests.telegram_server.running import RunningServer
from tests.unit.telegram_server.scene import Scene

START = 1_780_000_000.0


@pytest.fixture
def running() -> Iterator[RunningServer]:
    server = RunningServer(clock=Clock(frozen_at=START))
    server.start()
    yield server
    server.stop(wait=False)


@pytest.fixture
def people(running: RunningServer) -> People:
    return running.people


@pytest.fixture
def scene(people: People) -> Scene:
    anna = people.add_user("Anna", language_code="de")
    sam = people.add_user("Sam")
    desk = people.add_group("Desk")
    people.add_member(desk, sam)
    people.start(anna)
    return Scene(anna, sam, desk)


@pytest_asyncio.fixture
async def bot(running: RunningServer) -> AsyncIterator[Bot]:
    started = Bot(
        running.token,
        base_url=running.base_url,
        base_file_url=running.base_file_url,
        # Two polls at once need two connections.
        get_updates_request=HTTPXRequest(connection_pool_size=4),
    )
    async with started:
        yield started
