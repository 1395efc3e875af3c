"""The shape of the database and its history, by Alembic; no alembic.ini is needed."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError as DamagedFile

from bot.storage.engine import BUSY_SECONDS
from bot.storage.models import Base
from knowledge.errors import N_, DatabaseError
from knowledge.problem import Problem

_NEWER = N_("A newer version of the program wrote it (revision {revision}); update ours.")

# SQLite keeps a number for us in the head of the file: it tells our database from any other.
APPLICATION_ID = 0x0DE5C0DE


def recognise(path: Path) -> None:
    """Refuse a file that is not ours before anything in it is touched; a new or empty one passes.

    Raises ``DatabaseError``, or ``sqlite3.Error`` when it is no database at all.
    """
    if not path.exists() or not path.stat().st_size:
        return
    with closing(_connect(path, mode="rw")) as connection:
        # Mark and tables come in one transaction, perhaps between these two lines: whoever sees
        # tables first sees the mark as well. The other way round ours looked like a stranger's.
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
    # While another process is creating the database, it has neither a mark nor tables.
    if mark != APPLICATION_ID and (mark or tables):
        raise DatabaseError(path=path, problem=N_("It belongs to another program."))


def prepare(path: Path) -> None:
    """Switch the file to WAL, so that readers and the one writer do not stop each other.

    The file remembers it. SQLite does not wait for its turn here, so we do.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with closing(_connect(path, mode="rwc")) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def upgrade_schema(engine: Engine, path: Path) -> str:
    """Bring the database to the newest revision in one transaction; return that revision.

    Raises ``DatabaseError`` when a newer program has written it.
    """
    with engine.begin() as connection:
        config = _config(connection)
        scripts = ScriptDirectory.from_config(config)
        present = _revision(connection)
        if present is not None and present not in {s.revision for s in scripts.walk_revisions()}:
            newer = Problem(_NEWER, {"revision": present})
            raise DatabaseError(path=path, problem=newer)
        head = scripts.get_current_head() or ""
        if present != head:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            command.upgrade(config, "head")
    return head


def find_problems(engine: Engine) -> list[str]:
    """Say in what way the database is damaged or not as the program expects it; [] when sound."""
    with engine.connect() as connection:
        # A damaged file can be read no further than to where the damage is.
        return _integrity(connection) or [
            *_broken_references(connection),
            *_differences(connection),
        ]


def _integrity(connection: Connection) -> list[str]:
    try:
        lines = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    except DamagedFile as error:
        return [f"integrity: {error.orig}"]
    return [f"integrity: {line}" for line in lines if line != "ok"]


def _broken_references(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [f"{row[0]}: row {row[1]} refers to a row of {row[2]} that is gone" for row in rows]


def _differences(connection: Connection) -> list[str]:
    head = ScriptDirectory.from_config(_config(connection)).get_current_head()
    present = _revision(connection)
    if present != head:
        return [f"schema: revision {present}, expected {head}"]
    context = MigrationContext.configure(connection)
    return [f"schema: {change}" for change in compare_metadata(context, Base.metadata)]


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "bot.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _connect(path: Path, *, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
