"""Compressed bodies, unpacked piece by piece under a limit."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

_GZIP: Final = zlib.MAX_WBITS | 16
_AUTOMATIC: Final = zlib.MAX_WBITS | 32
ACCEPTED: Final = "gzip, deflate"
"""What may be asked for; everything else would need another library."""


class TooLarge(Exception):
    """There is more than was allowed; ``start`` is what fits."""

    def __init__(self, start: bytes = b"") -> None:
        """Keep what fits."""
        super().__init__()
        self.start = start


class Torn(Exception):
    """What came is not compressed as it says, or breaks off."""


def gather(chunks: Iterable[bytes], encoding: str, *, largest: int) -> bytes:
    """Return the body, at most ``largest`` bytes; raises :class:`TooLarge` or :class:`Torn`.

    ``encoding`` is the header ``Content-Encoding``. Not a byte more than the limit is unpacked,
    so a small bomb stays small; and no more than that is taken, should nothing come out of it.
    """
    body = bytearray()
    for piece in _unpack(_count(chunks, largest), encoding.strip().lower(), largest):
        body += piece
        if len(body) > largest:
            raise TooLarge(bytes(body[:largest]))
    return bytes(body)


def _count(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    """Yield what comes, as long as it is not too much even before it is unpacked."""
    taken = 0
    for chunk in chunks:
        yield chunk
        taken += len(chunk)
        if taken > largest:
            raise TooLarge


def _unpack(chunks: Iterable[bytes], encoding: str, largest: int) -> Iterator[bytes]:
    if encoding in {"", "identity"}:
        return iter(chunks)
    if encoding in {"gzip", "x-gzip"}:
        return _inflate(chunks, _GZIP, largest)
    if encoding == "deflate":
        return _inflate_either(chunks, largest)
    raise Torn


def _inflate(chunks: Iterable[bytes], form: int, largest: int) -> Iterator[bytes]:
    """Yield pieces; several members of gzip in a row are one body."""
    machine = zlib.decompressobj(form)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                yield machine.decompress(rest, largest + 1)
                rest = machine.unconsumed_tail
                if machine.eof:
                    rest = machine.unused_data
                    if form != _GZIP or not rest.startswith(b"\x1f\x8b"):
                        return
                    machine = zlib.decompressobj(form)
        yield machine.flush()
    except zlib.error as error:
        raise Torn from error
    if not machine.eof:
        raise Torn


def _inflate_either(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    """What servers call deflate comes with the head of zlib or without it."""
    stream = iter(chunks)
    first = next(stream, b"")
    form = _AUTOMATIC if first[:1] == b"\x78" else -zlib.MAX_WBITS

    def again() -> Iterator[bytes]:
        yield first
        yield from stream

    return _inflate(again(), form, largest)
