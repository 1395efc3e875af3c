"""The gate for a page: whether its text layer says what a reader of the page sees."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.hanzi import is_common
from ingest.quality import find_damage

_SMALLEST_SAMPLE = 8
_WRONG = 0.05
_RARE = 0.3
_DAMAGED = 0.3
_FEWEST_VOWELS = 0.22
_FEWEST_WORDS = 10
_FEWEST_SIGNS = 20
_MARKED = 0.5
_ODD = 0.4
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"(?<![^\W\d_])[A-Za-z]{4,}(?![^\W\d_])")
_FIGURES = re.compile(r"\W{0,2}[-+−±]?[$€£¥￥]?\d[\d.,:/%()×–—-]*\W{0,2}|\W{1,3}")
_LATIN = re.compile(r"[A-Za-z]")
_ACCENTED = re.compile(r"[\u00c0-\u00ff]")
_VOWEL = re.compile(r"[aeiouAEIOU]")
_NO_SIGNS = frozenset({"Co", "Cn", "Cs", "Cc"})


def is_garbled(lines: Sequence[str]) -> bool:
    """Whether the layer is so bad that the picture of the page must be read instead."""
    text = "\n".join(lines)
    signs = [sign for sign in text if not sign.isspace()]
    if len(signs) < _SMALLEST_SAMPLE:
        return False
    wrong = sum(sign == "\ufffd" or unicodedata.category(sign) in _NO_SIGNS for sign in signs)
    if wrong > _WRONG * len(signs):
        return True
    damaged = sum(len(line) for line in lines if find_damage(line))
    return (
        damaged > _DAMAGED * len(text)
        or _has_rare_signs(text)
        or _has_no_words(text)
        or _has_few_letters(text)
        or _has_odd_letters(text)
    )


def _has_rare_signs(text: str) -> bool:
    """Whether too many characters are ones that hardly anybody writes."""
    if _KANA.search(text):
        return False  # Japanese and Korean texts hold characters of their own
    signs = _HAN.findall(text)
    rare = sum(not is_common(sign) for sign in signs)
    return len(signs) >= _SMALLEST_SAMPLE and rare > _RARE * len(signs)


def _has_no_words(text: str) -> bool:
    """Whether a Latin text has hardly a vowel: its letters were exchanged for others."""
    words = _WORD.findall(text)
    letters = "".join(words)
    vowels = len(_VOWEL.findall(letters))
    return len(words) >= _FEWEST_WORDS and vowels < _FEWEST_VOWELS * len(letters)


def _has_few_letters(text: str) -> bool:
    """Whether what stands between the spaces is mostly marks: codes that were never letters.

    Amounts and dates are figures above all; lines of dots and lines to write on do not count.
    """
    groups = [group for group in text.split() if len(set(group)) > 1]
    odd = [group for group in groups if not _is_sound(group)]
    length = sum(map(len, groups))
    return length >= _FEWEST_SIGNS and sum(map(len, odd)) > _ODD * length


def _is_sound(group: str) -> bool:
    """Whether it is a word with stops at most, or an amount, a date, a telephone number."""
    if any(map(str.isalpha, group)):
        return sum(map(str.isalnum, group)) >= _MARKED * len(group)
    return _FIGURES.fullmatch(group) is not None


def _has_odd_letters(text: str) -> bool:
    """Whether there are more accents on Latin letters than any language writes."""
    odd = len(_ACCENTED.findall(text))
    return odd > _ODD * (odd + len(_LATIN.findall(text))) and odd >= _FEWEST_SIGNS
