"""Which of the old encodings of alphabets a text is in: the one in whose language it reads.

Each of them gives letters for any bytes, so that letters prove nothing. What does: the letters are
those that the language writes most, words are of one script, and capitals begin them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """``letters`` is a class of a regular expression; ``frequent`` make most of any text."""

    encodings: tuple[str, ...]
    letters: str
    frequent: frozenset[str]


_ALPHABETS = (
    _Alphabet(("cp1251", "koi8_r", "cp866"), r"\u0400-\u04ff", frozenset("оеаинтсрвлкмдпуя")),
    _Alphabet(("cp1253",), r"\u0370-\u03ff", frozenset("αοιτενςρσκυπηάίόέμλ")),
    _Alphabet(("cp1255",), r"\u0590-\u05ff", frozenset("יוהלארתבשמנםפ")),
    _Alphabet(("cp1256",), r"\u0600-\u06ff", frozenset("اليمنوتربةعدسفهأك")),
    _Alphabet(("cp874",), r"\u0e00-\u0e7f", frozenset("านรกอเงยลมวดตทส่้ีัิคะ")),
)
_TURKISH = re.compile(r"\b(?:ve|bir|bu|için|ile|olarak|veya)\b", re.IGNORECASE)
_ICELANDIC = re.compile(r"[þðÞÐ]")
_ACCENTED = re.compile(r"[\u00c0-\u024f]")
_LATIN = re.compile(r"[A-Za-z]")
_ODD = re.compile(r"[^\x00-\x7f]")
_SAMPLE = 20_000
_FEWEST = 12
_WITHIN = 0.85
_FREQUENT = 0.55
_AHEAD = 0.08
_RARE = 0.05
_MOST_ACCENTS = 0.4


def find_alphabet(data: bytes) -> str:
    """The encoding of a text in Cyrillic, Greek, Hebrew, Arabic or Thai letters; empty if none."""
    scores = sorted(_rate_all(data[:_SAMPLE]), reverse=True)
    if not scores or scores[0][0] < _FREQUENT:
        return ""
    clear = len(scores) == 1 or scores[0][0] - scores[1][0] >= _AHEAD
    return scores[0][1] if clear else ""


def _rate_all(data: bytes) -> Iterator[tuple[float, str]]:
    for alphabet in _ALPHABETS:
        for encoding in alphabet.encodings:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if (score := _rate(text, alphabet)) > 0:
                yield score, encoding


def _rate(text: str, alphabet: _Alphabet) -> float:
    """The share of frequent letters; 0 where words or capitals are as nobody writes them."""
    letters = re.findall(rf"[{alphabet.letters}]", text)
    if len(letters) < _FEWEST or len(letters) < _WITHIN * len(_ODD.findall(text)):
        return 0.0
    mixed = len(re.findall(rf"[A-Za-z][{alphabet.letters}]|[{alphabet.letters}][A-Za-z]", text))
    swapped = sum(one.islower() and other.isupper() for one, other in pairwise(text))
    if mixed + swapped > _RARE * len(letters):
        return 0.0
    return sum(letter.lower() in alphabet.frequent for letter in letters) / len(letters)


def settle_latin(data: bytes, text: str) -> tuple[str, str]:
    """The text and encoding of what was read as cp1252, or as Turkish; empty if it is neither."""
    accents = len(_ACCENTED.findall(text))
    if accents > _MOST_ACCENTS * (accents + len(_LATIN.findall(text))):
        return "", ""
    if not _ICELANDIC.search(text):
        return text, "cp1252"
    turkish = data.decode("cp1254", "replace")
    return (turkish, "cp1254") if _TURKISH.search(turkish) else ("", "")
