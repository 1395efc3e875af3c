import pytest

from bot.desk.ports import UnitOfWorkFactory
from tests.contracts.mail import UnitOfWorkContract
from tests.fakes.memory_storage import MemoryStorage


class TestMemoryStorage(UnitOfWorkContract):
    @pytest.fixture
    def units(self) -> UnitOfWorkFactory:
        return MemoryStorage()
