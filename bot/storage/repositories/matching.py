"""Conditions that SQL leaves to taste."""

from sqlalchemy import JSON, ColumnElement, Text, bindparam, column, func, select
from sqlalchemy.orm import InstrumentedAttribute


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
