from pathlib import Path

import numpy as np
import pytest

from knowledge.engine.weights import WeightsUnreadable, find_weights, read_weights, unpack


def test_blocks_are_unpacked_as_their_format_says() -> None:
    scale = np.array([0.5], dtype="<f2").view(np.uint8)
    packed = np.array([first | (15 - first) << 4 for first in range(16)], dtype=np.uint8)
    block = np.concatenate([scale, packed])[np.newaxis, np.newaxis]
    wanted = [(first - 8) * 0.5 for first in range(16)] + [(7 - last) * 0.5 for last in range(16)]
    assert unpack(block).tolist() == [wanted]


def test_the_package_brings_the_network_that_is_expected() -> None:
    weights = read_weights(find_weights())
    assert (weights.width, weights.layers, weights.heads, weights.window) == (384, 12, 12, 512)
    assert weights.matrix("l0.fi.w", rows=1536).shape == (1536, 384)
    assert weights.embed(np.array([[0, 5, 2]])).shape == (1, 3, 384)


@pytest.mark.parametrize("length", [0, 3, 60, 3_000_000])
def test_a_file_that_is_cut_off_is_told(tmp_path: Path, length: int) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(find_weights().read_bytes()[:length])
    with pytest.raises(WeightsUnreadable, match=r"weights\.bin"):
        read_weights(path)


def test_another_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"GGUF" + bytes(4000))
    with pytest.raises(WeightsUnreadable, match="another kind"):
        read_weights(path)
