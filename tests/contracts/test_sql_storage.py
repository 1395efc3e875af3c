from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.ports import UnitOfWorkFactory
from bot.storage.database import open_database
from tests.contracts.cases import CasesContract, RosterContract
from tests.contracts.relay import RelayContract
from tests.contracts.schedule import ScheduleContract
from tests.contracts.translations import TranslationsContract
from tests.contracts.upkeep import UnitOfWorkContract


class TestSqlStorage(
    UnitOfWorkContract,
    CasesContract,
    RosterContract,
    ScheduleContract,
    RelayContract,
    TranslationsContract,
):
    @pytest.fixture
    def units(self, tmp_path: Path) -> Iterator[UnitOfWorkFactory]:
        database = open_database(tmp_path / "desk.db")
        yield database
        database.close()
