"""What a generation keeps of a passage's text, worked out beside the embedding of its passages.

Publishing then only puts it together; and the next time that a writer publishes, what has not
changed since is not worked out again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from knowledge.codec import decode
from knowledge.digests import digest
from knowledge.duplicates.sketch import Sketch
from knowledge.lexical import tokenise
from knowledge.passage import Passage
from knowledge.postings import Hashes, Terms

_KEPT = 20_000
"""Passages of which a writer keeps it in memory: 3 kB each."""


def searchable(passage: Passage) -> str:
    """What is embedded for a passage: its title and heading path stand with its text."""
    return "\n".join((passage.provenance.title, " > ".join(passage.headings), passage.text))


def unit_texts(passage: Passage) -> dict[str, str]:
    """The lexical units of a passage by language: its text, and its variants in each language."""
    units = {passage.language: searchable(passage)}
    for variant in passage.questions:
        units[variant.language] = f"{units.get(variant.language, '')}\n{variant.text}"
    return units


@dataclass(frozen=True, slots=True)
class Prepared:
    """The terms of a passage's lexical units; its sketch, and whether it names what it replaces."""

    terms: tuple[Terms, ...]
    outline: tuple[Sketch, bool]

    @classmethod
    def of(cls, passage: Passage, hashes: Hashes) -> Self:
        """Work it out."""
        terms = tuple(Terms.of(tokenise(unit), hashes) for unit in unit_texts(passage).values())
        return cls(terms, (Sketch.of(passage), bool(passage.provenance.replaces)))


class Preparations:
    """Keeps it by the digest of a passage's stored text, which stands for all that goes into it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[bytes, Prepared] = {}
        self._hashes = Hashes()

    def prepare(self, texts: Sequence[bytes]) -> None:
        """Work it out for passages as they are stored, unless it is known."""
        for text in texts:
            self.of(text)

    def of(self, text: bytes) -> Prepared:
        """What belongs to a stored passage."""
        key = digest(text)
        known = self._known.get(key)
        if known is None:
            known = Prepared.of(decode(text), self._hashes)
            if len(self._known) < _KEPT:
                self._known[key] = known
        return known
