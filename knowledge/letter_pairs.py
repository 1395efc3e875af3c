"""Whether a few words may be words at all, by which letters follow each other in usual ones.

A detector of letters takes "asdf qwer" for German: it must say something. Letters that follow each
other in no usual word of any language (language_words.json) say nothing about the language.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Final

from knowledge.word_languages import WORDS, bare, words_of

_MOST: Final = 3
"""Words of a message that is looked at; of more, some tell the language."""
_EDGE: Final = " "


def is_nonsense(text: str) -> bool:
    """Whether a text has a few words in Latin letters, none of them usual, one of them no word."""
    words = words_of(text)
    if not words or len(words) > _MOST:
        return False
    usual = _usual()
    plain = [bare(word) for word in words]
    if any(word in usual or not word.isascii() for word in (*words, *plain)):
        return False
    known = _known_pairs()
    return any(not known.issuperset(_pairs(word)) for word in plain)


def _pairs(word: str) -> Iterator[str]:
    """The letters of a word two by two, its edges included."""
    return map("".join, zip(_EDGE + word, word + _EDGE, strict=True))


@cache
def _usual() -> frozenset[str]:
    """The usual words of all languages with Latin letters, with and without accents."""
    stored = json.loads(WORDS.read_text("utf-8"))
    words = {word for lines in stored.values() for line in lines for word in line.split()}
    return frozenset(words | {bare(word) for word in words})


@cache
def _known_pairs() -> frozenset[str]:
    return frozenset(pair for word in _usual() if len(word) > 1 for pair in _pairs(word))
