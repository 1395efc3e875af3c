"""The desk as the suites see it: something to ask, whose shelf can be looked into."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.passage import Audience, Passage

ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asks.

    ``language`` is what they chose, "" for nothing; ``today`` is the day on which they ask, None
    for the day of the run; ``said`` is what they said before, oldest first.
    """

    question: str
    language: str = ""
    audience: Audience = Audience.PUBLIC
    today: date | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation as it was shown; ``passage`` is the id under which it is stored."""

    document: str
    entry: str
    quote: str
    passage: str
    audience: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the desk said.

    ``spoken`` is the language of the desk's own words, ``language`` that of what is quoted, which
    is not always the same. ``choices`` are the questions it asks back with, ``shown`` everything
    that a program gets to see of it, as JSON. ``year``: the answer is history and held in that
    year. ``worded``: a language model put it into words.
    """

    outcome: str
    reason: str
    spoken: str
    language: str
    text: str
    confidence: float = 0.0
    citations: tuple[Cited, ...] = ()
    choices: tuple[str, ...] = ()
    shown: str = ""
    year: int | None = None
    worded: bool = False

    @property
    def answered(self) -> bool:
        """Whether it is an answer from the shelf."""
        return self.outcome == ANSWERED


class Desk(Protocol):
    """A desk to ask, that keeps nothing of it."""

    def ask(self, request: Request) -> Reply:
        """Think about a question as the desk does."""

    def search(self, request: Request, limit: int) -> Sequence[Passage]:
        """The best passages for a question that the asker may see."""

    def passages(self, document: str) -> Sequence[Passage]:
        """A document as it is stored; none when there is no such document."""
