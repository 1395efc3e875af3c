"""Words that deny, forbid, allow, demand, release or restrict, in each language.

The kinds are those of operators.json: ``no``, ``bar`` (may not), ``may``, ``must``, ``spare`` (need
not), ``without``, ``only``, ``unless``, ``except``, ``if``, ``all``, and what weakens a statement:
``forecast``, ``estimate``, ``plan``, ``allege``, ``usual``. ``neutral`` are idioms that only look
like one: not more than, visa-free.
"""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.grounding.tables import load_table
from knowledge.grounding.wording import Wording, pattern_form

_INSIDE = frozenset({"zh", "ja", "ko", "th"})
_NEUTRAL = "neutral"
_REACH = {"zh": 3, "ja": 10, "ko": 12, "th": 24}
_FAR = 40
_NEAR = 12
_AFTER = frozenset({"ja", "ko", "tr", "de"})
"""Languages whose denial may stand after what it denies."""
_FORCEFUL = (_NEUTRAL, "spare", "bar", "must", "may", "without", "unless", "no")
_SUMMING = frozenset({"都", "均"})
_CLAUSE = re.compile(r"[,;:。!?\n]")
_LISTED = re.compile(r"[、和与及或]|两个|两者|双方")
_UNIVERSAL = re.compile(r"所有|任何|全部|一切|凡|每|各类")
_DENIED = {"may": "bar", "must": "spare", "bar": "may", "spare": "must"}
WEAKENING = ("forecast", "estimate", "plan", "allege", "usual")


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that changes what is said, and where it stands."""

    kind: str
    start: int
    end: int


def read_marks(wording: Wording) -> tuple[Mark, ...]:
    """Return the marks of a text in order; a longer one goes before a shorter one inside it."""
    found = [
        Mark(kind, match.start(), match.end())
        for kind, pattern in _patterns(wording.language)
        for match in pattern.finditer(wording.lower)
        if match.end() > match.start()
    ]
    found.sort(key=lambda mark: (mark.start, -mark.end, _rank(mark.kind)))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end or _stands_with(mark, kept):
            kept.append(mark)
    return tuple(
        mark for mark in kept if mark.kind != _NEUTRAL and not _is_of_a_list(mark, wording)
    )


def _is_of_a_list(mark: Mark, wording: Wording) -> bool:
    """Whether a Chinese "all" only sums up what was just listed: 甲、乙和丙都, each of the three."""
    if mark.kind != "all" or wording.lower[mark.start : mark.end] not in _SUMMING:
        return False
    listed = _CLAUSE.split(wording.lower[: mark.start])[-1]
    return bool(_LISTED.search(listed)) and not _UNIVERSAL.search(listed)


def _stands_with(mark: Mark, kept: list[Mark]) -> bool:
    """Whether a word says two things, as until does; of two forces it has the first."""
    here = [one for one in kept if (one.start, one.end) == (mark.start, mark.end)]
    forceful = any(one.kind in _FORCEFUL for one in here)
    return bool(here) and not (forceful and mark.kind in _FORCEFUL)


def _rank(kind: str) -> int:
    return _FORCEFUL.index(kind) if kind in _FORCEFUL else len(_FORCEFUL)


def is_judged(language: str) -> bool:
    """Whether the operators of a language are known."""
    return language in load_table("operators")


def combine(marks: tuple[Mark, ...], language: str) -> tuple[Mark, ...]:
    """Join a denial with what it denies: not allowed is forbidden, not required is spared."""
    joined = list(marks)
    index = 0
    while index < len(joined):
        partner = _partner(joined, index, language)
        if partner is None:
            index += 1
            continue
        one, other = joined[index], joined[partner]
        kind = _DENIED[other.kind]
        joined[index] = Mark(kind, min(one.start, other.start), max(one.end, other.end))
        del joined[partner]
        joined.sort(key=lambda mark: mark.start)
        index = 0
    return tuple(joined)


def _partner(marks: list[Mark], index: int, language: str) -> int | None:
    """The mark that the denial at ``index`` denies, if it is near enough."""
    if marks[index].kind != "no":
        return None
    reach = _REACH.get(language, _FAR)
    for other, mark in enumerate(marks):
        if mark.kind not in _DENIED:
            continue
        reach = reach if mark.kind in {"may", "must"} else min(reach // 3, _NEAR)
        follows = 0 <= mark.start - marks[index].end <= reach
        precedes = 0 <= marks[index].start - mark.end <= (_FAR if language == "de" else reach)
        if follows or (precedes and language in _AFTER):
            return other
    return None


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = load_table("operators").get(language, {})
    lead, edge = ("", "") if language in _INSIDE else (r"(?<!\w)", r"(?!\w)")
    if language == "ar":
        lead = r"(?<!\w)[وف]?"
    return tuple(
        (kind, re.compile(f"{lead}(?:{pattern_form(written, language)}){edge}"))
        for kind, written in table.items()
    )
