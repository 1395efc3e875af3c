"""Dates, months, years, halves and quarters as a text states them, comparable across languages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from knowledge.grounding.measures import (
    CURRENCIES,
    prefix_patterns,
    scale_pattern,
    unit_patterns,
)
from knowledge.grounding.tables import load_table
from knowledge.grounding.wording import Wording, lower_form, pattern_form

_INSIDE = frozenset({"zh", "ja", "ko", "th"})
_BUDDHIST = range(2400, 2700)
_BUDDHIST_ERA = 543
_YEARS = range(1900, 2100)
_MONTHS, _DAYS, _PIVOT = 12, 31, 12
_ISO = re.compile(
    r"(?<![\d.])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?:(?P=s)(?P<d>\d{1,2}))?(?![\d])"
)
_DAY_FIRST = re.compile(
    r"(?<![\d.])(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)"
)
_EAST = re.compile(
    r"(?:(?P<y>\d{4}|[〇零一二三四五六七八九]{4}) ?[年년])?"
    r" ?(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九]) ?(?:月(?!间|活)份?|월)"
    r"(?: ?(?P<d>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?[日号일])?"
)
_EAST_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d|二[〇零][一二三四五六七八九〇零]{2}) ?[年년]")
_VIETNAMESE = re.compile(
    r"(?:ngày )?(?:(?P<d>\d{1,2})(?: |/))?(?:tháng )?(?P<m>\d{1,2})(?:/| năm )(?P<y>\d{4})"
    r"|(?:ngày )?(?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2})|tháng (?P<m3>\d{1,2})(?!\d|/)"
)
_BARE_YEAR = re.compile(
    r"(?:(?<!\w)(?:the year|año|ano de|ano|l'année|année|jahr|tahun|năm|عام|سنه|ปี) ?)?(?<![\d.,/〔\[-])(?P<y>(?:19|20)\d\d|25[4-9]\d)(?![\d/〕]|[.,]\d|-\d{3})(?: (?:года?|году|годом|г\.|yıl\w*))?"
)
_COUNTED = CURRENCIES | {"percent", "day", "wday", "hour", "times"}
_RANGE = re.compile(
    r"[^\w]*(?:to|until|through|up to|till|-|至|到|до|по|a|al|hasta|até|から|より|부터|에서|sampai(?: dengan)?|hingga|s\.d\."
    r"|ถึง(?:วันที่)?|จนถึง(?:วันที่)?|الي|حتي|au|à|jusqu'au|đến|bis(?: zum)?|ile|ila|'?[a-zçğıöşü]{0,5} ?(?:ile|ila))[^\w]*"
    r"(?:the|el|le|dem|ngày|วันที่)?[^\w]*"
)
_CHOICE = re.compile(
    r" ?(?:末|底|말|or|and|或者?|和|或|или|и|o|y|ou|e|または|と|또는|와|과|atau|dan|หรือ|และ|او|و|et|hoặc|và|oder|und|veya|ve)+ ?"
)
_LOWER_IS_NO_MONTH = {"en": frozenset({"may", "march", "mar", "jun", "dec", "sep"})}
_HAN = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as far as a text gives it: 0 is not said. ``relation`` is till, from or neither.

    ``part`` is ``end`` or ``begin`` of the month or year, or ``half1`` … ``quarter4`` of the year.
    """

    year: int
    month: int
    day: int
    start: int
    end: int
    relation: str = ""
    part: str = ""


def read_dates(wording: Wording) -> tuple[DateMention, ...]:
    """Return the dates of a text in order and not overlapping."""
    found = sorted(_candidates(wording), key=lambda one: (one.start, -one.end))
    kept: list[DateMention] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return _in_ranges(wording, [_related(wording, kept, index) for index in range(len(kept))])


def _in_ranges(wording: Wording, dates: list[DateMention]) -> tuple[DateMention, ...]:
    """In "January to August 2025" January is of 2025 too, and in "March or September" as March."""
    for index in range(len(dates) - 1):
        one, other = dates[index], dates[index + 1]
        between = wording.lower[one.end : other.start]
        if _RANGE.fullmatch(between):
            year = one.year or other.year
            dates[index] = replace(one, year=year, relation=one.relation or "from")
            dates[index + 1] = replace(other, year=other.year or year, relation="till")
        elif _CHOICE.fullmatch(between):
            shared = one.part or other.part
            dates[index] = replace(one, part=shared, year=one.year or other.year)
            dates[index + 1] = replace(
                other,
                part=shared,
                year=other.year or one.year,
                relation=other.relation or one.relation,
            )
    return tuple(dates)


def read_periods(wording: Wording) -> tuple[tuple[str, int, int], ...]:
    """Return the halves and quarters of a year that a text names, as ``half1``, start and end."""
    return tuple(
        (f"{kind}{number}", match.start(), match.end())
        for kind, number, pattern in _period_patterns(wording.language)
        for match in pattern.finditer(wording.lower)
    )


def _candidates(wording: Wording) -> Iterator[DateMention]:  # noqa: C901 - one branch a form
    text, language = wording.lower, wording.language
    for pattern in (_ISO, _DAY_FIRST):
        for match in pattern.finditer(text):
            yield from _made(match, match["y"], match["m"], match["d"], language)
    if language in {"zh", "ja", "ko"}:
        yield from _eastern(text, language)
    elif language == "vi":
        for match in _VIETNAMESE.finditer(text):
            month = match["m"] or match["m2"] or match["m3"]
            yield from _made(match, match["y"], month, match["d"] or match["d2"], language)
    else:
        for pattern in _month_patterns(language):
            for match in pattern.finditer(text):
                if _is_common_word(wording, match):
                    continue
                month = str(_month_numbers(language)[match["m"]])
                yield from _made(match, match["y"], month, match["d"], language)
    for match in _BARE_YEAR.finditer(text):
        if not _counts(text, match.start(), match.end(), language):
            yield from _made(match, match["y"], "", "", language)


def _is_common_word(wording: Wording, match: re.Match[str]) -> bool:
    """Whether the name of a month is the verb may or march."""
    ambiguous = _LOWER_IS_NO_MONTH.get(wording.language, frozenset())
    return match["m"] in ambiguous and wording.text[match.start("m")].islower()


def _eastern(text: str, language: str) -> Iterator[DateMention]:
    for pattern in (_EAST, _EAST_YEAR):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            yield from _made(match, parts["y"], parts.get("m"), parts.get("d"), language)


def _made(
    match: re.Match[str], year: str | None, month: str | None, day: str | None, language: str
) -> Iterator[DateMention]:
    y, m, d = (_number(part) for part in (year, month, day))
    if language == "th" and y in _BUDDHIST:
        y -= _BUDDHIST_ERA
    if m <= _MONTHS and d <= _DAYS and (not y or y in _YEARS) and (y or m):
        yield DateMention(y, m, d, match.start(), match.end())


def _number(written: str | None) -> int:
    if not written:
        return 0
    if written.isdigit():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return int(_HAN.get(tens, "1")) * 10 + int(_HAN.get(ones, "0"))
    return int("".join(_HAN[character] for character in written))


def _counts(text: str, start: int, end: int, language: str) -> bool:
    """Whether a number like 2000 counts something: yuan, people, a scale."""
    if scale_pattern(language).match(text, end):
        return True
    if any(
        pattern.search(text[max(0, start - 8) : start]) for _, pattern in prefix_patterns(language)
    ):
        return True
    matches = (
        pattern.match(text, end) for unit, pattern in unit_patterns(language) if unit in _COUNTED
    )
    return any(match and not match.groupdict().get("word") for match in matches)


def _related(wording: Wording, dates: Sequence[DateMention], index: int) -> DateMention:
    date, text = dates[index], wording.lower
    first = dates[index - 1].end if index else 0
    before = re.split(r"[,;:。!?(\[]", text[max(first, date.start - 24) : date.start])[-1]
    after = re.split(r"[,;:。!?)\]]", text[date.end : date.end + 24])[0]
    end, relation, part = date.end, "", ""
    for role in ("end", "begin"):
        found = _relation(wording.language, role, before, after)
        if found:
            part = role
            before, after = (
                (before[: -len(found)], after) if before.endswith(found) else (before, after)
            )
            after = after.removeprefix(found) if after.startswith(found) else after
            break
    for role in ("till", "from"):
        if not relation and _relation(wording.language, role, before, after):
            relation = role
    return DateMention(date.year, date.month, date.day, date.start, end, relation, part)


def _relation(language: str, role: str, before: str, after: str) -> str:
    for side, pattern in _relation_patterns(language).get(role, ()):
        match = pattern.search(before) if side == "before" else pattern.match(after)
        if match:
            return match[0]
    return ""


@cache
def _relation_patterns(language: str) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    listed = load_table("calendar")["relations"].get(language, [])
    patterns: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    inside = language in _INSIDE
    for role, side, written in listed:
        form = pattern_form(written, language)
        if side == "before":
            lead = "" if inside else r"(?<!\w)[وف]?" if language == "ar" else r"(?<!\w)"
            gap = r"[ ]?(?:วันที่|เดือน|ปี|สิ้น)?" if inside else r"(?: (?!\d)[^\W\d]+){0,2}"
            made = rf"{lead}(?:{form}){gap} ?$"
        else:
            lead = r" ?" if inside else r"(?:'?\w{0,5})? ?"
            made = rf"{lead}(?:{form})" + ("" if inside else r"(?!\w)")
        patterns.setdefault(role, []).append((side, re.compile(made)))
    return patterns


@cache
def _month_numbers(language: str) -> dict[str, int]:
    """The names of the months, CLDR's, with the inflected and the short ones."""
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                written = lower_form(pattern_form(str(name), language), language)
                names.setdefault(written.rstrip("."), number)
    if language == "ru":
        names |= {f"{name[:-1]}{end}": n for name, n in list(names.items()) for end in "еюья"}
    return {name: n for name, n in names.items() if len(name) > 2 and not name.isdigit()}  # noqa: PLR2004


@cache
def _month_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    names = sorted(_month_numbers(language), key=lambda name: (-len(name), name))
    if not names:
        return ()
    month = rf"(?P<m>{'|'.join(re.escape(name) for name in names)})\.?"
    if language not in _INSIDE:
        month = (
            rf"(?<!\w){month}(?:'?(?:ın|in|un|ün|da|de|ta|te|dan|den|tan|ten|a|e|ya|ye))?(?!\w)"
            if language == "tr"
            else rf"(?<!\w)(?:[بلوف])?{month}(?!\w)"
            if language == "ar"
            else rf"(?<!\w){month}(?!\w)"
        )
    day = r"(?<![\d.,])(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.?o|°|-?го|\.)?"
    of = r" ?(?:de |del |of |เดือน|من |شهر )*"
    year = r"(?:,? (?:de |del |of |năm |ปี |พ\.ศ\. |ค\.ศ\. |عام |سنه |г\.? )*(?P<y>\d{4})(?: (?:года?|г\.|yıl\w*))?)?"
    return (
        re.compile(rf"(?:{day}{of})?{month}{year}"),
        re.compile(rf"{month} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<y>\d{{4}}))?"),
    )


@cache
def _period_patterns(language: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    lead, edge = ("", "") if language in _INSIDE else (r"(?<!\w)(?:ال|و)?", r"(?!\w)")
    return tuple(
        (kind, number, re.compile(rf"{lead}(?:{pattern_form(written, language)}){edge}"))
        for kind, listed in load_table("calendar")["periods"].get(language, {}).items()
        for number, written in enumerate(listed, start=1)
    )
