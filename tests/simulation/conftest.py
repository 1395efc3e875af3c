from collections.abc import Iterator

import pytest

from tests.simulation.storage import Shelf


@pytest.fixture(scope="session")
def memory() -> Shelf:
    return Shelf(sqlite=False)


@pytest.fixture(scope="session")
def sqlite() -> Iterator[Shelf]:
    shelf = Shelf(sqlite=True)
    yield shelf
    shelf.close()
