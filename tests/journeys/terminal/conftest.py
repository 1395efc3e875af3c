from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import open_database
from tests.journeys.terminal.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    database = open_database(tmp_path / "desk.db")
    yield Room(database)
    database.close()
