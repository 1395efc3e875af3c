"""Places in a source text: its sentences, and where a quotation stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_END = re.compile(r"[。！？!?]+[”’」』）)\"']*|\.+[”’)\"']*(?=\s|$)|\n+|(?<=[\u0e00-\u0e7f])\s{2,}")
_ABBREVIATED = re.compile(
    r"(?:\b\w|\b(?:nos?|art|mr|mrs|ms|dr|inc|ltd|co|st|vs|etc|ст|п|г|см))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``start`` to before ``end``, in characters."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that stands there."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def split_sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without the spaces around them; none for an empty one."""
    ends = [match.end() for match in _END.finditer(text) if not _is_abbreviation(text, match)]
    found: list[Span] = []
    start = 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            begin = start + len(piece) - len(piece.lstrip())
            found.append(Span(begin, begin + len(stripped)))
        start = end
    return found


def locate(quote: str, text: str) -> Span | None:
    """Where ``quote`` stands in ``text``, whatever spaces lie between its words; None if nowhere.

    Nothing else is forgiven: every character must be the source's own.
    """
    words = quote.split()
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return Span(found.start(), found.end()) if found else None


def widen(span: Span, sentences: Sequence[Span]) -> Span:
    """The whole sentences in which a span lies."""
    touched = [sentence for sentence in sentences if sentence.overlaps(span)]
    return enclose([span, *touched])


def enclose(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of them; there must be one."""
    ordered = list(spans)
    return Span(min(one.start for one in ordered), max(one.end for one in ordered))


def _is_abbreviation(text: str, match: "re.Match[str]") -> bool:
    """Whether a full stop belongs to a word: an initial, “No.”, “ст.”."""
    before = text[max(0, match.start() - 6) : match.start()]
    return match.group().startswith(".") and bool(_ABBREVIATED.search(before))
