"""Thousands of names, and where in a text they may begin.

A name is a regular expression that begins with a literal stem. The first letters of the stems find
the few places that are worth a look.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add
from typing import Generic, Protocol, TypeVar

UNSPACED_LETTER = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
SPACED_LETTER = (
    r"a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u0481\u048a-\u052f\u05d0-\u05ea\u0620-\u064a"
    r"\u0671-\u06d3\u0900-\u0dff\u1e00-\u1eff"
)
"""Small letters of scripts that part words by spaces. To name them is ten times quicker to compile,
in thousands of patterns, than to leave the Han characters out."""
_LEAD, _SHORT = 4, 2
"""Letters of a stem by which names are looked up; where words are written together, or names vary
soon."""
_STEM = re.compile(r"(?:\(\?<!.*?\))?(?P<stem>(?:[^\\\[\](){}.*+?|^$]|\\\W)*)(?P<repeated>[*+?{])?")
"""The letters that an expression begins with, but for what must not stand before them."""
_SPACED, _UNSPACED = re.compile(f"[{SPACED_LETTER}]+"), re.compile(f"[{UNSPACED_LETTER}]+")


class Name(Protocol):
    """A name as it is looked for; ``written`` is its usual form."""

    @property
    def stem(self) -> str:
        """What all that matches begins with."""

    @property
    def written(self) -> str:
        """The usual form."""


_Name = TypeVar("_Name", bound=Name)


class NameIndex(Generic[_Name]):
    """Names in an order of preference, by how they begin."""

    def __init__(self, names: Iterable[_Name], *, spaced: bool, behind: str = "") -> None:
        """Index names; ``spaced`` ones begin where a word does.

        None begins behind one of the letters of the set ``behind``.
        """
        letters = _SPACED if spaced else _UNSPACED
        most = _LEAD if spaced else _SHORT
        by_lead: dict[str, list[tuple[int, _Name]]] = {}
        for number, name in enumerate(names):
            by_lead.setdefault(_lead_of(name, letters, most), []).append((number, name))
        # Where more letters lead to a name, what begins with fewer of them may stand too.
        self._by_lead = {
            lead: [name for _, name in sorted(_of_parts(lead, by_lead), key=lambda one: one[0])]
            for lead in by_lead
        }
        self._odd = [lead for lead in by_lead if not letters.fullmatch(lead)]
        self._leads_in = _leads_of_words if spaced else _leads_anywhere
        self._behind = re.compile(f"[{behind}]") if behind else None

    def places(self, text: str) -> list[tuple[int, Sequence[_Name]]]:
        """Where one of these names may begin, in order, with those whose stems stand there."""
        leads = [
            *(self._by_lead.keys() & self._leads_in(text)),
            *filter(text.__contains__, self._odd),
        ]
        found: dict[int, str] = {}
        for lead in sorted(leads, key=len):
            found.update((start, lead) for start in _starts(text, lead))
        return [
            (start, [name for name in self._by_lead[lead] if text.startswith(name.stem, start)])
            for start, lead in sorted(found.items())
            if not (start and self._behind and self._behind.match(text, start - 1))
        ]


# A text is looked at for names of its own language, of English and of other things.
@lru_cache(maxsize=16)
def _leads_of_words(text: str) -> frozenset[str]:
    """How words of languages with spaces begin in a text."""
    words = _SPACED.findall(text)
    return frozenset([word[:size] for size in range(_SHORT, _LEAD + 1) for word in words])


@lru_cache(maxsize=16)
def _leads_anywhere(text: str) -> frozenset[str]:
    """All pairs of letters of languages without spaces."""
    return frozenset([pair for run in _UNSPACED.findall(text) for pair in map(add, run, run[1:])])


def _starts(text: str, lead: str) -> Iterator[int]:
    start = text.find(lead)
    while start >= 0:
        yield start
        start = text.find(lead, start + 1)


def stem_of(regex: str) -> str:
    """What stands at the beginning of all that an expression matches; "" where that varies."""
    found = _STEM.match(regex)
    stem = re.sub(r"\\(\W)", r"\1", found["stem"]) if found else ""
    return stem[:-1] if found and found["repeated"] else stem


def _of_parts(
    lead: str, by_lead: Mapping[str, Sequence[tuple[int, _Name]]]
) -> Iterator[tuple[int, _Name]]:
    """The names of a lead and of all its beginnings."""
    for end in range(1, len(lead) + 1):
        yield from by_lead.get(lead[:end], ())


def _lead_of(name: Name, letters: re.Pattern[str], most: int) -> str:
    """The first letters of a name; with what else stands there, where they are too few."""
    if len(name.stem) < _SHORT:
        return name.written[:_SHORT]
    lead = name.stem[:most]
    begun = letters.match(lead)
    return begun.group() if begun and len(begun.group()) >= _SHORT else lead
