import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.blocks import Blocks, write_blocks

BLOCKS = [b"first", b"", "第三".encode(), b"\0\xff" * 500]


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, some: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("blocks") / "blocks.bin"
    write_blocks(path, iter(some))
    blocks = Blocks(path)
    assert list(blocks) == some
    assert blocks[:] == some
    assert blocks.sizes.tolist() == [len(one) for one in some]


def test_one_is_read_by_its_number(tmp_path: Path) -> None:
    write_blocks(tmp_path / "b", BLOCKS)
    blocks = Blocks(tmp_path / "b")
    assert blocks[3] == BLOCKS[3]
    assert blocks[2] == BLOCKS[2]
    for number in (4, -1):
        with pytest.raises(IndexError):
            blocks[number]


def test_an_open_file_stays_whole_when_its_folder_goes(tmp_path: Path) -> None:
    folder = tmp_path / "generation"
    folder.mkdir()
    write_blocks(folder / "b", BLOCKS)
    blocks = Blocks(folder / "b")
    shutil.rmtree(folder)
    assert list(blocks) == BLOCKS


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "short": lambda data: data[:5],
    "half": lambda data: data[: len(data) // 2],
    "one less": lambda data: data[:-1],
    "one more": lambda data: data + b"\0",
    "another count": lambda data: data[:-8] + (3).to_bytes(8, "little"),
    "a count below 0": lambda data: data[:-8] + b"\xff" * 8,
    "ends in disorder": lambda data: data[:-32] + data[-24:-16] + data[-32:-24] + data[-16:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "b"
    write_blocks(path, BLOCKS)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    with pytest.raises(ValueError, match=r"whole|short"):
        Blocks(path)
