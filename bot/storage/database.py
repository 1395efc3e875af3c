"""The database file: opening it, upgrading it, checking it."""

from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

from bot.storage import schema
from bot.storage.engine import create_database_engine
from bot.storage.errors import mapped
from bot.storage.unit_of_work import SqlUnitOfWork
from knowledge.errors import DatabaseMissing


class Database:
    """An open database: call it for a transaction. Threads and processes may share the file."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._turn = Lock()
        self.path = path

    def __call__(self) -> SqlUnitOfWork:
        """A new transaction, not yet begun."""
        return SqlUnitOfWork(self._engine, self.path, self._turn)

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._engine.dispose()


def open_database(path: Path) -> Database:
    """Open the file; create or upgrade it when it is new or older than the program.

    Raises ``DatabaseError`` when it is damaged, belongs to another program, or is newer.
    """
    engine = create_database_engine(path)
    try:
        _bring_up_to_date(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, path)


def upgrade(path: Path) -> str:
    """Create or upgrade the file and return its revision; raises as ``open_database``."""
    engine = create_database_engine(path)
    try:
        return _bring_up_to_date(engine, path)
    finally:
        engine.dispose()


def check(path: Path) -> list[str]:
    """Say in English what is wrong with the file, a line each; [] when it is sound.

    Raises ``DatabaseMissing``, or ``DatabaseError`` when it is not one of ours at all.
    """
    if not path.exists():
        raise DatabaseMissing(path=path)
    engine = create_database_engine(path)
    try:
        with mapped(path):
            schema.recognise(path)
            return schema.find_problems(engine)
    finally:
        engine.dispose()


def _bring_up_to_date(engine: Engine, path: Path) -> str:
    with mapped(path):
        schema.recognise(path)
        schema.prepare(path)
        return schema.upgrade_schema(engine, path)
