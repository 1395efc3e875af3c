"""Readers of documents that do what bad documents make real ones do."""

import os
import time

from ingest.documents import Filing
from ingest.outcome import Reading
from ingest.pulse import beat
from ingest.reading import read_document

_CHUNK = 50 * 1024**2


def misbehave(data: bytes, filing: Filing) -> Reading:
    """Do what the document says: ``hang``, ``die``, ``grow``, ``plod N`` (beats); else read it."""
    match data.decode().split():
        case ["hang"]:
            time.sleep(600)
        case ["die"]:
            os.abort()
        case ["grow"]:
            _grow()
        case ["plod", count]:
            for _ in range(int(count)):
                time.sleep(0.1)
                beat()
    return read_document(data, filing)


def name_process(data: bytes, filing: Filing) -> Reading:
    """Add the number of the process to the text."""
    return read_document(data + f"\n\nprocess {os.getpid()}".encode(), filing)


def _grow() -> None:
    kept: list[bytearray] = []
    while len(kept) < 1000:
        kept.append(bytearray(_CHUNK))
