"""In which languages with Latin letters a word is usual: what tells the language of a few words.

A detector of letters takes "hola bot" for Portuguese and "thanks" for Dutch. Kept in
language_words.json, which ``python -m benchmarks.fit_words`` writes.
"""

import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("language_words.json")
LEVELS = (0.5, 1.0, 2.0, 4.0, 7.0)
"""How usual the words of each line are; 1 is a word seen once."""
_UNSEEN = 0.3
_MOST = 40
"""Words that are looked up; a text of more says its language in its letters."""
_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = str.maketrans({"ı": "i", "đ": "d", "ß": "ss"})


def words_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(unicodedata.normalize("NFC", text.lower()))


def bare(word: str) -> str:
    """A word without accents."""
    spread = unicodedata.normalize("NFD", word)
    return "".join(one for one in spread if not unicodedata.combining(one)).translate(_ALIKE)


def weigh_words(text: str, languages: Sequence[str]) -> dict[str, float]:
    """How much the words speak for each language, in nats; 0 for all where none is known."""
    known = _read()
    found = [known[word] for word in words_of(text)[:_MOST] if word in known]
    spoken = dict.fromkeys(languages, 0.0)
    for usual in found:
        for language in languages:
            spoken[language] += math.log(usual.get(language, 0.0) + _UNSEEN)
    middle = sum(spoken.values()) / len(spoken)
    return {language: weight - middle for language, weight in spoken.items()}


@cache
def _read() -> Mapping[str, Mapping[str, float]]:
    """How usual a word is, by word and language."""
    known: dict[str, dict[str, float]] = {}
    for language, lines in json.loads(WORDS.read_text("utf-8")).items():
        for level, line in zip(LEVELS, lines, strict=True):
            for word in line.split():
                known.setdefault(word, {})[language] = level
    return known
