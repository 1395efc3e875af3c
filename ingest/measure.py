"""How long a text is for a reader: a Han character says more than a letter."""

import re

_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

LETTER = 0.4
"""The weight of a letter, digit or space where that of a Han, kana or Hangul character is 1."""

MERGE_UP_TO = 360.0
"""Small neighbouring paragraphs become one passage up to this weight (900 letters)."""

DIVIDE_OVER = 600.0
"""A longer paragraph is divided at the ends of its sentences (1,500 letters)."""


def weigh(text: str) -> float:
    """The length of the text in Han characters."""
    wide = 0 if text.isascii() else sum(map(len, _WIDE.findall(text)))
    return wide + LETTER * (len(text) - wide)


def has_han(text: str) -> bool:
    """Whether there is a Han character in the text."""
    return _HAN.search(text) is not None
