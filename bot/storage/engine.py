"""How we talk to SQLite."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 60.0
BEGIN = "BEGIN IMMEDIATE"
_POOLED, _MORE = 8, 56
_STATEMENTS = 512
"""How many statements a connection keeps as SQLite has understood them."""


def create_database_engine(path: Path) -> Engine:
    """Return an engine for the file; nothing is opened yet.

    Every transaction begins with ``BEGIN IMMEDIATE``: it waits for its turn at the start, where
    waiting is harmless, and can never find in the middle that somebody else has written since
    (SQLite answers that with “database is locked” at once, whatever the time-out).
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "cached_statements": _STATEMENTS},
        pool_size=_POOLED,
        max_overflow=_MORE,
        pool_timeout=BUSY_SECONDS,
        # Statements in messages and logs must not show what customers wrote.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # Without this the driver would begin transactions by itself, and later than we want.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # A commit that survives the end of the process (even kill -9) only needs the operating
    # system's cache, which NORMAL gives. FULL also waits for the disk: an update that Telegram was
    # told we have, and a message that was marked as sent, then survive a power cut as well.
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    driver = connection.connection.dbapi_connection
    # A session may join a transaction that has begun without it.
    if driver is None or not driver.in_transaction:
        connection.exec_driver_sql(BEGIN)
