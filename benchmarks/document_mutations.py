"""Files with seeded damage: flipped, cut, doubled and filled bytes, also inside archives."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator

from benchmarks.document_set.office_files import make_zip, read_zip

_Mutate = Callable[[bytearray, random.Random], None]


def mutate(data: bytes, *, seed: int, count: int) -> Iterator[bytes]:
    """Yield so many damaged versions; of an archive every other one is damaged in a member."""
    chance = random.Random(seed)  # noqa: S311 - damage that repeats, nothing secret
    packed = zipfile.is_zipfile(io.BytesIO(data))
    for number in range(count):
        yield _damage_member(data, chance) if packed and number % 2 else _damage(data, chance)


def _damage_member(data: bytes, chance: random.Random) -> bytes:
    members = read_zip(data)
    name = chance.choice(sorted(members))
    return make_zip({**members, name: _damage(members[name], chance)})


def _damage(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if damaged:
            chance.choice(_MUTATIONS)(damaged, chance)
    return bytes(damaged)


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randint(1, 1 + len(data) // 4)]


def _double(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    piece = data[at : at + chance.randint(1, 200)]
    data[at:at] = piece * chance.randint(1, 20)


def _fill(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    length = min(chance.randint(1, 64), len(data) - at)
    data[at : at + length] = bytes((chance.choice((0, 0xFF, 0x39)),)) * length


def _swap_figures(data: bytearray, chance: random.Random) -> None:
    """Make a number in the text very large: lengths, counts and offsets are numbers."""
    figures = [at for at, byte in enumerate(data[:20_000]) if chr(byte).isdecimal()]
    if figures:
        at = chance.choice(figures)
        data[at : at + 1] = b"999999999"


_MUTATIONS: tuple[_Mutate, ...] = (_flip, _flip, _flip, _cut, _double, _fill, _swap_figures)
