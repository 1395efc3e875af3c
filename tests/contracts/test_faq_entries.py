from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.ports import UnitOfWorkFactory
from bot.storage.database import open_database
from tests.contracts.faq_entries import FaqContract
from tests.fakes.memory_storage import MemoryStorage


class TestSqlFaqEntries(FaqContract):
    @pytest.fixture
    def units(self, tmp_path: Path) -> Iterator[UnitOfWorkFactory]:
        database = open_database(tmp_path / "desk.db")
        yield database
        database.close()


class TestMemoryFaqEntries(FaqContract):
    @pytest.fixture
    def units(self) -> UnitOfWorkFactory:
        return MemoryStorage()
