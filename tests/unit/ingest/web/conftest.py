from pathlib import Path

import pytest

from ingest.web.report import Outcome
from tests.unit.ingest.web.desk import FEES, FREE, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def fees(desk: Desk) -> Desk:
    """A desk that has fetched one page on 2 March."""
    desk.list(FEES)
    desk.put(FEES, FREE, '"1"')
    assert desk.outcomes() == {FEES: Outcome.NEW}
    return desk
