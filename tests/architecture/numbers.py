"""The numbers that a text gives, made comparable across languages."""

import re
from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from babel.dates import get_month_names

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


_SCALES: Final[Mapping[str, Mapping[str, int]]] = {
    "zh": {"万亿": 10**12, "萬億": 10**12, "亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4},
    "ja": {"兆": 10**12, "億": 10**8, "万": 10**4},
    "ko": {"조": 10**12, "억": 10**8, "만": 10**4},
    "en": {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3},
    "ru": {"трлн": 10**12, "млрд": 10**9, "млн": 10**6, "тыс": 10**3},
    "es": {"billón": 10**12, "millones": 10**6, "millón": 10**6, "mil": 10**3},
    "pt": {
        "trilhão": 10**12,
        "bilhões": 10**9,
        "bilhão": 10**9,
        "milhões": 10**6,
        "milhão": 10**6,
        "mil": 10**3,
    },
    "id": {"triliun": 10**12, "miliar": 10**9, "juta": 10**6, "ribu": 10**3},
}
_DOT_AND_COMMA: Final = (r"\.", ",")
_MARKS: Final = {
    "ru": ("[ \u00a0]", ","),
    **dict.fromkeys(("es", "pt", "id"), _DOT_AND_COMMA),
}
"""Between thousands and before decimals, where it is not as in English."""
_RULE_NUMBER: Final = re.compile(r"\d[\d.]*/\d{4}")
_KOREAN_ARTICLE: Final = re.compile(r"(제\d+)조")
"""Article 80 is 제80조, and 80 trillion is 80조."""


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


def written_numbers(text: str, language: str) -> frozenset[Decimal]:
    """Read 2 млн, 2 milhões, 200万 and 200만 as 2000000, and a month's name as its number.

    The number of a law, such as 15.211/2025, is read digit by digit: its dot is no mark of
    thousands.
    """
    spoken = language.split("-", maxsplit=1)[0]
    rules = (part for rule in _RULE_NUMBER.findall(text) for part in re.findall(r"\d+", rule))
    text = _KOREAN_ARTICLE.sub(r"\1", _RULE_NUMBER.sub(" ", text))
    for name, number in _months(spoken):
        text = name.sub(number, text)
    between, point = _MARKS.get(spoken, (",", "."))
    form, scales = _form(spoken), _SCALES[spoken]
    return frozenset(map(Decimal, rules)) | {
        Decimal(re.sub(between, "", figure).replace(point, ".")) * scales.get(scale, 1)
        for figure, scale in form.findall(text)
    }


@cache
def _form(spoken: str) -> re.Pattern[str]:
    between, point = _MARKS.get(spoken, (",", "."))
    figure = rf"\d{{1,3}}(?:{between}\d{{3}})+(?!\d)|\d+"
    scales = "|".join(_SCALES[spoken])
    end = "" if spoken in {"zh", "ja", "ko"} else r"(?!\w)"
    return re.compile(rf"((?:{figure})(?:{re.escape(point)}\d+)?)(?:\s*({scales}){end})?")


@cache
def _months(spoken: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    names = get_month_names("wide", context="format", locale=spoken)
    words = {str(number): name for number, name in names.items() if name.isalpha()}
    if spoken == "ru":  # января, январь, январе
        words = {number: rf"{name[:-1]}\w?" for number, name in words.items()}
    return tuple((re.compile(rf"\b{name}\b"), number) for number, name in words.items())


def _written(form: re.Pattern[str], text: str) -> frozenset[Decimal]:
    found = form.findall(text)
    return frozenset(Decimal(figure.replace(",", "")) * _TIMES[times] for figure, times in found)
