"""Which things of the field a text names, across languages; and its words that are not known.

A term is found longest first. Where words are told apart by spaces it begins a word, and what may
follow it is the language's endings; in Chinese, Japanese, Thai and Korean it is found anywhere,
in German inside compounds too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from knowledge.grounding.tables import load_table
from knowledge.grounding.wording import Wording, lower_form, pattern_form

_PLURAL = r"(?:s|es|'s|s')?(?!\w)"
_ENDINGS = {
    "ru": r"\w{0,8}(?!\w)",
    "tr": r"\w*(?:'\w+)?",
    "ar": r"\w{0,4}(?!\w)",
    "id": r"(?:nya|kan|an|i|lah|kah)?(?!\w)",
    "vi": r"(?!\w)",
}
_BEGINNINGS = {"ar": r"(?:[وف]?(?:لل|[بلك]?(?:ال)?))"}
_BRIEF = 3
"""Letters up to which a stem takes no ending of any length: al- begins half of Turkish."""
_BRIEF_ENDINGS = {
    "tr": r"(?:[ıiuüaeyns]\w{0,4})?(?!\w)",
    "ru": r"(?:[аоуыэяеюиьй]\w{0,2})?(?!\w)",
}
_INSIDE = frozenset({"zh", "ja", "ko", "th", "de"})
_LATIN = re.compile(r"[a-z0-9][a-z0-9 .-]*")


@dataclass(frozen=True, slots=True)
class Hit:
    """A term in a text: where it stands and the things it may stand for; none: a function word."""

    start: int
    end: int
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Term:
    literal: str
    tail: re.Pattern[str]
    word: bool
    concepts: frozenset[str]


def read_concepts(wording: Wording) -> tuple[Hit, ...]:
    """Return the terms that a text names, in order and not overlapping."""
    return tuple(_scan(wording))


@cache
def function_words(language: str) -> frozenset[str]:
    """Words of a language that say nothing about a subject; empty where none are known."""
    words = load_table("function_words").get(language, "").split()
    return frozenset(lower_form(pattern_form(word, language), language) for word in words)


@cache
def plain_words(language: str) -> re.Pattern[str]:
    """Verbs and nouns that say little, with their endings: lead, bring, remain, case."""
    stems = load_table("plain_stems").get(language, "").split()
    written = sorted({lower_form(pattern_form(one, language), language) for one in stems})
    if not written:
        return re.compile(r"(?!)")
    ending = "" if language == "zh" else r"[^\W\d_]{0,5}"
    return re.compile(rf"(?:{'|'.join(map(re.escape, written))}){ending}")


def _scan(wording: Wording) -> Iterator[Hit]:
    terms, text = _terms(wording.language), wording.lower
    lead, light = _leads(wording.language), _endingless(wording.language)
    position = 0
    while position < len(text):
        hit = _hit_at(text, position, terms, lead, light)
        if hit is None:
            position += 1
        else:
            yield hit
            position = hit.end


def _endingless(language: str) -> frozenset[str]:
    """Function words that a brief stem and an ending may look like."""
    return function_words(language) if language in _BRIEF_ENDINGS else frozenset()


def _is_other_word(word: str, term: _Term, light: frozenset[str]) -> bool:
    """Whether what looks like a brief stem and its ending is a function word: Turkish il and ile."""
    return len(term.literal) <= _BRIEF and word != term.literal and word in light


def _hit_at(
    text: str,
    position: int,
    terms: dict[str, list[_Term]],
    lead: re.Pattern[str] | None,
    light: frozenset[str],
) -> Hit | None:
    after = position > 0 and _is_word(text[position - 1])
    for start in _starts(text, position, lead, inside=after):
        for term in terms.get(text[start], ()):
            if term.word and after:
                continue
            if text.startswith(term.literal, start):
                tail = term.tail.match(text, start + len(term.literal))
                if tail and not (
                    term.word and _is_other_word(text[start : tail.end()], term, light)
                ):
                    return Hit(position, tail.end(), term.concepts)
    return None


def _starts(
    text: str, position: int, lead: re.Pattern[str] | None, *, inside: bool
) -> tuple[int, ...]:
    """Where a term may begin: here, or after an article that is written together with it."""
    if lead is None or inside:
        return (position,)
    match = lead.match(text, position)
    end = match.end() if match else position
    return (position, end) if position < end < len(text) else (position,)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


@cache
def _leads(language: str) -> re.Pattern[str] | None:
    beginning = _BEGINNINGS.get(language)
    return re.compile(beginning) if beginning else None


@cache
def _terms(language: str) -> dict[str, list[_Term]]:
    """The terms of a language by their first letter, longer ones first."""
    meanings: dict[str, set[str]] = {}
    table = load_table("concepts")
    if language in table["languages"]:
        column = table["languages"].index(language)
        for concept, row in table["concepts"].items():
            for term in row[column].split("|"):
                written = lower_form(pattern_form(term, language), language)
                meanings.setdefault(written, set()).add(concept)
        _join_stems(meanings)
    if language in _INSIDE - {"de", "ko"}:
        for word in function_words(language):
            meanings.setdefault(word, set())
    if language == "de":
        for word in function_words(language):
            meanings.setdefault(f"^{word}", set())
    by_letter: dict[str, list[_Term]] = {}
    for term in sorted(meanings, key=lambda one: (-len(one.strip("*^")), one)):
        literal = term.strip("*^")
        if literal:
            made = _make_term(term, language, frozenset(meanings[term]))
            by_letter.setdefault(literal[0], []).append(made)
    return by_letter


def _join_stems(meanings: dict[str, set[str]]) -> None:
    """Give a word and the same letters as a stem (images, image*) all their meanings."""
    for term in list(meanings):
        if f"{term}*" in meanings:
            meanings[f"{term}*"] |= meanings.pop(term)
        for stem in (f"{term[:-1]}*", f"{term[:-2]}*"):
            if stem in meanings and term in meanings:
                meanings[term] |= meanings[stem]


def _make_term(term: str, language: str, concepts: frozenset[str]) -> _Term:
    literal = term.strip("*^")
    latin = bool(_LATIN.fullmatch(literal))
    if language in _INSIDE and not (latin and language != "de"):
        whole = term.startswith("^") or (language == "de" and len(literal) <= _BRIEF)
        return _Term(literal, re.compile(r"(?!\w)" if whole else ""), whole, concepts)
    if language in _INSIDE:
        return _Term(literal, re.compile(r"(?![a-z0-9])"), word=False, concepts=concepts)
    return _Term(literal, re.compile(_tail(term, literal, language)), word=True, concepts=concepts)


def _tail(term: str, literal: str, language: str) -> str:
    if term.endswith("*"):
        return r"\w*(?:'s)?"
    if len(literal) <= _BRIEF and language in _BRIEF_ENDINGS:
        return _BRIEF_ENDINGS[language]
    return _ENDINGS.get(language, _PLURAL)
