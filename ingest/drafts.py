"""A document between its file and the shelf: what the loaders hand over."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Self

from ingest.front_matter import Metadata
from ingest.problems import Loss
from knowledge.errors import DocumentError
from knowledge.passage import QuestionVariant


class BlockKind(Enum):
    """What a block of a text is. ``LOST`` is one that the quality gate took away.

    A ``RECORD`` is a row of a spreadsheet with the names of its columns: a passage of its own.
    """

    HEADING = auto()
    PARAGRAPH = auto()
    LIST = auto()
    TABLE = auto()
    RECORD = auto()
    LOST = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list or a table; ``rows`` are its items and are never cut apart.

    ``level`` is a heading's depth: 1 to 6 where the source marks it, more where its numbering
    shows it. ``place`` says where a person finds it again: ``p. 3``, ``slide 2``, ``Fees!12``;
    ``row_places`` say it row by row where a table goes over pages.
    """

    kind: BlockKind
    rows: tuple[str, ...]
    level: int = 0
    place: str = ""
    row_places: tuple[str, ...] = ()

    @classmethod
    def heading(cls, text: str, level: int, place: str = "") -> Self:
        """A heading of this depth."""
        return cls(BlockKind.HEADING, (text,), level, place)

    @classmethod
    def paragraph(cls, text: str, place: str = "") -> Self:
        """A paragraph."""
        return cls(BlockKind.PARAGRAPH, (text,), place=place)

    @property
    def text(self) -> str:
        """All rows, one a line."""
        return "\n".join(self.rows)

    def lose(self) -> Self:
        """What stays when the block is taken away: a gap that counts, a heading without words.

        The rows of a gap are kept because they may begin an article.
        """
        if self.kind is BlockKind.HEADING:
            return replace(self, rows=("",))
        return replace(self, kind=BlockKind.LOST)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a FAQ entry and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of a FAQ table."""

    id: str
    answers: tuple[Answer, ...]
    questions: tuple[QuestionVariant, ...]
    metadata: Metadata


Settle = Callable[["Draft"], "Draft"]
"""Adds to a draft what is said of it from outside."""


def keep(draft: "Draft") -> "Draft":
    """Leave a draft as it is."""
    return draft


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: of an archive, or attached to a message.

    ``size`` is in bytes; ``read`` gives them, or raises :class:`DocumentError`. ``settle`` adds to
    its draft what is said of all that is in the outer file.
    """

    name: str
    size: int
    read: Callable[[], bytes]
    settle: Settle = keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a loader found: running text as ``blocks``, a table's ``entries``, other files.

    ``title`` and ``language`` are what the file says about itself outside its front matter;
    ``problems`` are the rows and files that had to be left out, ``repairs`` what had to be read in
    another way than is usual.
    """

    metadata: Metadata
    title: str = ""
    language: str = ""
    blocks: tuple[Block, ...] = ()
    entries: tuple[Entry, ...] = ()
    members: tuple[Member, ...] = ()
    problems: tuple[DocumentError, ...] = ()
    repairs: tuple[Loss, ...] = ()
