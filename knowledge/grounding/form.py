"""What a sentence shown to a customer must not have in it, whatever it says."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from knowledge.grounding.claim import Fault
from knowledge.grounding.tables import load_table
from knowledge.grounding.wording import compare_form

_MARKUP = re.compile(
    r"[*_`#<>|~^{}\\]|\[[^\]]*\]\(|\[\d+\]|【\d+|\]\(|&[a-z]+;|&#\d+;|<\||\|>|:\/\/\s|^\s*[-•·>]|\$\$|={2,}|-{3,}"
)
_BARE_LINK = re.compile(r"(?:javascript|data|file|tg|mailto|ftp):", re.IGNORECASE)
_SHORTEST, _LONGEST = 2, 600
_MOST_SENTENCES = 4
_SENTENCE = re.compile(r"[。！？!?]|\.(?=\s+[A-ZА-ЯÀ-Þ])")
_MIXED = re.compile(
    r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]|[\u0370-\u03ff][A-Za-z]|[A-Za-z][\u0370-\u03ff]"
)
_KEPT_LATIN = re.compile(r"[A-Z]\w*-[\u0400-\u04ff]")


def form_faults(text: str, language: str, source: str) -> Iterator[Fault]:
    """Yield faults of form in a sentence; ``source`` is what it quotes, in which more is allowed."""
    length = len(text.strip())
    if not _SHORTEST <= length <= _LONGEST or len(_SENTENCE.findall(text)) > _MOST_SENTENCES:
        yield Fault.LENGTH
    if not any(character.isalnum() for character in text):
        yield Fault.FORM
    if _has_markup(text, source) or _has_odd_characters(text) or "\n" in text.strip():
        yield Fault.FORM
    lowered = compare_form(text, language).lower
    given = compare_form(source, language).lower
    if _leftovers().search(lowered) or _orders().search(lowered):
        yield Fault.FORM
    if _falsity().search(lowered) and not _falsity().search(given):
        yield Fault.NEGATION
    if _promises(lowered, language) and not _promises(given, language, anywhere=True):
        yield Fault.FORM


def _has_markup(text: str, source: str) -> bool:
    plain = re.sub(r"(?<=\d)~(?=\d)", "-", text)
    found = [*_MARKUP.findall(plain), *_BARE_LINK.findall(plain)]
    return any(mark not in source for mark in found)


def _has_odd_characters(text: str) -> bool:
    """Control and format characters, private use, and words that mix look-alike scripts."""
    categories = {
        unicodedata.category(character) for character in text.strip() if character != "\n"
    }
    if categories & {"Cc", "Cf", "Co", "Cs", "Cn"}:
        return {unicodedata.category(c) for c in text if c not in "\u200c\u200d\n"} & {
            "Cc",
            "Cf",
            "Co",
            "Cs",
            "Cn",
        } != set()
    return bool(_MIXED.search(_KEPT_LATIN.sub(" ", text)))


def _promises(lowered: str, language: str, *, anywhere: bool = False) -> bool:
    table = load_table("form")["promises"]
    spoken = list(table) if anywhere else [compare_form("", language).language]
    return any(_promise(one).search(lowered) for one in spoken if one in table)


@cache
def _promise(language: str) -> re.Pattern[str]:
    written = load_table("form")["promises"][language]
    edge = "" if language in {"zh", "ja", "ko", "th", "ar"} else r"(?<!\w)"
    return re.compile(f"{edge}(?:{written})")


@cache
def _leftovers() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(one) for one in load_table("form")["leftovers"]))


@cache
def _falsity() -> re.Pattern[str]:
    """Words that call all that follows untrue."""
    return re.compile("|".join(load_table("form")["falsity"]))


@cache
def _orders() -> re.Pattern[str]:
    return re.compile("|".join(load_table("form")["orders"]))
