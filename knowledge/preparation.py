"""What a generation keeps of a passage's text, worked out beside the embedding of its passages.

Publishing then only puts it together; and the next time that a writer publishes, what has not
changed since is not worked out again.
"""

from collections.abc import Sequence

from knowledge.codec import decode, encode
from knowledge.digests import digest
from knowledge.duplicates.sketch import Sketch
from knowledge.lexical import tokenise
from knowledge.passage import Passage
from knowledge.postings import Hashes, Terms

_KEPT = 20_000
"""Passages of which a writer keeps it in memory: 3 kB each."""


Outline = tuple[Sketch, bool]


def searchable(passage: Passage) -> str:
    """What is embedded for a passage: its title and heading path stand with its text."""
    return "\n".join((passage.provenance.title, " > ".join(passage.headings), passage.text))


def unit_texts(passage: Passage) -> dict[str, str]:
    """The lexical units of a passage by language: its text, and its variants in each language."""
    units = {passage.language: searchable(passage)}
    for variant in passage.questions:
        units[variant.language] = f"{units.get(variant.language, '')}\n{variant.text}"
    return units


class Preparations:
    """Keeps it by the digest of a passage's stored text, which stands for all that goes into it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._terms: dict[bytes, tuple[Terms, ...]] = {}
        self._outlines: dict[bytes, Outline] = {}
        self._hashes = Hashes()

    def prepare(self, passages: Sequence[Passage]) -> list[bytes]:
        """Work it out for passages, as long as there is room; returns them as they are stored."""
        texts = [encode(passage) for passage in passages]
        for passage, text in zip(passages, texts, strict=True):
            if len(self._terms) < _KEPT:
                key = digest(text)
                self._terms[key] = self._count(passage)
                self._outlines[key] = _outline(passage)
        return texts

    def terms(self, text: bytes) -> tuple[Terms, ...]:
        """The terms of each lexical unit of a stored passage."""
        key = digest(text)
        known = self._terms.get(key)
        if known is None:
            known = self._count(decode(text))
            if len(self._terms) < _KEPT:
                self._terms[key] = known
        return known

    def outline(self, text: bytes) -> Outline:
        """The sketch of a stored passage, and whether it names what it replaces."""
        key = digest(text)
        known = self._outlines.get(key)
        if known is None:
            known = _outline(decode(text))
            if len(self._outlines) < _KEPT:
                self._outlines[key] = known
        return known

    def _count(self, passage: Passage) -> tuple[Terms, ...]:
        units = unit_texts(passage).values()
        return tuple(Terms.of(tokenise(unit), self._hashes) for unit in units)


def _outline(passage: Passage) -> Outline:
    return Sketch.of(passage), bool(passage.provenance.replaces)
