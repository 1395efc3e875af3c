"""The numbers that a Chinese and an English text give, made comparable."""

import re
from calendar import month_name
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ingest.numbering import read_numeral

_FIGURE: Final = r"(\d[\d,]*(?:\.\d+)?)"
_CHINESE = re.compile(_FIGURE + r"\s*(万亿|亿|万)?")
_CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十百零]+")
_ENGLISH = re.compile(_FIGURE + r"\s*(thousand|million|billion|trillion)?")
_TIMES: Final = {
    "": 1,
    "thousand": 10**3,
    "万": 10**4,
    "million": 10**6,
    "亿": 10**8,
    "billion": 10**9,
    "trillion": 10**12,
    "万亿": 10**12,
}
_MONTHS: Final = {name: str(number) for number, name in enumerate(month_name) if name}
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_SPELLED: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS: Final = {word: number for number, word in enumerate(_SPELLED, start=1)}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Those written in figures, and those spelled out."""

    written: frozenset[Decimal]
    spelled: frozenset[Decimal]


def chinese_numbers(text: str) -> Numbers:
    """Read 200万 as 2000000 and 四十一 as 41."""
    spelled = (read_numeral(numeral) for numeral in _CHINESE_NUMERAL.findall(text))
    return Numbers(_written(_CHINESE, text), frozenset(map(Decimal, spelled)))


def english_numbers(text: str) -> Numbers:
    """Read 2 million as 2000000, four as 4 and January as 1."""
    spelled = (_WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _WORDS)
    figures = _MONTH.sub(lambda match: _MONTHS[match.group()], text)
    return Numbers(_written(_ENGLISH, figures), frozenset(map(Decimal, spelled)))


def _written(form: re.Pattern[str], text: str) -> frozenset[Decimal]:
    found = form.findall(text)
    return frozenset(Decimal(figure.replace(",", "")) * _TIMES[times] for figure, times in found)
