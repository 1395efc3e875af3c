"""Statements that are put together once and then carried out by the driver itself.

SQLAlchemy builds a statement, looks up its SQL and makes objects of the rows each time; for the
small statements of a message that takes ten times as long as SQLite does. Here the SQL, and how
values go in and come out, are worked out at the first use and kept.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ClauseElement, Dialect, Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

R = TypeVar("R")
_Convert = Callable[[Any], Any] | None

_DIALECT: Dialect = sqlite_dialect(paramstyle="qmark")


def table_of(model: type[DeclarativeBase]) -> Table:
    """Return the table of a model: statements over tables need no session."""
    return cast("Table", model.__table__)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """SQL with the names, converters and defaults of its places, and how rows are read."""

    sql: str
    places: tuple[tuple[str, _Convert], ...]
    fixed: Mapping[str, Any]
    make: Callable[[Sequence[Any]], Any]
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]


class Statement(Generic[R]):
    """A statement with named places for values.

    ``keys`` are the columns that an INSERT or UPDATE sets; each has a place of its name. Rows are
    tuples whose fields have the names of the columns: of a model's table, what that model shows.
    """

    def __init__(self, clause: ClauseElement, *keys: str) -> None:
        """Keep it; nothing is put together yet."""
        self._clause = clause
        self._keys = keys

    @property
    def sql(self) -> str:
        """The SQL, with a question mark for each place."""
        return self._prepared.sql

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        """Return the values in the order of their places; raises ``KeyError`` when one lacks."""
        prepared = self._prepared
        if prepared.fixed:
            values = {**prepared.fixed, **values}
        return [
            values[name] if convert is None else convert(values[name])
            for name, convert in prepared.places
        ]

    def read(self, rows: Sequence[Sequence[Any]]) -> list[R]:
        """Return rows of the driver as they are meant."""
        prepared = self._prepared
        if not prepared.converters:
            return [prepared.make(row) for row in rows]
        return [prepared.make(_converted(row, prepared.converters)) for row in rows]

    @cached_property
    def _prepared(self) -> _Prepared:
        keys = list(self._keys) or None
        compiled: Any = self._clause.compile(dialect=_DIALECT, column_keys=keys)
        binds = compiled.binds
        columns = list(getattr(self._clause, "exported_columns", ()))
        found = [(at, _reader(column.type)) for at, column in enumerate(columns)]
        names = [column.key for column in columns]
        return _Prepared(
            sql=compiled.string,
            places=tuple((n, _writer(binds[n].type)) for n in compiled.positiontup or ()),
            fixed={name: bind.value for name, bind in binds.items() if bind.value is not None},
            make=_row_of(names),
            converters=tuple((at, convert) for at, convert in found if convert is not None),
        )


def _row_of(names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    kind: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 - fields are known only now
    return cast("Callable[[Sequence[Any]], Any]", kind._make)


def _converted(
    row: Sequence[Any], converters: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Sequence[Any]:
    values = list(row)
    for at, convert in converters:
        values[at] = convert(values[at])
    return values


def _writer(kind: TypeEngine[Any]) -> _Convert:
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _reader(kind: TypeEngine[Any]) -> _Convert:
    return kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
