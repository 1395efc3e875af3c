"""What a check has found, and where."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.problems import Problem


class Rule(StrEnum):
    """What is checked."""

    UNREADABLE = "unreadable"
    SOURCE = "source"
    DATE = "date"
    REVIEW = "review"
    REFERENCE = "reference"
    AMOUNT = "amount"
    TERM = "term"
    UNTRANSLATED = "untranslated"
    LANGUAGE = "language"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A place in a file, the rule, and what is wrong with what to do next.

    ``line`` counts from 1 and is 0 where a file has no lines; ``place`` is the entry or
    the locator.
    """

    path: str
    line: int
    rule: Rule
    place: str
    problem: Problem
