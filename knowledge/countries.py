"""Which countries a text names, and whether as a place or as where somebody comes from.

"A Brazilian actor in Shenzhen" and "a game in Brazil" ask for different things. What tells them
apart in each language, and where a name is none (海地 in 上海地区), stands in countries.json.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.country_names import Form, forms, load_countries, simplify
from knowledge.language import base
from knowledge.normalisation import fold
from knowledge.wordings import Wording

_BEFORE, _AFTER = 40, 40
_DOLLARS = re.compile(r"(?<!\w)u\.?s\.?[\s-]*(?:dollars?\b|\$)", re.IGNORECASE)
_ANY = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A country that is named, by its ISO code; ``origin``: as somebody's nationality."""

    code: str
    start: int
    end: int
    origin: bool


def countries(text: str, language: str) -> frozenset[str]:
    """Return the ISO codes of the countries that ``text`` names, in its language or in English."""
    return frozenset(mention.code for mention in mentions(fold(text), language))


def mentions(text: str, language: str) -> tuple[Mention, ...]:
    """Every country that is named, in no order. ``text`` must be folded."""
    text = _DOLLARS.sub(lambda match: " " * len(match.group()), text)
    simple = simplify(text)
    found: list[Mention] = []
    for spoken in dict.fromkeys((base(language), "en")):
        own = spoken == base(language)
        for mention in _mentions(text, simple, spoken, own=own):
            # What a language's own names have taken no English one takes again.
            if not any(mention.start < one.end and one.start < mention.end for one in found):
                found.append(mention)
    return tuple(one for one in found if one.code)


def is_origin(match: re.Match[str], language: str) -> bool:
    """Whether a name found in a simplified text is where somebody comes from."""
    spoken = (base(language), "en")
    return any(_in_role("origin", one, match.string, match) for one in spoken)


def _mentions(text: str, simple: str, language: str, *, own: bool) -> Iterator[Mention]:
    end = 0
    for start, some in forms(language).places(simple):
        if start < end:
            continue
        for form in some:
            match = form.pattern.match(simple, start)
            # In a text of another language an English name is known by its capital.
            if match is None or not (own or text[start].isupper()):
                continue
            if match.group() == "us" and not text[start : match.end()].isupper():
                continue
            trapped = _is_trap(form, language, text, match)
            origin = _in_role("origin", language, simple, match)
            end = match.end()
            yield Mention("" if trapped else form.code, start, end, origin)
            break


def _is_trap(form: Form, language: str, text: str, match: re.Match[str]) -> bool:
    """Whether the name is something else where it stands."""
    simple = match.string
    if form.short and not (text[match.start()].isupper() and _led(_ANY, language, match)):
        return True
    if form.adjective and not _is_country(language, match):
        return True
    for code in (form.code, _ANY) if not form.short else (form.code,):
        before, after = _trap(language, code)
        if before and before.stands_in(_before(simple, match)):
            return True
        if after and after.stands_in(_after(simple, match)):
            return True
    capital = language == "en" and form.code == "TR" and text[match.start()].isupper()
    return not (form.short or form.adjective or capital or _led(form.code, language, match))


def _led(code: str, language: str, match: re.Match[str]) -> bool:
    """Whether a name that needs certain words before it has them."""
    needed = _needed(language, code)
    return needed is None or needed.stands_in(_before(match.string, match))


def _is_country(language: str, match: re.Match[str]) -> bool:
    """Whether an adjective means the country, and not its language."""
    word = match.group()
    if (language == "en" and word.endswith("s") and word != "swiss") or (
        language == "ru" and "ск" not in word
    ):
        return True  # people: Brazilians, бразильцы
    if _in_role("person", language, match.string, match):
        return True
    if _in_role("language", language, match.string, match):
        return False
    needed = _roles(language, "adjective")
    return not needed or _in_role("adjective", language, match.string, match)


def _in_role(role: str, language: str, text: str, match: re.Match[str]) -> bool:
    before, after = _sides(language, role)
    return bool(
        (before and before.stands_in(_before(text, match)))
        or (after and after.stands_in(_after(text, match)))
    )


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _BEFORE) : match.start()]


def _after(text: str, match: re.Match[str]) -> str:
    return text[match.end() : match.end() + _AFTER]


def _roles(language: str, role: str) -> dict[str, str]:
    found: dict[str, str] = load_countries()["roles"].get(language, {}).get(role, {})
    return found


@cache
def _sides(language: str, role: str) -> tuple[Wording | None, Wording | None]:
    return _compiled(_roles(language, role))


@cache
def _trap(language: str, code: str) -> tuple[Wording | None, Wording | None]:
    return _compiled(load_countries()["traps"].get(language, {}).get(code, {}))


@cache
def _needed(language: str, code: str) -> Wording | None:
    needed = load_countries()["traps"].get(language, {}).get(code, {}).get("needs")
    return Wording(needed) if needed else None


def _compiled(sides: dict[str, str]) -> tuple[Wording | None, Wording | None]:
    before, after = sides.get("before"), sides.get("after")
    return (Wording(before) if before else None, Wording(after) if after else None)
