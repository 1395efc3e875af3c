"""What exactly a text speaks of: countries, places, platforms, visa classes, years.

An answer about one of them does not answer for another, however alike the words are. The names of
countries are those of CLDR (through Babel) in each language; the rest stands in names.json.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from knowledge.language import base
from knowledge.normalisation import fold
from knowledge.policy_time import asked_years

_SKIPPED = {"CN", "HK", "MO", "TW", "ZZ", "QO", "EU", "EZ", "UN", "GE", "JE", "TD", "ML", "OM"}
"""China itself (every rule here is about it), what names.json has as a place, groups, and names
that are common words or syllables: Georgia, Jersey, Chad, Mali and Oman stand inside other words.
"""
_SHORT_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "zh": {
        "US": ("美国",),
        "GB": ("英国",),
        "AE": ("阿联酋",),
        "KR": ("韩国",),
        "KP": ("朝鲜",),
        "ID": ("印尼",),
        "SA": ("沙特",),
    },
    "en": {
        "US": ("the us", "in us", "u.s.", "usa", "america"),
        "GB": ("uk", "u.k.", "britain", "england"),
        "AE": ("uae",),
        "KR": ("korea",),
        "CZ": ("czech republic",),
        "TR": ("turkey",),
    },
    "ru": {"US": ("сша", "америка"), "KR": ("корея",), "GB": ("англия",)},
    "es": {
        "US": ("ee. uu.", "eeuu", "ee.uu."),
        "KR": ("corea",),
        "GB": ("inglaterra",),
    },
}
_COMMON_WORDS = {
    "ru": {"TG"},
    "uk": {"TG"},
    "vi": {"AT", "CZ", "DE", "FR"},
}
"""Names that are everyday words in a language: того, pháp (law), đức (virtue), áo (clothes)."""
_DOLLARS = re.compile(r"(?<!\w)u\.?s\.?[\s-]*(?:dollars?\b|\$)")
_UNSPACED = {"zh", "ja", "ko", "th"}
_INFLECTED = {"ru", "uk", "pl"}
_STEM = 4
_VOWELS = "аяеийьыaeiouy"
_ENDINGS = {"ru": r"\w{0,3}", "uk": r"\w{0,3}", "tr": r"(?:['’]\w+)?", "en": r"(?:['’]s)?"}
_VISA = re.compile(
    r"(?<![a-z0-9-])([a-z])[12]?\s*[-/]?\s*(?:字|类|签|visas?\b|виз|visad)"
    r"|(?:visas?|визу|визе|виза|визой|визы|visados?|签证)\s+(?:de\s+)?(?:tipo\s+|типа\s+|class\s+)?"
    r"([a-z])[12]?(?![a-z0-9'’])",
)
_NOT_CLASSES = {"a", "i", "e", "y", "o"}
"""English and Spanish words of one letter."""


def subjects(text: str, language: str) -> frozenset[str]:
    """Return what ``text`` names, as tags such as ``country:IN``, ``place:beijing``, ``visa:f``."""
    folded = fold(text)
    return frozenset(
        (
            *(f"country:{code}" for code in countries(folded, language)),
            *_named(folded.lower()),
            *(f"visa:{letter}" for letter in _visa_classes(folded.lower())),
            *(f"year:{year}" for year in asked_years(folded)),
        )
    )


def countries(text: str, language: str) -> frozenset[str]:
    """Return the ISO codes of the countries that ``text`` names, in its language or in English."""
    lowered = _DOLLARS.sub(" ", f" {text.lower()} ")
    found: set[str] = set()
    for spoken in dict.fromkeys((base(language), "en")):
        for pattern, code in _patterns(spoken):
            # A longer name is tried first and taken out: 印度 is not named by 印度尼西亚.
            lowered, times = pattern.subn(" ", lowered)
            found |= {code} if times else set()
    return frozenset(found)


def _named(lowered: str) -> Iterator[str]:
    for pattern, tag in _name_patterns():
        if pattern.search(lowered):
            yield tag


def _visa_classes(lowered: str) -> frozenset[str]:
    letters = {one or other for one, other in _VISA.findall(lowered)}
    return frozenset(letters - _NOT_CLASSES)


@cache
def _name_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    stored = json.loads(files("knowledge").joinpath("names.json").read_text(encoding="utf-8"))
    return tuple(
        (re.compile("|".join(_as_name(name) for name in names)), f"{kind}:{key}")
        for kind, entries in stored.items()
        for key, names in entries.items()
        if names
    )


def _as_name(name: str) -> str:
    """Chinese names anywhere; Russian ones with any ending; others as whole words."""
    if re.match(r"[\u4e00-\u9fff]", name):
        return re.escape(name)
    ending = r"\w{0,3}" if re.match(r"[а-я]", name) else ""
    # \b is no boundary between Latin letters and Han characters.
    return rf"(?<![a-zа-я]){re.escape(name)}{ending}(?![a-zа-я])"


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """How each country is written in a language, longer names first."""
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return ()
    names = {code: [str(name)] for code, name in territories.items() if len(code) == 2}  # noqa: PLR2004 - ISO 3166 alpha-2
    for code, short in _SHORT_NAMES.get(language, {}).items():
        names.setdefault(code, []).extend(short)
    written = [(name, code) for code, forms in names.items() for name in forms]
    return tuple(
        (_pattern(name.lower(), language), code)
        for name, code in sorted(written, key=lambda pair: (-len(pair[0]), pair))
        if code not in _SKIPPED | _COMMON_WORDS.get(language, set())
    )


def _pattern(name: str, language: str) -> re.Pattern[str]:
    if not name.isascii() and language in _UNSPACED:
        return re.compile(re.escape(name))
    if language in _INFLECTED and len(name) >= _STEM + 1 and name[-1] in _VOWELS:
        return re.compile(rf"(?<!\w){re.escape(name[:-1])}\w{{0,3}}(?!\w)")
    return re.compile(rf"(?<!\w){re.escape(name)}{_ENDINGS.get(language, '')}(?!\w)")
