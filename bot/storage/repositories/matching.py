"""Conditions that SQL leaves to taste, and counts of what was changed."""

from sqlalchemy import (
    JSON,
    ColumnElement,
    CursorResult,
    Delete,
    Text,
    Update,
    bindparam,
    column,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session


def begins_with(
    text: ColumnElement[str] | InstrumentedAttribute[str], prefix: ColumnElement[str] | str
) -> ColumnElement[bool]:
    """Whether a text begins so, to the letter: LIKE would not mind the case."""
    return func.substr(text, 1, func.length(prefix)) == prefix


def prefix(name: str) -> ColumnElement[str]:
    """Return the place of a prefix in a prepared statement."""
    return bindparam(name, type_=Text())


def among(value: ColumnElement[object], name: str) -> ColumnElement[bool]:
    """Whether a value is in a list; its place is one, whatever its length."""
    listed = func.json_each(bindparam(name, type_=JSON())).table_valued(column("value"))
    return value.in_(select(listed.c.value))


def removed(session: Session, statement: Delete | Update) -> int:
    """Carry out a change and return how many rows it touched."""
    result = session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0
