"""Countries by name, by an adjective and by the name of their language: Korean speaks of Korea."""

import re
from functools import cache, lru_cache

from knowledge.grounding.wording import Wording, lower_form, pattern_form

_SPOKEN_IN = {
    "ar": "x-arabic",
    "de": "DE",
    "en": "x-english",
    "es": "ES",
    "fr": "FR",
    "hi": "IN",
    "id": "ID",
    "it": "IT",
    "ja": "JP",
    "ko": "KR",
    "pt": "PT",
    "ru": "RU",
    "th": "TH",
    "tr": "TR",
    "vi": "VN",
}
_LANGUAGES = frozenset(_SPOKEN_IN)
_US = re.compile(r"(?<![A-Za-z$])US(?![A-Za-z$])")
_SELF = frozenset({"CN", "HK", "MO", "TW"})
"""China and its parts are things of the field, in concepts.json."""
_INSIDE = frozenset({"zh", "ja", "ko", "th"})
_STEM = 5
_AMERICA = re.compile(r"americ|amerik|америк|อเมริกา|امريك|mỹ|米")
_COINS = (
    r"dollar|dólar|dolar|доллар|دولار|ดอลลาร์|đô la|ドル|달러|美元|won(?!d)|вон|원|ウォン|yen|иен|円|엔|real(?![a-z])|reais"
    r"|reales|yuan|юан|rupi|peso"
)
_CAPITAL_VI = re.compile(r"(?<!\w)(?:Mỹ|Nga|Pháp|Đức|Nhật)(?!\w)")
_VI_CODES = {"mỹ": "US", "nga": "RU", "pháp": "FR", "đức": "DE", "nhật": "JP"}
"""Names that are common words in small letters."""
_LATIN = re.compile(r"latin|латин|ลาติน|ละติน|لاتين|la.tinh|拉丁|中南|south america|южн\w* америк")


@lru_cache(maxsize=512)
def named_countries(wording: Wording) -> frozenset[str]:
    """Return the ISO codes of the countries that a text names, also by an adjective."""
    spans = territory_spans(wording)
    return frozenset(
        code for start, end in spans for code in _codes(wording.lower[start:end], wording.language)
    )


@lru_cache(maxsize=512)
def territory_spans(wording: Wording) -> tuple[tuple[int, int], ...]:
    """Where names of countries and of languages stand in a text."""
    found = [
        match.span()
        for match in _names(wording.language).finditer(wording.lower)
        if not _is_continent(wording.lower, *match.span())
    ]
    found += [match.span() for match in _US.finditer(wording.text)]
    if wording.language == "vi":
        found += [match.span() for match in _CAPITAL_VI.finditer(wording.text)]
    return tuple(sorted(span for span in set(found) if not _is_money(wording.lower, *span)))


def _is_money(text: str, start: int, end: int) -> bool:
    """Whether the name of a country only says which money is meant: US dollars, Korean won."""
    before, after = text[max(0, start - 10) : start], text[end : end + 10]
    return bool(
        re.search(rf"(?:{_COINS})\w{{0,4}} ?$", before) or re.match(rf"[ -]?(?:{_COINS})", after)
    )


def _is_continent(text: str, start: int, end: int) -> bool:
    """Whether "America" is only a part of the name of Latin America."""
    named = _AMERICA.search(text[start:end])
    return bool(named) and bool(_LATIN.search(text[max(0, start - 14) : end + 14]))


def adjective_codes(word: str, language: str) -> frozenset[str]:
    """The countries that a word may be an adjective of: Brazilian shares its stem with Brazil."""
    if language in _INSIDE or len(word) < _STEM:
        return frozenset()
    shared = {name: _shared(word, name) for name in _territories(language)}
    longest = max(shared.values(), default=0)
    if longest < _STEM:
        return frozenset()
    return frozenset(
        _territories(language)[name] for name, length in shared.items() if length == longest
    )


def _codes(words: str, language: str) -> frozenset[str]:
    """The country of a name that was found; of a language's name the country that speaks it."""
    if words == "us":
        return frozenset({"US"})
    if language == "vi" and words in _VI_CODES:
        return frozenset({_VI_CODES[words]})
    names = _languages(language) | _territories(language)
    longest = max((name for name in names if name in words), key=len, default="")
    code = names.get(longest, "")
    return frozenset({code}) if code else frozenset()


def _shared(one: str, other: str) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


@cache
def _names(language: str) -> re.Pattern[str]:
    listed = sorted({*_territories(language), *_languages(language)}, key=lambda n: (-len(n), n))
    if not listed:
        return re.compile(r"(?!)")
    joined = "|".join(re.escape(name) for name in listed)
    if language in _INSIDE:
        return re.compile(f"(?:{joined})[语文]?")
    lead = "[وف]?[بلك]?(?:ال)?" if language == "ar" else ""
    return re.compile(rf"(?<!\w){lead}(?:{joined})(?:'?\w{{0,4}})?(?!\w)")


_SHORT: dict[str, dict[str, str]] = {
    "en": {
        "usa": "US",
        "u.s.": "US",
        "uk": "GB",
        "america": "US",
        "britain": "GB",
        "korea": "KR",
    },
    "ru": {"сша": "US", "корее": "KR", "корейск": "KR", "америк": "US"},
    "es": {
        "ee. uu.": "US",
        "ee.uu.": "US",
        "eeuu": "US",
        "estadounidense": "US",
        "corean": "KR",
    },
    "zh": {
        "美国": "US",
        "英国": "GB",
        "朝鲜": "KP",
        "印尼": "ID",
        "沙特": "SA",
        "阿联酋": "AE",
    },
    "fr": {"américain": "US", "états-unis": "US", "coréen": "KR", "corée": "KR"},
    "pt": {"eua": "US", "americano": "US", "coreano": "KR", "coreia": "KR"},
    "de": {"us-": "US", "amerikanisch": "US", "korea": "KR", "usa": "US"},
    "ja": {"米国": "US", "米": "US", "韩国": "KR", "英国": "GB"},
    "ko": {"미국": "US", "한국": "KR", "영국": "GB"},
    "id": {"amerika serikat": "US", "as": "US", "korea": "KR"},
    "vi": {"mỹ": "US", "hoa kỳ": "US", "hàn quốc": "KR"},
    "tr": {"abd": "US", "amerika": "US", "güney kore": "KR", "kore": "KR"},
    "ar": {"امريكا": "US", "الولايات المتحده": "US", "كوريا": "KR", "امريكي": "US"},
    "th": {"สหรัฐ": "US", "อเมริกา": "US", "เกาหลี": "KR"},
}
"""What people write instead of a country's name in full."""


@cache
def _territories(language: str) -> dict[str, str]:
    """CLDR's names of the countries, in lower case and without an ending that changes."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    short = _SHORT.get(language, {})
    kept = {
        _root(_written(str(name), language), language): code
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _SELF | {"ZZ", "EU", "UN", "EZ"}  # noqa: PLR2004
    }
    return {
        name: code for name, code in (kept | short).items() if name not in _COMMON.get(language, ())
    }


_COMMON = {
    "ru": ("того",),
    "vi": ("áo", "pháp", "đức", "séc", "ý", "anh", "nga", "mỹ"),
    "en": ("chad", "oman", "jersey", "georgia", "mali", "niger", "guinea"),
    "id": ("oman", "mali", "as"),
    "es": ("mali", "chad"),
    "pt": ("mali", "chade"),
    "tr": ("mali", "çad", "fas", "peru"),
    "fr": ("mali", "tchad"),
    "de": ("mali", "oman", "polen"),
    "th": ("ลาว", "ชาด", "มาลี"),
    "ja": ("米",),
    "ko": ("오만", "말리", "차드", "수단", "가나", "이란", "토고", "페루", "기니", "모나코"),
    "zh": ("乍得", "马里"),
    "ar": ("مالي", "عمان", "ايران", "بنين", "تركيا", "توغو"),
}
"""Names that are common words or syllables too; subjects.py tells them apart where it can."""


@cache
def _languages(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language).languages
    except (UnknownLocaleError, ValueError):
        return {}
    found = {
        _root(_written(str(name), language), language): _SPOKEN_IN.get(code, "")
        for code, name in names.items()
        if code in _LANGUAGES
    }
    if language != "zh":
        return found
    return found | {f"{name.removesuffix('语')}文": code for name, code in found.items()}


def _written(name: str, language: str) -> str:
    return lower_form(pattern_form(name, language), language)


def _root(name: str, language: str) -> str:
    """A name without the vowel or the two letters that change with its case."""
    if language in _INSIDE or len(name) <= _STEM:
        return name
    return (
        name[:-2]
        if language == "ru" and len(name) > _STEM + 2
        else name[:-1]
        if language in {"ru", "tr"}
        else name
    )
