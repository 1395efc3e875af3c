"""One writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import DataFolderBusy, DataFolderError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers out of an index; raises ``DataFolderBusy`` at once if one is there."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "writer.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise DataFolderBusy(folder=folder.parent) from error
    except OSError as error:
        raise refuse(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def refuse(folder: Path, error: OSError) -> DataFolderError:
    """What to say of an index folder with which the system cannot do what was asked."""
    problem = f"{error.filename or folder}: {error.strerror or error}."
    return DataFolderError(folder=folder.parent, problem=problem)
