"""What a reader gets, in parts: a door may dress each part in its own way, or take it all as text.

Nothing here is escaped or marked up.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source of an answer: what it is, in one line, with its quotation and address."""

    number: int
    text: str
    quote: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the bot says to an asker; parts that do not apply are empty.

    ``lead`` is a notice above the answer, ``body`` the answer with its marks ``[1]``, ``as_of``
    the day for which it holds, ``caveat`` says that another text prevails. ``sources_title`` heads
    the ``sources``; ``choices`` are what may have been meant.
    """

    body: str
    lead: str = ""
    as_of: str = ""
    caveat: str = ""
    sources_title: str = ""
    sources: tuple[SourceLine, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole as plain text, for the terminal, for JSON and for a ticket's timeline."""
        choices = [f"{number}. {choice}" for number, choice in enumerate(self.choices, start=1)]
        sources = [self.sources_title, *map(self._source_text, self.sources)]
        blocks = (
            self.lead,
            self.body,
            "\n".join(choices),
            "\n".join(filter(None, (self.as_of, self.caveat))),
            "\n".join(sources) if self.sources else "",
        )
        return "\n\n".join(block for block in blocks if block)

    def _source_text(self, source: SourceLine) -> str:
        # A quotation that is the answer itself has just been read.
        quote = "" if source.quote in self.body else f"“{source.quote}”"
        lines = (f"[{source.number}] {source.text}", quote, source.url)
        return "\n    ".join(line for line in lines if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One line of a case card: what it tells, and what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What staff see first of a ticket. ``title`` also names its place among staff."""

    title: str
    rows: tuple[CardRow, ...]

    @property
    def text(self) -> str:
        """The whole as plain text."""
        return "\n".join([self.title, *(f"{row.label}: {row.value}" for row in self.rows)])
