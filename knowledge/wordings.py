"""Regular expressions under a few keys, and which of the keys a text has.

Most expressions cannot match most texts: whatever one matches contains one of a few strings, which
are read off the expression. Only those whose strings occur are tried, and the strings are looked up
by their first letters, so that it matters little how many expressions there are.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from operator import add
from typing import Any, Final

Cover = frozenset[str]
"""Strings of which all that is matched contains one; ``ANY`` where none are known."""

ANY: Final[Cover] = frozenset({""})
_LEADS: Final = (4, 2, 1)
"""Letters by which strings are looked up."""
_SET: Final = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL)
_GROUP: Final = re.compile(r"\((?:\?(?P<aside>[=!]|<[=!])|\?:|\?P<\w+>|(?!\?))")
_TIMES: Final = re.compile(r"(?P<least>[*?+]|\{\d*(?:,\d*)?\})[?+]?")


class Wording:
    """An expression that is tried where one of the strings of its cover stands; case counts."""

    def __init__(self, regex: str) -> None:
        """Read it; it is compiled when a text may have it."""
        self.cover = tuple(cover_of(regex))
        self._regex = regex

    def stands_in(self, text: str) -> bool:
        """Whether it matches somewhere."""
        return self._may_stand_in(text) and self._pattern.search(text) is not None

    def find_all(self, text: str) -> list[Any]:
        """All matches, as ``re.findall`` gives them."""
        return self._pattern.findall(text) if self._may_stand_in(text) else []

    def is_all_of(self, text: str) -> bool:
        """Whether it matches a text from one end to the other."""
        return self._may_stand_in(text) and self._pattern.fullmatch(text) is not None

    def replace(self, text: str, by: str) -> tuple[str, int]:
        """The text with ``by`` in place of each match, and how many there were."""
        return self._pattern.subn(by, text) if self._may_stand_in(text) else (text, 0)

    def _may_stand_in(self, text: str) -> bool:
        return any(map(text.__contains__, self.cover))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._regex)


class Wordings:
    """The expressions of some keys; of the same key any may match. Case counts."""

    def __init__(self, expressions: Mapping[str, Iterable[str]]) -> None:
        """Read the expressions; they are compiled when a text may have them."""
        self._by_key = {key: tuple(map(Wording, some)) for key, some in expressions.items()}

    def found_in(self, text: str) -> frozenset[str]:
        """The keys that a text has."""
        found: set[str] = set()
        for lead in self._by_lead.keys() & {"", *leads_in(text)}:
            for key, one in self._by_lead[lead]:
                if key not in found and one.stands_in(text):
                    found.add(key)
        return frozenset(found)

    def has(self, text: str, key: str) -> bool:
        """Whether a text has a key; none has one without expressions."""
        return any(one.stands_in(text) for one in self._by_key.get(key, ()))

    @cached_property
    def _by_lead(self) -> Mapping[str, tuple[tuple[str, Wording], ...]]:
        found: dict[str, dict[tuple[str, Wording], None]] = {}
        for key, some in self._by_key.items():
            for one in some:
                for string in one.cover:
                    found.setdefault(lead_of(string), {})[key, one] = None
        return {lead: tuple(some) for lead, some in found.items()}


def lead_of(string: str) -> str:
    """The first letters of a string, by which it is looked up."""
    return next((string[:size] for size in _LEADS if size <= len(string)), "")


def leads_in(text: str) -> set[str]:
    """All parts of a text by which a string in it may be looked up."""
    pairs = list(map(add, text, text[1:]))
    return {*text, *pairs, *map(add, pairs, pairs[2:])}


def cover_of(regex: str) -> Cover:
    """Strings of which all that an expression matches contains one.

    It must be compiled without flags. What it demands of the letters beside a match is no part of
    the match.
    """
    return _Reader(regex).read()


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, regex: str) -> None:
        self._regex = regex
        self._at = 0

    def read(self) -> Cover:
        """The cover of the whole; ``ANY`` for what is not understood."""
        cover = self._choice()
        if self._at != len(self._regex):
            return ANY
        return frozenset(one for one in cover if not any(other in one for other in cover - {one}))

    def _choice(self) -> Cover:
        """Sequences with bars between them: any of them is enough."""
        cover = self._sequence()
        while self._regex.startswith("|", self._at):
            self._at += 1
            cover |= self._sequence()
        return cover

    def _sequence(self) -> Cover:
        """Items of which each must be there, so that the most telling one will do."""
        covers, run = [ANY], ""
        while self._at < len(self._regex) and self._regex[self._at] not in "|)":
            letter, cover = self._item()
            least = self._times()
            needed = least not in {"*", "?"} and not least.startswith(("{0", "{,"))
            run += letter if needed else ""
            if least or not letter:
                covers += [frozenset({run}), cover if needed else ANY]
                run = ""
        return max([*covers, frozenset({run})], key=_telling)

    def _item(self) -> tuple[str, Cover]:
        """A letter that stands for itself, or the cover of something else."""
        here = self._regex[self._at]
        if here == "(":
            return "", self._group()
        if here == "[":
            found = _SET.match(self._regex, self._at)
            self._at = found.end() if found else len(self._regex) + 1
            return "", ANY
        if here == "\\":
            self._at += 2
            letter = self._regex[self._at - 1 : self._at]
            return ("", ANY) if letter.isalnum() else (letter, ANY)
        self._at += 1
        return ("", ANY) if here in ".^$" else (here, ANY)

    def _group(self) -> Cover:
        opened = _GROUP.match(self._regex, self._at)
        if opened is None:
            self._at = len(self._regex) + 1  # flags and the like
            return ANY
        self._at = opened.end()
        cover = self._choice()
        self._at += 1
        return ANY if opened["aside"] else cover

    def _times(self) -> str:
        """How often the item before may stand; "" for once."""
        found = _TIMES.match(self._regex, self._at)
        self._at = found.end() if found else self._at
        return found["least"] if found else ""


def _telling(cover: Cover) -> tuple[int, int]:
    """Long strings first, then few of them."""
    return min(max(_LEADS), *map(len, cover)), -len(cover)
