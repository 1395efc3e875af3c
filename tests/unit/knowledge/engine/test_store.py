import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.engine.store import Prepared, Store, default_folder
from knowledge.engine.vocabulary import Pieces

_GRAPH = b"graph" * 1000


class Maker:
    """Counts how often something had to be made."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Prepared:
        self.made += 1
        hashes = np.arange(40, dtype=np.uint64)
        return Prepared(_GRAPH, Pieces(hashes, np.arange(40, dtype=np.int32), longest=3))


def test_what_was_made_once_is_kept(tmp_path: Path) -> None:
    maker, folder = Maker(), tmp_path / "new" / "folder"
    first = Store(folder).fetch("e5", maker)
    again = Store(folder).fetch("e5", maker)
    assert maker.made == 1
    assert again.graph == first.graph == _GRAPH
    assert again.pieces.hashes.tolist() == first.pieces.hashes.tolist()
    assert again.pieces.longest == 3
    assert again.pieces.ids.tolist() == first.pieces.ids.tolist()
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


def test_another_name_is_another_thing(tmp_path: Path) -> None:
    maker, store = Maker(), Store(tmp_path)
    store.fetch("e5", maker)
    store.fetch("another", maker)
    assert maker.made == 2


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flip(content: bytes) -> bytes:
    at = content.index(b"graphgraph") + 7
    return content[:at] + b"X" + content[at + 1 :]


@pytest.mark.parametrize("damage", [_cut, _flip, lambda _: b"", lambda _: b"not a file of ours"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    maker, store = Maker(), Store(tmp_path)
    store.fetch("e5", maker)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert store.fetch("e5", maker).graph == _GRAPH
    assert maker.made == 2
    store.fetch("e5", maker)
    assert maker.made == 2


def test_what_was_forgotten_is_made_again(tmp_path: Path) -> None:
    maker, store = Maker(), Store(tmp_path)
    store.forget("e5")
    store.fetch("e5", maker)
    store.forget("e5")
    store.fetch("e5", maker)
    assert maker.made == 2


def test_where_nothing_can_be_written_all_works_as_well(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("no folder")
    maker, store = Maker(), Store(taken / "folder")
    assert store.fetch("e5", maker).graph == _GRAPH
    assert store.fetch("e5", maker).graph == _GRAPH
    assert maker.made == 2
    store.forget("e5")


def test_a_write_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", fail)
    assert Store(tmp_path).fetch("e5", Maker()).graph == _GRAPH
    assert list(tmp_path.iterdir()) == []


def test_many_may_make_it_at_once(tmp_path: Path) -> None:
    def fetch(_: int) -> bytes:
        return Store(tmp_path).fetch("e5", Maker()).graph

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(fetch, range(32))) == {_GRAPH}
    assert len(list(tmp_path.iterdir())) == 1


def test_the_folder_is_where_programs_keep_such_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "outbound-desk"
    monkeypatch.setenv("HOME", str(tmp_path))
    for unset in ("", "not/absolute"):
        monkeypatch.setenv("XDG_CACHE_HOME", unset)
        assert default_folder() == tmp_path / ".cache" / "outbound-desk"


DAY = 24 * 3600


def _age(path: Path, days: int) -> None:
    then = path.stat().st_mtime - days * DAY
    os.utime(path, (then, then))


def _kept(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_graphs_of_earlier_versions_are_removed_when_nobody_uses_them(tmp_path: Path) -> None:
    maker, store = Maker(), Store(tmp_path)
    for name in ("e5-old", "e5-recent"):
        store.fetch(name, maker)
    for name, days in (("e5-old", 40), ("e5-recent", 3)):
        _age(tmp_path / f"{name}-1.npz", days)
    store.fetch("e5-new", maker)
    assert _kept(tmp_path) == {"e5-recent-1.npz", "e5-new-1.npz"}


def test_a_graph_in_use_stays_however_old_it_is(tmp_path: Path) -> None:
    maker, store = Maker(), Store(tmp_path)
    store.fetch("e5-mine", maker)
    store.fetch("e5-theirs", maker)
    for name in ("e5-mine", "e5-theirs"):
        _age(tmp_path / f"{name}-1.npz", 100)
    store.fetch("e5-theirs", maker)
    assert maker.made == 2
    assert _kept(tmp_path) == {"e5-theirs-1.npz"}
    _age(tmp_path / "e5-theirs-1.npz", 20)
    store.fetch("e5-theirs", maker)
    _age(tmp_path / "e5-theirs-1.npz", 20)
    store.fetch("e5-mine", maker)
    assert _kept(tmp_path) == {"e5-mine-1.npz", "e5-theirs-1.npz"}


def test_only_what_is_ours_is_removed(tmp_path: Path) -> None:
    maker, store = Maker(), Store(tmp_path)
    for name in ("another-model-1.npz", "notes.txt", "tmpleft.new", "tmpbusy.new"):
        (tmp_path / name).write_bytes(b"x")
        _age(tmp_path / name, 0 if name == "tmpbusy.new" else 400)
    (tmp_path / "e5-folder.npz").mkdir()
    store.fetch("e5", maker)
    assert _kept(tmp_path) == {
        "another-model-1.npz", "notes.txt", "tmpbusy.new", "e5-folder.npz", "e5-1.npz"
    }  # fmt: skip
