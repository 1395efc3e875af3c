"""Readers while a writer works, in this process and in another."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.embedding import HashEmbedder
from knowledge.errors import EmptyShelf
from knowledge.library import Library
from knowledge.passage import Audience
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import stock, text_document

READERS = 3
CHANGES = 12


def make_library(folder: Path) -> Library:
    return Library(folder, HashEmbedder(), make_judge())


def find(library: Library, text: str = "What is the filing fee?") -> list[str]:
    found = library.search(text, language="en", audience=Audience.PUBLIC, limit=5)
    return [one.passage.text for one in found]


def put_version(folder: Path, version: int) -> None:
    stock(folder, text_document("fee.md", f"The filing fee is {version} yuan."))


@contextmanager
def reading(library: Library) -> Iterator[list[Future[list[list[str]]]]]:
    """Ask from several threads until the block is left."""
    stop = threading.Event()

    def ask() -> list[list[str]]:
        seen = [find(library)]
        while not stop.is_set():
            seen.append(find(library))
        return seen

    with ThreadPoolExecutor(READERS) as pool:
        asking = [pool.submit(ask) for _ in range(READERS)]
        try:
            yield asking
        finally:
            stop.set()


def _versions(seen: list[list[str]]) -> list[int]:
    """The version that each search found; it must find exactly one."""
    assert all(len(found) == 1 for found in seen), seen
    return [int(found[0].split()[-2]) for found in seen]


def test_a_document_that_is_replaced_is_never_missing_and_never_double(tmp_path: Path) -> None:
    put_version(tmp_path, 0)
    with reading(make_library(tmp_path)) as asking:
        for version in range(1, CHANGES):
            put_version(tmp_path, version)
    for one in asking:
        versions = _versions(one.result())
        assert versions == sorted(versions)


PROGRAM = """
import sys
from pathlib import Path
from tests.unit.knowledge.test_readers import put_version
for version in sys.argv[2:]:
    put_version(Path(sys.argv[1]), int(version))
"""


def put_elsewhere(folder: Path, *versions: int) -> None:
    """Write in another process."""
    arguments = [str(folder), *(str(version) for version in versions)]
    subprocess.run([sys.executable, "-c", PROGRAM, *arguments], check=True)


def test_a_reader_follows_a_writer_in_another_process(tmp_path: Path) -> None:
    library = make_library(tmp_path)
    with pytest.raises(EmptyShelf):
        find(library)
    put_version(tmp_path, 0)
    assert find(library) == ["The filing fee is 0 yuan."]
    with reading(library) as asking:
        put_elsewhere(tmp_path, *range(1, CHANGES))
    assert find(library) == [f"The filing fee is {CHANGES - 1} yuan."]
    for one in asking:
        versions = _versions(one.result())
        assert versions == sorted(versions)


def test_a_writer_sees_what_another_process_wrote(tmp_path: Path) -> None:
    put_version(tmp_path, 0)
    put_elsewhere(tmp_path, 1)
    stock(tmp_path, text_document("other.md", "The office opens at nine."))
    library = make_library(tmp_path)
    assert set(library.documents()) == {"fee.md", "other.md"}
    assert "The filing fee is 1 yuan." in find(library)
