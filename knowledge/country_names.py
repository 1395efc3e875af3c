"""How the countries are written in a language, in every form that its grammar gives them.

The names are those of CLDR (through Babel); short names, adjectives and words for people stand in
countries.json. A form is a pattern for the whole word, looked at where the word begins as all that
the pattern matches does.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from knowledge.name_index import SPACED_LETTER, UNSPACED_LETTER, NameIndex, stem_of
from knowledge.normalisation import fold

UNSPACED = frozenset({"zh", "ja", "th"})

_ALPHA2 = 2
_SKIPPED = frozenset({"CN", "HK", "MO", "TW", "ZZ", "QO", "EU", "EZ", "UN"})
"""China itself (every rule here is about it), what names.json has as a place, and groups."""
_ABBREVIATIONS = frozenset({"сша", "оаэ", "кндр", "рф"})
_ENDINGS = {
    "ая": "ая|ой|ую|ою",
    "ий": "ий|ого|его|ому|им|ом",
    "ые": "ые|ых|ым|ыми",
    "ие": "ие|их|им|ими",
    "ия": "ия|ии|ию|ией|иею|ий",
    "а": "а|ы|и|е|у|ой|ою|",
    "я": "я|и|е|ю|ей|ею",
    "ь": "ь|я|и|е|ю|ем|ью",
    "ы": "ы|ов|ам|ами|ах|",
}
"""Endings of Russian nouns and adjectives, by that of the nominative."""
_CASES = "|а|у|ом|е|ы|ов|ам|ами|ах"
_INDECLINABLE = tuple("оиуэюеё")
_SUFFIXES = {
    "en": r"(?:['’]s)?",
    "de": r"(?:s|n|ns)?",
    "tr": r"(?:['’]\w+|l[ıiuü]\w{0,6}|[dt][ae]n?|y[ae]|n?[ıiuü]n|[ae])?",
    "uk": r"\w{0,3}",
    "pl": r"\w{0,3}",
}
_ARABIC_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول")
_SYLLABLE = 4
_WORD_LETTERS = rf"^\W{UNSPACED_LETTER}"
"""The letters of words between spaces, as a set; Han, kana and Thai are no part of any."""
_SYLLABLES = "가-힣"
_WORD_ENDS = rf"(?![\d_{SPACED_LETTER}])"
_KATAKANA = "\u30a1-\u30fa\u30fc"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a country; ``adjective`` for "Brazilian", ``short`` for one syllable."""

    regex: str
    stem: str
    written: str
    code: str
    adjective: bool
    short: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern for the whole word."""
        return compiled(self.regex)


# Thousands of forms, of which a text needs a handful: together they take seconds.
compiled = cache(re.compile)


def simplify(text: str) -> str:
    """The form in which names are compared; as long as ``text``, letter by letter."""
    lowered = text.replace("İ", "i").lower()
    if len(lowered) != len(text):
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    for sign, plain in _PLAIN:  # ten times quicker than str.translate
        lowered = lowered.replace(sign, plain)
    return lowered


_PLAIN = (("ё", "е"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("’", "'"))


@cache
def load_countries() -> Mapping[str, Any]:
    """What countries.json holds."""
    stored = files("knowledge").joinpath("countries.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(stored)
    return loaded


@cache
def forms(language: str) -> NameIndex[Form]:
    """The forms of a language, longer names first; none if it is unknown."""
    found = [
        form
        for name, code, adjective in _written(language)
        for form in _forms_of(simplify(fold(name)), code, language, adjective=adjective)
    ]
    found.sort(key=lambda form: (-len(form.written), form.code))
    if language in UNSPACED:
        return NameIndex(found, spaced=False)
    if language == "ko":
        return NameIndex(found, spaced=False, behind=_SYLLABLES)
    begun = [form for form in found if form.stem[:1].isalnum()]
    return NameIndex(begun, spaced=True, behind=_WORD_LETTERS)


def _written(language: str) -> Iterator[tuple[str, str, bool]]:
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return
    stored = load_countries()
    for code, name in territories.items():
        if len(code) == _ALPHA2 and code.isalpha() and code not in _SKIPPED:
            # "Myanmar (Burma)" is written either way.
            yield re.sub(r"\s*[(（].*", "", str(name)), code, False
    for part, adjective in (("names", False), ("demonyms", True)):
        for code, names in stored[part].get(language, {}).items():
            yield from ((name, code, adjective) for name in names)


def _forms_of(name: str, code: str, language: str, *, adjective: bool) -> Iterator[Form]:
    short = language == "vi" and len(name) <= _SYLLABLE
    for written in _prefixed(name) if language == "ar" else (name,):
        pattern = _pattern(written, language, adjective=adjective)
        yield Form(pattern, stem_of(pattern), written, code, adjective, short)


def _prefixed(name: str) -> Iterator[str]:
    """An Arabic name with the article, and the particles that are written onto it."""
    bare = name.removeprefix("ال")
    for prefix in _ARABIC_PREFIXES:
        if bare == name:
            yield prefix + name
        else:
            yield prefix.replace("ل", "لل") + bare if prefix.endswith("ل") else prefix + name
    if bare != name:
        yield bare


def _pattern(name: str, language: str, *, adjective: bool) -> str:
    if language in UNSPACED and not name.isascii():
        literal = re.escape(name)
        katakana = unicodedata.name(name[0], "").startswith("KATAKANA")
        return rf"(?<![{_KATAKANA}]){literal}(?![{_KATAKANA}])" if katakana else literal
    if language == "ko":
        return re.escape(name)
    if adjective:
        return _adjective(name)
    if language == "ru":
        return r"[\s-]".join(_declined(word) for word in re.split(r"[\s-]+", name)) + _WORD_ENDS
    suffix = r"(?:ي|ية|يين|يون|يا)?" if language == "ar" else _SUFFIXES.get(language, "")
    return rf"{re.escape(name)}{suffix}{_WORD_ENDS}"


def _adjective(name: str) -> str:
    """Letters stand for themselves, ``[oa]`` for either, ``*`` for any ending."""
    return (
        re.escape(name).replace(r"\*", r"\w*").replace(r"\[", "[").replace(r"\]", "]") + _WORD_ENDS
    )


def _declined(word: str) -> str:
    if word in _ABBREVIATIONS or word.endswith(_INDECLINABLE):
        return re.escape(word)
    for ending, others in _ENDINGS.items():
        if word.endswith(ending):
            return rf"{re.escape(word.removesuffix(ending))}(?:{others})"
    return rf"{re.escape(word)}(?:{_CASES})"
