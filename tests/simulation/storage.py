"""Where a world keeps its rows: in memory, or in a SQLite file of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.desk.ports import UnitOfWorkFactory
from bot.storage.database import Database, open_database
from bot.storage.engine import create_database_engine
from tests.fakes.memory_storage import MemoryStorage

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one


class Shelf:
    """Makes storages, all with the same empty tables."""

    def __init__(self, *, sqlite: bool, folder: Path | None = None) -> None:
        self._sqlite = sqlite
        parent = _SHARED_MEMORY if folder is None and _SHARED_MEMORY.is_dir() else folder
        self._folder = Path(tempfile.mkdtemp(prefix="simulation-", dir=parent)) if sqlite else None
        if self._folder is not None:
            open_database(self._folder / "empty.sqlite").close()

    @property
    def path(self) -> Path:
        """The file of the world that runs now, where there is one."""
        return (self._folder or Path()) / "world.sqlite"

    @contextmanager
    def storage(self) -> Iterator[UnitOfWorkFactory]:
        """An empty storage for one world."""
        if self._folder is None:
            yield MemoryStorage()
            return
        path = self.path
        shutil.copyfile(self._folder / "empty.sqlite", path)
        # As open_database does, but for the look at its version.
        database = Database(create_database_engine(path), path)
        try:
            yield database
        finally:
            database.close()
            for left in self._folder.glob("world.sqlite*"):
                left.unlink()

    def close(self) -> None:
        """Throw everything away."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
