"""A document of the set, and the truth about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Self

Rows = Sequence[Sequence[str]]


class State(Enum):
    """Whether a page can be read as it is, must not be trusted, or has nothing on it."""

    GOOD = "good"
    DAMAGED = "damaged"
    EMPTY = "empty"


class Ruled(Enum):
    """Which lines a table has: round every cell, above and below header and end, or none."""

    ALL = "all"
    THREE = "three"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, or a table whose first row is its header.

    ``places`` say for each row below the header where it stands, if a reader is told. A table
    that goes on from the page before is ``continued``: its header is repeated there. Where pages
    are drawn, ``ruled`` says whether every cell has its lines, the header alone, or none.
    """

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    heading: bool = False
    places: tuple[str, ...] = ()
    continued: bool = False
    ruled: Ruled = Ruled.ALL

    @classmethod
    def table(cls, rows: Rows, places: Sequence[str] = (), *, continued: bool = False) -> Self:
        """A table."""
        return cls(
            rows=tuple(tuple(row) for row in rows), places=tuple(places), continued=continued
        )

    @property
    def words(self) -> str:
        """All that stands in it, in reading order."""
        return self.text or "\n".join(" ".join(row) for row in self.rows[self.continued :])


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, a slide or a sheet, and how a citation should call that place.

    Where a document knows no pages it is one, without a name. ``records`` says that rows are
    shown with the names of their columns, as those of spreadsheets are.
    """

    parts: tuple[Part, ...]
    place: str = ""
    state: State = State.GOOD
    records: bool = False

    @property
    def words(self) -> str:
        """All that stands on it, in reading order."""
        return "\n".join(part.words for part in self.parts)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document: its file name, its row in the table, how it is made, what stands in it."""

    name: str
    kind: str
    make: Callable[[], bytes]
    pages: tuple[Page, ...]


def make_parts(texts: Sequence[str], *, titled: bool = True) -> tuple[Part, ...]:
    """Make paragraphs; the first is the heading."""
    return tuple(Part(text, heading=titled and number == 0) for number, text in enumerate(texts))
