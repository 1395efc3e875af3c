"""Conditions that SQL leaves to taste."""

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute


def begins_with(column: InstrumentedAttribute[str], prefix: str) -> ColumnElement[bool]:
    """Whether a text begins so, to the letter: LIKE would not mind the case."""
    return func.substr(column, 1, len(prefix)) == prefix
