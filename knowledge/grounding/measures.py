"""What stands around a number: its scale, its unit or currency, its bound, and what it is per."""

import re
from functools import cache

from knowledge.grounding.tables import load_table
from knowledge.grounding.wording import pattern_form

_INSIDE = frozenset({"zh", "ja", "ko", "th"})
_EDGE = r"(?![^\W\d_])"
_GAP = (
    r"(?: (?:the|an?|of|about|total|around|el|la|los|las|del?|unos|unas|os?|as|uma?|les?|des|une?|d'|der|die|das|den|dem"
    r"|eine?|einen|von|zu|чем|на|срок|сумму|là|mức|sekitar|dari|من|مبلغ|age|edad|idade))*"
)
_GAP_EAST = r"(?:[为是有约达个的至处]|罚款|罚金|罚|奖励|资助|补贴|补助|给予|处以|奖|不会|可|人民币|美元|为期|ไม่เกิน|ถึง|ที่|เป็น|จำนวน|ประมาณ| )*"
"""What may stand between the words for a bound and its number."""
_BETWEEN = {"es": r"(?: de)?", "pt": r"(?: de)?", "fr": r"(?: d[e'])?", "vi": "", "ar": r"(?: من)?"}
_GUARDS = {"조": r"(?=\s?(?:원|위안|달러|엔|유로))"}
"""Korean 조 is a trillion before a currency and an article after a number of one."""
CURRENCIES = frozenset(
    (
        "CNY",
        "USD",
        "JPY",
        "KRW",
        "EUR",
        "GBP",
        "BRL",
        "HKD",
        "IDR",
        "VND",
        "THB",
        "INR",
        "RUB",
        "TRY",
        "MOP",
        "TWD",
        "SAR",
        "CNYJPY",
    )
)


@cache
def scale_pattern(language: str) -> re.Pattern[str]:
    """The words that multiply a number, at the place where they stand after it."""
    words = sorted(scale_values(language), key=lambda word: (-len(word), word))
    if not words:
        return re.compile(r"(?P<scale>(?!))")
    long = "|".join(
        re.escape(word) + _GUARDS.get(word, "")
        for word in words
        if len(word) > 1 or language in _INSIDE
    )
    brief = "|".join(re.escape(w) for w in words if len(w) == 1 and language not in _INSIDE)
    edge = "" if language in _INSIDE else _EDGE
    direct = f"|(?P<brief>{brief}){_EDGE}" if brief else ""
    return re.compile(rf"(?: ?-?(?P<scale>{long}){edge}{direct})")


@cache
def scale_values(language: str) -> dict[str, int]:
    """What each scale multiplies by."""
    scales = load_table("quantities")["scales"].get(language, {})
    return {pattern_form(word, language): int(value) for word, value in scales.items()}


@cache
def unit_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The units, each at the place where it stands after a number; working days before days."""
    edge = "" if language in _INSIDE else r"(?![^\W\d_])"
    word = "" if language in _INSIDE else r" (?P<word>[^\W\d_]+)"
    between = _BETWEEN.get(language, "")
    listed = load_table("quantities")["units"].get(language, [])
    return tuple(
        (
            unit,
            re.compile(
                rf"{between}(?:[ -]?(?:{_open(written)})|{word} (?:{_open(written)})){edge}"
                if unit not in CURRENCIES and unit != "percent" and word
                else rf"[多余]?{between}[ -]?(?:{_open(written)}){edge if unit != 'percent' else ''}"
            ),
        )
        for unit, written in ((unit, pattern_form(text, language)) for unit, text in listed)
    )


def _open(written: str) -> str:
    """Hyphens that begin a unit (``-day``) stand for the gap."""
    return "|".join(part.removeprefix("-") for part in _split(written))


def _split(pattern: str) -> list[str]:
    """The alternatives of a pattern, those inside brackets left together."""
    parts, depth, start = [], 0, 0
    for position, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append(pattern[start:position])
            start = position + 1
    return [*parts, pattern[start:]]


@cache
def prefix_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Currencies and per cent signs that stand before a number, at the end of what precedes it."""
    table = load_table("quantities")["prefixes"]
    listed = [*table["*"], *table.get(language, [])]
    return tuple(
        (unit, re.compile(rf"(?:(?<![^\W\d_])|(?<=[\u0e00-\u9fff가-힣]))(?:{written}) ?$"))
        for unit, written in listed
    )


@cache
def bound_patterns(language: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Bounds: at the end of what precedes a number, or at the beginning of what follows it."""
    listed = load_table("quantities")["bounds"].get(language, [])
    return tuple(
        (code, side, re.compile(_placed(pattern_form(written, language), side, language)))
        for code, side, written in listed
    )


def _placed(written: str, side: str, language: str) -> str:
    if side == "before":
        gap = _GAP_EAST if language in _INSIDE else _GAP
        lead = "" if language in _INSIDE else r"(?<![^\W\d_])"
        lead += "[وف]?" if language == "ar" else ""
        return rf"{lead}(?:{written}){gap} ?$"
    edge = "" if language in _INSIDE | {"tr"} else r"(?![^\W\d_])"
    gap = r"[^\d,;。]{0,2}?" if language in _INSIDE else r"(?: [^\W\d]+\b){0,2}?"
    return rf"^{gap}[ ]?(?:{written}){edge}"


@cache
def pair_pattern(language: str) -> re.Pattern[str]:
    """The words for one or two days."""
    written = load_table("quantities")["pairs"].get(language, r"(?!)")
    edge = "" if language in _INSIDE else r"(?![^\W\d_])"
    lead = "" if language in _INSIDE else r"(?<![^\W\d_])"
    return re.compile(rf"{lead}(?:{pattern_form(written, language)}){edge}")


@cache
def rate_patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Words that say what an amount is for each of: a year, an hour, an item."""
    lead, edge = ("", "") if language in _INSIDE else (r"(?<![^\W\d_])", r"(?![^\W\d_])")
    listed = load_table("quantities")["per"].get(language, {})
    return tuple(
        (unit, re.compile(rf"{lead}(?:{pattern_form(written, language)}){edge}"))
        for unit, written in listed.items()
    )
