"""The one place where the errors of SQLAlchemy, SQLite and Alembic become ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from knowledge.errors import DatabaseError

FOREIGN = (SQLAlchemyError, sqlite3.Error, CommandError)


def as_database_error(error: BaseException, path: Path) -> DatabaseError:
    """Say about ``path`` what the driver said, without the statement and its private values."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    said = str(cause).partition("\n")[0] or type(cause).__name__
    return DatabaseError(path=path, problem=f"{said[:200].rstrip('.')}.")


@contextmanager
def mapped(path: Path) -> Iterator[None]:
    """Raise ``DatabaseError`` for whatever the libraries of this package raise inside."""
    try:
        yield
    except FOREIGN as error:
        raise as_database_error(error, path) from error
