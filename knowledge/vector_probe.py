"""Reads a whole vector store, in a process of its own: damaged files can end it.

``python -m knowledge.vector_probe FOLDER FINGERPRINT FILE`` writes what it finds into FILE.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from knowledge.chroma import VectorStore
from knowledge.embedding import Vectors
from knowledge.errors import IndexFailure
from knowledge.passage import Audience

_LONGEST = 900.0
"""Seconds that reading a store may take."""
_PROBES = 64
"""Vectors of each audience that are searched for, spread evenly; all of them are read."""
_SAME = 0.999
_REFUSED = 3
_Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a collection holds: ids, and their vectors in the same order.

    ``probes`` of them were searched for, ``unfound`` of these without finding them.
    """

    ids: tuple[str, ...]
    vectors: Vectors
    probes: int
    unfound: int


class StoreUnreadable(Exception):
    """The store cannot be read; the text says why."""


def probe(folder: Path, fingerprint: str) -> Mapping[Audience, Found]:
    """Read a store in a process of its own; raises ``StoreUnreadable``."""
    with TemporaryDirectory(prefix="helpdesk-probe-") as place:
        target = Path(place) / "found.npz"
        command = [sys.executable, "-P", "-m", __name__, str(folder), fingerprint, str(target)]
        path = os.pathsep.join(one for one in sys.path if one)
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                command,
                env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            message = "reading it comes to no end"
            raise StoreUnreadable(message) from error
        if done.returncode:
            said = done.stderr.strip() if done.returncode == _REFUSED else ""
            raise StoreUnreadable(said or "its files break the program that reads them")
        with np.load(target) as stored:
            return {audience: _load(stored, audience) for audience in Audience}


def _load(stored: Mapping[str, _Array], audience: Audience) -> Found:
    probes, unfound = (int(one) for one in stored[f"{audience}/probes"])
    ids = tuple(str(one) for one in stored[f"{audience}/ids"])
    return Found(ids, stored[f"{audience}/vectors"], probes, unfound)


def main(arguments: list[str]) -> int:
    """Read the store and write what it holds."""
    folder, fingerprint, target = arguments
    try:
        found = read_store(Path(folder), fingerprint)
    except IndexFailure as error:
        sys.stderr.write(str(error.fields["problem"]).rstrip("."))
        return _REFUSED
    arrays: dict[str, _Array] = {}
    for audience, one in found.items():
        arrays[f"{audience}/ids"] = np.asarray(one.ids, dtype=np.str_)
        arrays[f"{audience}/vectors"] = one.vectors
        arrays[f"{audience}/probes"] = np.asarray((one.probes, one.unfound))
    np.savez(target, **arrays)  # type: ignore[arg-type]  # numpy's stub forbids names
    return 0


def read_store(folder: Path, fingerprint: str) -> dict[Audience, Found]:
    """Read a store in this process; raises ``IndexFailure``, or breaks with it."""
    store = VectorStore(folder, fingerprint)
    try:
        return {audience: _read(store, audience) for audience in Audience}
    finally:
        store.close()


def _read(store: VectorStore, audience: Audience) -> Found:
    ids = store.ids(audience)
    stored = store.vectors(audience, ids)
    kept = [key for key in ids if key in stored]
    vectors = np.stack([stored[key] for key in kept]) if kept else np.zeros((0, 0), np.float32)
    chosen = range(0, len(kept), max(len(kept) // _PROBES, 1))
    found = [store.nearest(audience, vectors[[row]], 1)[0] for row in chosen]
    nearest = [max(one.values(), default=0) for one in found]
    return Found(tuple(kept), vectors, len(chosen), sum(one < _SAME for one in nearest))


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)
