"""Words that join two things: and, or, first and then, before, after; and where they stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from knowledge.grounding.statement import Statement
from knowledge.grounding.tables import concept_group, load_table
from knowledge.grounding.vocabulary import Hit
from knowledge.grounding.wording import pattern_form

_INSIDE = frozenset({"zh", "ja", "ko", "th"})
_TIMES = frozenset({"before_w", "after_w", "first"})
_ARABIC_AND = r"(?<!\w)(?:و(?=\w\w)|مع(?!\w))"
"""Arabic writes its "and" together with the word that follows."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A word that joins, and where it stands."""

    kind: str
    start: int
    end: int


def read_joints(statement: Statement, *kinds: str) -> tuple[Joint, ...]:
    """Return the words of these kinds (rows of relations.json) in order, none inside a term."""
    text, language = statement.wording.lower, statement.wording.language
    found = [
        Joint(kind, match.start(), match.end())
        for kind in kinds
        for match in _pattern(kind, language).finditer(text)
        if not _is_in_term(match, statement)
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def heavy_concepts(hits: Iterable[Hit]) -> frozenset[str]:
    """What some terms name, without the things that any sentence may name."""
    light = concept_group("light")
    return frozenset(one for hit in hits for one in hit.concepts if one not in light | _TIMES)


def _is_in_term(match: re.Match[str], statement: Statement) -> bool:
    """Whether a longer term has the word in it."""
    if statement.wording.language == "ar":
        return False
    return any(
        hit.concepts - _TIMES
        and hit.start <= match.start()
        and match.end() <= hit.end
        and hit.end - hit.start > match.end() - match.start()
        for hit in statement.hits
    )


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    written = pattern_form(load_table("relations")[kind].get(language, "(?!)"), language)
    if language in _INSIDE:
        return re.compile(f"(?:{written})")
    if language == "ar":
        return re.compile(_ARABIC_AND if kind == "and" else rf"(?<!\w)[وف]?(?:{written})(?!\w)")
    if language == "tr" and kind == "before":
        return re.compile(rf"(?:{written})(?!\w)")
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)")
