"""What exactly a text speaks of: countries, places, platforms, visa classes, tiers, years.

An answer about one of them does not answer for another, however alike the words are. Countries are
found by :mod:`knowledge.countries`; the rest stands in names.json by kind and key. There ``*`` is
any ending of a word; the names in Han, kana, Hangul and Thai count wherever they stand.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from knowledge.countries import countries, is_origin, mentions
from knowledge.country_names import compiled, simplify
from knowledge.name_index import SPACED_LETTER, NameIndex, stem_of
from knowledge.normalisation import fold
from knowledge.policy_time import asked_years
from knowledge.wordings import Wording

__all__ = ["Named", "countries", "name_subjects", "names_of", "subjects"]

_LETTER = r"[^\W\d_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
_VISA = Wording(
    rf"(?<!{_LETTER})(?<![-\d])([a-z])[12]?\s*[-/]?\s*(?:字|类签|签|查证|ビザ|비자|วีซ่า|visas?\b|vize|виз|visad|visto)"
    rf"|(?<!{_LETTER})(?:visas?|визу|визе|виза|визы|визой|visados?|vistos?|visum|签证|查证|ビザ|비자|วีซ่า|تأشيرة"
    r"|thị thực)\s*(?:(?:de|loại|نوع|من|tipo|типа|class|kategori|type|typ)\s+|ประเภท\s*){0,2}"
    rf"(?<![a-z])([a-z])[12]?(?!{_LETTER}|\d|['’])",
)
_CLASS = Wording(
    r"(?<![a-z0-9])([abc])\s*(?:类(?!签)|등급|クラス|ประเภท)(?!字)"
    r"|(?:\bclass|\bcategory|категори\w+|\bcategor[ií]a|\bclase|\bkategorie|\bcatégorie|\bkelas|\bhạng"
    r"|\bkategori|\bclasse|ประเภท|فئة)\s+[\"“«]?([abcавс])(?![\w'’])"
)
_CYRILLIC = str.maketrans("авс", "abc")
_NOT_CLASSES = frozenset("aieyo")
"""Words of one letter in English, Spanish and Portuguese."""
_ANYWHERE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_BETWEEN = re.compile(
    r"[\s、,，·・/&]*(?:(?:and|or|和|与|及|或|跟|и|или|y|e|o|u|ou|et|und|oder|dan|atau|và|hoặc|ve|veya"
    r"|や|と|와|과|및|และ|หรือ|و|أو)?\s*)(?:the|la|el|le|de|из|в)?\s*"
)
"""What stands between the parts of an enumeration."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names, as tags such as ``country:IN``, ``place:beijing``, ``visa:f``.

    ``origins`` are those of its countries and places that are only where somebody comes from.
    """

    tags: frozenset[str]
    origins: frozenset[str]

    def of_kind(self, tag: str) -> frozenset[str]:
        """Those of the same kind as a tag, itself too."""
        kind = tag.partition(":")[0]
        return frozenset(one for one in self.tags if one.startswith(f"{kind}:"))


def subjects(text: str, language: str) -> frozenset[str]:
    """Return the tags of everything that ``text`` names."""
    return name_subjects(text, language).tags


@lru_cache(maxsize=4096)
def name_subjects(text: str, language: str) -> Named:
    """Return what ``text`` names, and which of it is somebody's origin."""
    folded = fold(text)
    simple = simplify(folded)
    places: dict[str, list[bool]] = defaultdict(list)
    for tag, origin in _together(
        simple, [*_of_countries(folded, language), *_of_names(folded, simple, language)]
    ):
        places[tag].append(origin)
    others = (
        *(f"visa:{letter}" for letter in _letters(_VISA, simple) - _NOT_CLASSES),
        *(f"class:{letter}" for letter in _letters(_CLASS, simple)),
        *(f"year:{year}" for year in asked_years(folded)),
    )
    origins = frozenset(tag for tag, roles in places.items() if all(roles))
    return Named(frozenset((*places, *others)), origins)


@dataclass(frozen=True, slots=True, order=True)
class _Mention:
    start: int
    end: int
    tag: str
    origin: bool


def _together(simple: str, found: Sequence[_Mention]) -> Iterator[tuple[str, bool]]:
    """Tags with their roles; what is enumerated shares one: actors from Korea, Japan or China."""
    listed: list[_Mention] = []
    for one in sorted(found):
        if listed and not _BETWEEN.fullmatch(simple[listed[-1].end : one.start]):
            yield from _same_role(listed)
            listed = []
        listed.append(one)
    yield from _same_role(listed)


def _same_role(listed: Sequence[_Mention]) -> Iterator[tuple[str, bool]]:
    origin = any(one.origin for one in listed)
    yield from ((one.tag, origin) for one in listed)


def _of_countries(folded: str, language: str) -> Iterator[_Mention]:
    for one in mentions(folded, language):
        yield _Mention(one.start, one.end, f"country:{one.code}", one.origin)


def _of_names(folded: str, simple: str, language: str) -> Iterator[_Mention]:
    for tag, match in _named(folded, simple):
        yield _Mention(match.start(), match.end(), tag, is_origin(match, language))


def _named(folded: str, simple: str) -> Iterator[tuple[str, re.Match[str]]]:
    for names in _load_names():
        for start, some in names.places(simple):
            for name in some:
                match = compiled(name.regex).match(simple, start)
                # "EU" in capitals is no Portuguese "I".
                if match and name.capitals in {"", folded[start : match.end()]}:
                    yield name.tag, match


def _letters(wording: Wording, simple: str) -> frozenset[str]:
    return frozenset((one or other).translate(_CYRILLIC) for one, other in wording.find_all(simple))


@dataclass(frozen=True, slots=True)
class _Name:
    """A name; ``capitals``: how one in capitals is written, "" for the others."""

    regex: str
    stem: str
    written: str
    tag: str
    capitals: str


@cache
def names_of(tag: str) -> tuple[str, ...]:
    """The names under a tag such as ``place:beijing``, as they are stored; none for another."""
    kind, _, key = tag.partition(":")
    return tuple(_stored_names().get(kind, {}).get(key, ()))


@cache
def _stored_names() -> Mapping[str, Mapping[str, list[str]]]:
    stored: Mapping[str, Mapping[str, list[str]]] = json.loads(
        files("knowledge").joinpath("names.json").read_text(encoding="utf-8")
    )
    return stored


@cache
def _load_names() -> tuple[NameIndex[_Name], ...]:
    """The names that count wherever they stand, and those that are whole words."""
    found = [
        _read_name(fold(name), f"{kind}:{key}")
        for kind, entries in _stored_names().items()
        for key, names in entries.items()
        for name in names
    ]
    words = [name for name in found if not _ANYWHERE.match(name.written)]
    others = [name for name in found if _ANYWHERE.match(name.written)]
    return NameIndex(others, spaced=False), NameIndex(words, spaced=True)


def _read_name(name: str, tag: str) -> _Name:
    written = simplify(name)
    regex = _as_name(written)
    return _Name(regex, stem_of(regex), written, tag, name * (name != name.lower()))


def _as_name(name: str) -> str:
    """Chinese names anywhere; Russian ones with any ending; others as whole words."""
    literal = re.escape(name).replace(r"\*", r"\w*")
    if _ANYWHERE.match(name):
        return literal.removesuffix(r"\w*")
    ending = r"\w{0,3}" if re.match(r"[а-я]", name) and len(name) > 2 and "*" not in name else ""  # noqa: PLR2004 - no abbreviation
    # \b is no boundary between Latin letters and Han characters.
    return rf"(?<![{SPACED_LETTER}]){literal}{ending}(?![{SPACED_LETTER}])"
