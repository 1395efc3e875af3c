"""Whether the marks of a translation stand where what they stand for belongs.

Two amounts that have changed places are found by their order, a date and an amount are not: they
may follow one another in either order. Two things tell. Where both texts have as many sentences, a
part stays in its sentence. Within one, the words around a mark say what belongs there: a date
stands behind "by", an amount behind "pay" (``cues.json``: for each language and kind the words
before or behind the place ``_``; ``*`` stands for any ending). Only when the other way round would
fit better is a translation refused, so a language or a wording that has no cue is left alone.
"""

import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Final

from knowledge.language import base
from knowledge.spans import split_sentences

_MARK: Final = re.compile(r"⟦(\d{1,3})⟧")
_DENSE: Final = frozenset({"zh", "ja", "ko", "th"})
# The kinds of locks that have cues; an hour stands where a date could.
_KINDS: Final = {
    "date": "date",
    "hour": "date",
    "amount": "amount",
    "rule": "rule",
    "address": "reach",
    "person": "reach",
}
_BREAK: Final = re.compile(r"[,;.!?，；。！？、\n]")
# How far a cue may be from its mark: words, or characters where words are written together.
_WORDS: Final = 3
_CHARACTERS: Final = 6


def misplaced(text: str, translation: str, kinds: Sequence[str], into: str) -> bool:
    """Whether marks have moved where they do not belong; both texts have each mark once."""
    known = {number: _KINDS[kind] for number, kind in enumerate(kinds, 1) if kind in _KINDS}
    if _changes_sentence(text, translation, known):
        return True
    slots = dict(_slots(translation, base(into)))
    for one, other in combinations(known, 2):
        here, there = known[one], known[other]
        as_it_is = _fit(slots[one], here) + _fit(slots[other], there)
        exchanged = _fit(slots[one], there) + _fit(slots[other], here)
        if exchanged > as_it_is:
            return True
    return False


def _changes_sentence(text: str, translation: str, known: Container[int]) -> bool:
    ours, theirs = _by_sentence(text, known), _by_sentence(translation, known)
    return len(ours) == len(theirs) and ours != theirs


def _by_sentence(text: str, known: Container[int]) -> list[frozenset[int]]:
    found = [map(int, _MARK.findall(span.of(text))) for span in split_sentences(text)]
    return [frozenset(number for number in numbers if number in known) for numbers in found]


def _slots(text: str, language: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each mark with the kinds that the words before and behind it call for."""
    lowered = text.lower()
    marks = list(_MARK.finditer(lowered))
    edges = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(lowered)]
    for number, mark in enumerate(marks):
        before = _BREAK.split(lowered[edges[number] : mark.start()])[-1]
        behind = _BREAK.split(lowered[mark.end() : ends[number + 1]])[0]
        found = (_nearest(before, language, behind=False), _nearest(behind, language, behind=True))
        yield int(mark[1]), tuple(kind for kind in found if kind)


def _nearest(words: str, language: str, *, behind: bool) -> str:
    """Return the kind of the cue that is nearest to the mark, of several the longest; "" if none.

    ``words`` stand behind the mark, or before it.
    """
    best, found = (-1, 0), ""
    for kind, pattern in _patterns(language, behind=behind):
        for match in pattern.finditer(words):
            start, end = match.span("cue")
            near = (len(words) - start, end - start) if behind else (end, end - start)
            if near > best:
                best, found = near, kind
    return found


def _fit(cued: tuple[str, ...], kind: str) -> int:
    return sum(1 if one == kind else -1 for one in cued)


@cache
def _patterns(language: str, *, behind: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found: list[tuple[str, re.Pattern[str]]] = []
    for kind, cues in _cues().get(language, {}).items():
        for cue in cues.split("|"):
            before, _, after = cue.partition("_")
            words = (after if behind else before).strip()
            if words:
                found.append((kind, _compile(words, language, behind=behind)))
    return tuple(found)


def _compile(words: str, language: str, *, behind: bool) -> re.Pattern[str]:
    escaped = r"\s+".join(map(re.escape, words.split())).replace(r"\*", r"\w*")
    cue = f"(?P<cue>{escaped})"
    if language in _DENSE:
        gap = f".{{0,{_CHARACTERS}}}"
        return re.compile(rf"^\s*{cue}" if behind else f"{cue}{gap}$")
    gap = rf"(?:\W+\w+){{0,{_WORDS - 1}}}\W*$"
    if behind:
        return re.compile(rf"^\W*(?:\w+\W+)?{cue}(?!\w)")
    return re.compile(rf"(?<!\w){cue}(?!\w){gap}")


@cache
def _cues() -> Mapping[str, Mapping[str, str]]:
    stored = files("knowledge.translation").joinpath("cues.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = json.loads(stored)
    return loaded
