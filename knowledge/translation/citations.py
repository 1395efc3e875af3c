"""What of a reply is cited from the shelf: it stays in the words of its source.

A draft reply is an answer as plain text: sentences with their marks ``[1]``, and below them each
source in a line of its own, ``[1] title · issuer``, with its quotation and address indented. Around
the sentences stand notices that are in the customer's language already.
"""

import re
from typing import Final

from knowledge.language import base, identify

_HEADING: Final = r"(?:(?<=\n\n)[^\n\[]{1,60}\n)?"
_ENTRY: Final = r"^\[\d{1,2}\] (?:[^\n]* · [^\n]*|[^\n]+(?=\n {4}))(?:\n {4}(?:“[^”]*”|[^\n]+))*"
_SOURCES: Final = re.compile(rf"{_HEADING}(?:{_ENTRY}\n*)+", re.MULTILINE)
_REFERENCE: Final = re.compile(r"\[\d{1,2}\]")
_LINE: Final = re.compile(r"^.*\S.*$", re.MULTILINE)
# The language of fewer letters is guesswork.
_LEAST_LETTERS: Final = 12

Place = tuple[int, int]
"""From where to before where, in characters."""


def source_spans(text: str) -> list[Place]:
    """Return where sources are listed, each list with its heading."""
    found = [match.span() for match in _SOURCES.finditer(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in found]


def reference_spans(text: str) -> list[Place]:
    """Return where a sentence names its source; nowhere in a text that lists none."""
    sources = source_spans(text)
    found = [match.span() for match in _REFERENCE.finditer(text)] if sources else []
    return [place for place in found if not _lies_in(place, sources)]


def read_spans(text: str, into: str) -> list[Place]:
    """Return the lines beside cited ones that readers of ``into`` can read as they are."""
    sources = source_spans(text)
    lines = [match.span() for match in _LINE.finditer(text)] if sources else []
    return [
        place
        for place in lines
        if not _lies_in(place, sources) and _is_in(text[place[0] : place[1]], into)
    ]


def foreign_words(text: str, into: str) -> str:
    """Return what readers of ``into`` need to have translated; the whole where nothing is cited."""
    for start, end in sorted([*source_spans(text), *read_spans(text, into)], reverse=True):
        text = text[:start] + text[end:]
    return text.strip()


def quotations(text: str, into: str) -> str:
    """Return the lines that name a source and are in another language, as they stand there."""
    if not source_spans(text):
        return ""
    lines = foreign_words(text, into).splitlines()
    return "\n".join(line.strip() for line in lines if _REFERENCE.search(line))


def _is_in(line: str, language: str) -> bool:
    letters = sum(character.isalpha() for character in line)
    least = _LEAST_LETTERS if base(language) not in {"zh", "ja", "ko"} else 1
    return letters >= least and base(identify(line)) == base(language)


def _lies_in(place: Place, others: list[Place]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in others)
