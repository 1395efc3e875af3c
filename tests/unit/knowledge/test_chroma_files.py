"""What is told of a store without opening it is what Chroma says when it is asked."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge.chroma import VectorStore
from knowledge.chroma_files import count_written
from knowledge.passage import Audience

_MANY = 2000
"""Chroma writes the graph of a collection to the disk after a thousand changes."""


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    store = VectorStore(folder, "f1")
    places = np.random.default_rng(1).random((_MANY, 4), dtype=np.float32)
    store.add(Audience.PUBLIC, [f"p{number}" for number in range(_MANY)], places)
    store.add(Audience.STAFF, ["s1"], places[:1])
    store.remove(Audience.PUBLIC, ["p7", "p8"])
    store.close()
    return folder


@pytest.fixture
def folder(stocked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stocked, tmp_path / "store"))


def test_a_large_collection_is_counted_and_a_small_one_left_to_chroma(folder: Path) -> None:
    store = VectorStore(folder, "f1")
    told = store.count_written()
    assert told == {Audience.PUBLIC: store.count(Audience.PUBLIC)} == {Audience.PUBLIC: _MANY - 2}
    store.close()


def test_a_graph_that_is_not_whole_is_left_to_chroma(folder: Path) -> None:
    links = max(folder.glob("*/link_lists.bin"), key=lambda file: file.stat().st_size)
    links.unlink()
    assert count_written(folder) == {}


def test_a_store_of_another_form_is_left_to_chroma(tmp_path: Path) -> None:
    assert count_written(tmp_path) == {}
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database, but more than a hundred bytes" * 9)
    assert count_written(tmp_path) == {}


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    count_written(tmp_path)
    assert list(tmp_path.iterdir()) == []
