"""Damaged files of every kind: read or refused, never a crash, never a stop."""

from collections.abc import Iterator

import pytest

from benchmarks.document_mutations import mutate
from ingest.documents import Filing
from ingest.isolation import Isolation, Limits
from knowledge.errors import DocumentError
from tests.unit.ingest.specimens import SPECIMENS

COUNT = 40
SEED = 20261123
UNHEALTHY = ("broke down", "came to a stop", "takes more than", "not enough memory")


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    one = Isolation(Limits(silence=20.0, total=60.0, memory=1024))
    yield one
    one.close()


@pytest.mark.parametrize("ending", SPECIMENS)
def test_damaged_files_are_read_or_refused(isolation: Isolation, ending: str) -> None:
    outcomes = [
        _read(isolation, data, f"a{ending}")
        for data in mutate(SPECIMENS[ending](), seed=SEED, count=COUNT)
    ]
    assert [one for one in outcomes if any(word in one for word in UNHEALTHY)] == []
    assert len(outcomes) == COUNT


@pytest.mark.parametrize("ending", SPECIMENS)
def test_the_same_file_without_damage_is_read(isolation: Isolation, ending: str) -> None:
    reading = isolation.read(SPECIMENS[ending](), Filing(f"a{ending}", "hash", None))
    assert "备案" in "".join(passage.text for passage in reading.document.passages)


def _read(isolation: Isolation, data: bytes, name: str) -> str:
    """What was said about the file; nothing if it could be read."""
    try:
        isolation.read(data, Filing(name, "hash", None))
    except DocumentError as error:
        return str(error)
    return ""
