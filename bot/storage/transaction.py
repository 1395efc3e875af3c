"""A transaction on one connection, for prepared statements and, where one is wanted, a session."""

import sqlite3
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from bot.storage.engine import BEGIN, BUSY_SECONDS
from bot.storage.statements import Statement

if TYPE_CHECKING:
    from sqlalchemy.pool import PoolProxiedConnection

R = TypeVar("R")


class Transaction:
    """Begins once, and is over after a commit or at its end.

    ``turn`` is shared by all on the engine. Processes wait for each other by looking again and
    again, as SQLite does; threads of one process are woken when it is their turn.
    """

    def __init__(self, engine: Engine, turn: Lock) -> None:
        self._engine = engine
        self._turn = turn
        self._has_turn = False
        self._pooled: PoolProxiedConnection | None = None
        self._session: Session | None = None

    def begin(self) -> None:
        """Take a connection and begin; waits until no other transaction is open."""
        self._has_turn = self._turn.acquire(timeout=BUSY_SECONDS)
        if not self._has_turn:
            message = "database is locked"
            raise sqlite3.OperationalError(message)
        self._pooled = self._engine.raw_connection()
        self._driver.execute(BEGIN)

    def commit(self) -> None:
        """Make it durable."""
        if self._session is None:
            self._driver.commit()
        else:
            self._session.commit()
        self._pass_turn()

    def end(self) -> None:
        """Roll back what was not committed, and give the connection back."""
        try:
            if self._session is not None:
                self._session.close()
        finally:
            if self._pooled is not None:
                self._pooled.close()
                self._pooled = None
            self._pass_turn()

    @property
    def session(self) -> Session:
        """A session in this transaction."""
        if self._session is None:
            # It finds the transaction begun: see ``bot.storage.engine``.
            self._session = Session(Connection(self._engine, self._pooled))
            self._session.connection()
        return self._session

    def all(self, statement: Statement[R], **values: Any) -> list[R]:  # noqa: ANN401 - any column
        """Return all rows."""
        return statement.read(self._execute(statement, values).fetchall())

    def first(self, statement: Statement[R], **values: Any) -> R | None:  # noqa: ANN401 - any column
        """Return the first row; None when there is none."""
        row = self._execute(statement, values).fetchone()
        return None if row is None else statement.read([row])[0]

    def change(self, statement: Statement[R], **values: Any) -> int:  # noqa: ANN401 - any column
        """Carry out a change; how many rows it touched."""
        return self._execute(statement, values).rowcount

    def insert(self, statement: Statement[R], **values: Any) -> int:  # noqa: ANN401 - any column
        """Add a row and return its number."""
        return self._execute(statement, values).lastrowid or 0

    def _execute(self, statement: Statement[R], values: dict[str, Any]) -> sqlite3.Cursor:
        driver = self._driver
        if not driver.in_transaction:
            # Alone, the statement would be a transaction of its own.
            message = "the transaction is over"
            raise sqlite3.ProgrammingError(message)
        return driver.execute(statement.sql, _bound(statement, values))

    def _pass_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turn.release()

    @property
    def _driver(self) -> sqlite3.Connection:
        return cast("sqlite3.Connection", self._pooled and self._pooled.dbapi_connection)


def _bound(statement: Statement[R], values: dict[str, Any]) -> list[Any]:
    try:
        return statement.bind(values)
    except (TypeError, ValueError) as error:
        raise sqlite3.DataError(str(error)) from error
