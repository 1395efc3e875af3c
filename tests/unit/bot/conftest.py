"""One desk on each storage; the same tests run on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.ports import UnitOfWorkFactory
from bot.storage.database import open_database
from tests.fakes.memory_storage import MemoryStorage
from tests.unit.bot.stage import Stage


@pytest.fixture(params=["memory", "sql"])
def units(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[UnitOfWorkFactory]:
    if request.param == "memory":
        yield MemoryStorage()
        return
    database = open_database(tmp_path / "desk.db")
    yield database
    database.close()


@pytest.fixture
def stage(units: UnitOfWorkFactory) -> Stage:
    return Stage(units)
