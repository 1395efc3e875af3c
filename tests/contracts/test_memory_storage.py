import pytest

from bot.desk.ports import UnitOfWorkFactory
from tests.contracts.cases import CasesContract, RosterContract
from tests.contracts.relay import RelayContract
from tests.contracts.schedule import ScheduleContract
from tests.contracts.translations import TranslationsContract
from tests.contracts.upkeep import UnitOfWorkContract
from tests.fakes.memory_storage import MemoryStorage


class TestMemoryStorage(
    UnitOfWorkContract,
    CasesContract,
    RosterContract,
    ScheduleContract,
    RelayContract,
    TranslationsContract,
):
    @pytest.fixture
    def units(self) -> UnitOfWorkFactory:
        return MemoryStorage()
