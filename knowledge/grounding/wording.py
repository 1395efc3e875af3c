"""One form of a text for comparing: compatibility form, simplified, plain digits, lower case."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language import base
from knowledge.normalisation import fold

_PLAIN = str.maketrans(
    {"–": "-", "−": "-", "‑": "-", "’": "'", "‘": "'", "٪": "%", "٫": ".", "٬": ",", "،": ","}
    | {"؛": ";", "؟": "?", "〜": "-", "～": "-", "。": "。", "·": "·", "﹪": "%"},
)
_ARABIC = str.maketrans("أإآٱىةئؤ", "ااااىهءو")
_ARABIC_YA = str.maketrans({"ى": "ي", "ـ": None})
_UNSPACED = frozenset({"zh", "ja", "th", "ko"})
"""Languages whose words are found without looking for their edges; Korean joins its nouns."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text made comparable: ``text`` keeps its capitals, ``lower`` has the same length."""

    text: str
    lower: str
    language: str

    @property
    def unspaced(self) -> bool:
        """Whether words are not told apart by spaces."""
        return self.language in _UNSPACED


@lru_cache(maxsize=512)
def compare_form(text: str, language: str) -> Wording:
    """Return ``text`` as this package compares it; ``language`` is BCP 47."""
    spoken = base(language)
    plain = plain_form(text)
    if spoken == "ar":
        plain = _bare_arabic(plain)
    return Wording(plain, lower_form(plain, spoken), spoken)


def plain_form(text: str) -> str:
    """Compatibility form in simplified characters with ASCII digits and plain punctuation."""
    folded = fold("".join(_digit(character) for character in text)).translate(_PLAIN)
    visible = "".join(c for c in folded if unicodedata.category(c) != "Cf")
    return re.sub(r"[^\S\n]+", " ", visible)


def lower_form(text: str, language: str) -> str:
    """Lower case, one character for one; Russian ё is е, and Turkish I is ı before small letters."""
    if language == "tr":
        text = re.sub(r"I(?=[a-zçğıöşü])|(?<=[a-zçğıöşü])I", "ı", text.replace("İ", "i"))
    lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered.replace("ё", "е") if language == "ru" else lowered


def pattern_form(pattern: str, language: str) -> str:
    """A pattern or a term of our tables, written as :func:`compare_form` writes texts."""
    folded = fold(pattern)
    if language == "ar":
        folded = _bare_arabic(folded)
    return folded.replace("ё", "е") if language == "ru" else folded


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _bare_arabic(text: str) -> str:
    """Without vowel signs, with one alef, one ya and one ta; hamza seats are dropped."""
    bare = "".join(c for c in text if not unicodedata.combining(c))
    return bare.translate(_ARABIC).translate(_ARABIC_YA)
