"""Replies that do harm: bombs, floods, drips."""

import gzip
import threading
import zlib
from collections.abc import Iterator

from tests.web_server.server import Reply

MEGABYTE = 1024**2


def gzip_bomb(megabytes: int) -> Reply:
    """A small body that unpacks to so many megabytes."""
    body = gzip.compress(b" " * (megabytes * MEGABYTE))
    return Reply(body, headers={"Content-Encoding": "gzip"})


def double_gzip_bomb(megabytes: int) -> Reply:
    """The same as several members in a row."""
    part = gzip.compress(b" " * MEGABYTE)
    return Reply(part * megabytes, headers={"Content-Encoding": "gzip"})


def raw_deflate(body: bytes) -> Reply:
    """What many servers call deflate: without the head of zlib."""
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = machine.compress(body) + machine.flush()
    return Reply(packed, headers={"Content-Encoding": "deflate"})


def endless() -> Reply:
    """A body without an end."""

    def pour(over: threading.Event) -> Iterator[bytes]:
        while not over.is_set():
            yield b"x" * 65_536

    return Reply(pieces=pour, headers={"Connection": "close"})


def hollow() -> Reply:
    """Packed bytes without an end from which nothing comes."""
    head = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    start = head.compress(b"") + head.flush(zlib.Z_SYNC_FLUSH)
    nothing = b"\x00\x00\x00\xff\xff" * 20_000

    def pour(over: threading.Event) -> Iterator[bytes]:
        yield start
        while not over.is_set():
            yield nothing

    return Reply(pieces=pour, headers={"Content-Encoding": "gzip", "Connection": "close"})


def flood_of_headers() -> Reply:
    """Headers of some megabytes."""
    return Reply(b"x", headers={f"X-{number}": "y" * 1000 for number in range(3000)})


def drip(seconds: float = 0.02) -> Reply:
    """A body that comes byte by byte and never ends."""

    def pour(over: threading.Event) -> Iterator[bytes]:
        while not over.wait(seconds):
            yield b"x"

    return Reply(pieces=pour, headers={"Connection": "close"})


def silence() -> Reply:
    """A head, and then nothing."""

    def wait(over: threading.Event) -> Iterator[bytes]:
        over.wait(30)
        yield b""

    return Reply(pieces=wait, headers={"Connection": "close"})


def torn(body: bytes) -> Reply:
    """A body that is shorter than announced."""

    def send(over: threading.Event) -> Iterator[bytes]:
        del over
        yield body

    return Reply(pieces=send, headers={"Content-Length": str(len(body) + 1000)})


def redirect(target: str, status: int = 302) -> Reply:
    """A page that is somewhere else."""
    return Reply(status=status, headers={"Location": target})
