"""What is made from the weights once on a machine, and kept."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.engine.vocabulary import Pieces

_FORMAT = 1
"""To be raised whenever graphs are written in another way."""


@dataclass(frozen=True)
class Prepared:
    """A graph, and a vocabulary that is sorted."""

    graph: bytes
    pieces: Pieces


class Store:
    """A folder with one file for each way of preparing; safe to share by processes.

    A file that cannot be read back (its parts carry checksums) is made again, and where nothing
    can be written everything works as well, only slower at the start.
    """

    def __init__(self, folder: Path) -> None:
        """Keep files in ``folder``, which is made when there is something to keep."""
        self._folder = folder

    def fetch(self, name: str, make: Callable[[], Prepared]) -> Prepared:
        """What is kept under a name, or else what ``make`` returns, kept from now on."""
        path = self._path(name)
        try:
            return _read(path)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            made = make()
        with suppress(OSError):  # where nothing can be written, the next process prepares again
            _write(path, made)
        return made

    def forget(self, name: str) -> None:
        """Remove what is kept under a name."""
        with suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}-{_FORMAT}.npz"


def default_folder() -> Path:
    """Where programs keep what they can make again (XDG base directories)."""
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(chosen) if Path(chosen).is_absolute() else Path("~/.cache").expanduser()
    return base / "outbound-desk"


def _read(path: Path) -> Prepared:
    # A file that numpy opens itself stays open when it is damaged.
    with path.open("rb") as file, np.load(file) as stored:
        pieces = Pieces(stored["hashes"], stored["ids"], int(stored["longest"]))
        return Prepared(stored["graph"].tobytes(), pieces)


def _write(path: Path, made: Prepared) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as draft:
        try:
            np.savez(
                draft,
                graph=np.frombuffer(made.graph, np.uint8),
                hashes=made.pieces.hashes,
                ids=made.pieces.ids,
                longest=np.asarray(made.pieces.longest),
            )
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
