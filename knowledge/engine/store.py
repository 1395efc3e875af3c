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
_UNUSED = 30 * 24 * 3600.0
"""Seconds after which what nobody has used is removed. Other environments of the same user may
have other weights or another onnxruntime, and fetch theirs from the same folder."""
_DRAFT = ".new"


@dataclass(frozen=True)
class Prepared:
    """A graph, and a vocabulary that is sorted."""

    graph: bytes
    pieces: Pieces


class Store:
    """A folder with one file for each way of preparing; safe to share by processes.

    A file that cannot be read back (its parts carry checksums) is made again, and where nothing
    can be written everything works as well, only slower at the start. A file's time is that of its
    last use; what an earlier version of the model or of a package left behind is removed with time.
    """

    def __init__(self, folder: Path) -> None:
        """Keep files in ``folder``, which is made when there is something to keep."""
        self._folder = folder

    def fetch(self, name: str, make: Callable[[], Prepared]) -> Prepared:
        """What is kept under a name, or else what ``make`` returns, kept from now on."""
        path = self._path(name)
        try:
            found = _read(path)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            found = make()
            with suppress(OSError):  # where nothing can be written, the next process prepares again
                _write(path, found)
        with suppress(OSError):
            os.utime(path)
            _remove_unused(path)
        return found

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


def _remove_unused(used: Path) -> None:
    """Remove what was kept of the same model, and begun, long before a file was used.

    Time is that of the folder's disk. Whoever has opened such a file may go on reading.
    """
    now = used.stat().st_mtime
    model = used.name.partition("-")[0]
    for other in (*used.parent.glob(f"{model}-*.npz"), *used.parent.glob(f"*{_DRAFT}")):
        with suppress(OSError):  # another process may be removing it
            if other.is_file() and now - other.stat().st_mtime > _UNUSED:
                other.unlink()


def _write(path: Path, made: Prepared) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=_DRAFT, delete=False) as draft:
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
