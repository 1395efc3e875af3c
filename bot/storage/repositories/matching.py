"""Conditions that SQL leaves to taste, and counts of what was changed."""

from sqlalchemy import ColumnElement, CursorResult, Delete, Update, func
from sqlalchemy.orm import InstrumentedAttribute, Session


def begins_with(column: InstrumentedAttribute[str], prefix: str) -> ColumnElement[bool]:
    """Whether a text begins so, to the letter: LIKE would not mind the case."""
    return func.substr(column, 1, len(prefix)) == prefix


def removed(session: Session, statement: Delete | Update) -> int:
    """Carry out a change and return how many rows it touched."""
    result = session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0
