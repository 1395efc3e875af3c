"""When what a run has read comes onto the shelf, and when it can be seen there."""

from collections.abc import Callable, Sequence
from itertools import count

import pytest

from ingest.run import Run
from ingest.scan import Scan
from ingest.sources import survey
from ingest.sync import Keeping
from knowledge.errors import IndexFailure
from knowledge.passage import Document
from tests.fakes.shelf import MemoryShelf
from tests.unit.ingest.folders import Folder


def ticking(seconds: float) -> Callable[[], float]:
    """A clock that goes on by so many seconds whenever it is looked at."""
    ticks = count()
    return lambda: next(ticks) * seconds


def test_many_documents_become_visible_as_the_run_goes_on(folder: Folder) -> None:
    for number in range(220):
        folder.write(f"{number:03}.md", "Text.")
    seen: list[int] = []
    keeping = Keeping(
        folder.shelf,
        progress=lambda _: seen.append(len(folder.shelf.documents)),
        clock=ticking(0.4),
    )
    keeping.synchronise([folder.path])
    assert seen[50] == 50
    assert seen[200] == 200
    assert len(folder.shelf.documents) == 220


def test_a_short_run_publishes_once(folder: Folder) -> None:
    for number in range(220):
        folder.write(f"{number:03}.md", "Text.")
    seen: set[int] = set()
    keeping = Keeping(
        folder.shelf,
        progress=lambda _: seen.add(len(folder.shelf.documents)),
        clock=ticking(0.0),
    )
    keeping.synchronise([folder.path])
    assert seen == {0}
    assert len(folder.shelf.documents) == 220


def test_embedding_begins_when_little_is_read(folder: Folder) -> None:
    for number in range(300):
        folder.write(f"{number:03}.md", "Text.")
    together: list[int] = []

    class CountingShelf(MemoryShelf):
        def put_all(self, documents: Sequence[tuple[Document, str]]) -> list[int]:
            together.append(len(documents))
            return super().put_all(documents)

    Keeping(CountingShelf(), clock=ticking(0.0)).synchronise([folder.path])
    assert together == [64, 236]


def test_what_takes_long_to_read_becomes_visible_meanwhile(folder: Folder) -> None:
    for number in range(4):
        folder.write(f"{number}.md", "Text.")
    seconds = iter(range(0, 100_000, 200))
    scan = Scan({})
    scan.look([survey(folder.path, endings=[".md"])])
    seen: list[int] = []
    run = Run(
        folder.shelf,
        scan,
        {},
        lambda _: seen.append(len(folder.shelf.documents)),
        clock=lambda: float(next(seconds)),
    )
    run.take(scan.works)
    assert seen == [0, 1, 2, 3, 4]


def test_what_was_published_stays_when_the_shelf_fails(folder: Folder) -> None:
    class FailingShelf(MemoryShelf):
        def put(self, document: Document, *, root: str) -> int:
            if document.id == "060.md":
                raise IndexFailure(folder="index", problem="disk full.")
            return super().put(document, root=root)

    folder.shelf = FailingShelf()
    for number in range(80):
        folder.write(f"{number:03}.md", "Text.")
    with pytest.raises(IndexFailure):
        Keeping(folder.shelf, clock=ticking(0.5)).synchronise([folder.path])
    assert len(folder.shelf.documents) == 50
