"""The smallest part of a passage that answers, quoted as it stands.

A long passage answers with a sentence or two of it, with a list under its lead-in, or with a row of
a table under its header. What belongs to that comes along: the sentence that a "this" points to,
the "however" after it, the rest of an enumeration. Where the words do not tell which part answers,
the whole passage is quoted: the cosines of single sentences do not tell it either (on XQuAD-R they
choose wrongly three times as often as the rule below).
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.asked_kind import holds, mentioned_kinds
from knowledge.language import base
from knowledge.passage import Passage, PassageKind
from knowledge.spans import Span, split_sentences
from knowledge.subjects import name_subjects

Share = Callable[[str], float]
"""A text to the share of the question's words that occur in it, 0 to 1."""

_FEW = 3
"""A passage of so many parts is quoted whole."""
_UNMARKED = frozenset({"th"})
"""Languages that do not mark where a sentence ends."""
_CLEAR_SHARE = 0.35
_CLEAR_LEAD = 0.2
"""With these two the part that is quoted holds the answer in 95 of 100 cases (XQuAD-R)."""
_KIND_WEIGHT = 0.15
"""What it counts, as a share, that a part holds the kind of thing that is asked for."""
_MOST = 0.7
"""A part that is so much of the passage saves the reader nothing."""
_ITEM = re.compile(
    r"\s*(?:[-*•·▪◦]|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])[)）.、．]|[①-⑳])\s*"
)
_SOURCE = re.compile(
    r"[(（]?(?:Sources?|来源|來源|资料来源|資料來源|Источники?|Fuentes?|Fontes?|Quellen?)\s*[:：]",
    re.IGNORECASE,
)
_LEADS = (":", "：")
_ROW = " | "
_LETTER = r"[^\W\d_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, an item of a list or a row of a table, and the line that it stands in."""

    span: Span
    text: str
    line: int
    listed: bool

    @property
    def leads(self) -> bool:
        """Whether it announces what follows."""
        return self.text.rstrip().endswith(_LEADS)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return _ROW in self.text

    def begins(self, cue: str) -> bool:
        """Whether it begins with a word of the list ``cue``."""
        return bool(_opening(cue).match(self.text.lower()))


def extract(passage: Passage, question: str, share: Share) -> str:
    """Return the part of ``passage.text`` that answers; it is a substring of it."""
    parts = _parts(passage.text)
    marked = base(passage.language) not in _UNMARKED
    if passage.kind is PassageKind.FAQ or not marked or len(parts) <= _FEW:
        return passage.text
    best = _answering(parts, question, share)
    if best is None:
        return passage.text
    quote = _complete(parts, best).of(passage.text)
    if len(quote) > _MOST * (parts[-1].span.end - parts[0].span.start):
        return passage.text
    return quote if _says_as_much(quote, passage, question) else passage.text


def _parts(text: str) -> list[_Part]:
    """The parts of a text in order, without the line that names its source."""
    found: list[_Part] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        span = Span(start, start + len(line))
        start = span.end + 1
        if not line.strip() or _SOURCE.match(line.strip()):
            continue
        if _ITEM.match(line) or _ROW in line:
            found.append(_Part(span, line, number, listed=True))
            continue
        for sentence in split_sentences(line):
            place = Span(span.start + sentence.start, span.start + sentence.end)
            found.append(_Part(place, place.of(text), number, listed=False))
    return found


def _answering(parts: Sequence[_Part], question: str, share: Share) -> int | None:
    """The part that answers, if that is clear."""
    kinds = mentioned_kinds(question)
    scores = [
        share(part.text) + _KIND_WEIGHT * (bool(kinds) and all(holds(part.text, k) for k in kinds))
        for part in parts
    ]
    first, second = sorted(range(len(parts)), key=lambda at: -scores[at])[:2]
    clear = scores[first] >= _CLEAR_SHARE and scores[first] - scores[second] >= _CLEAR_LEAD
    return first if clear else None


def _complete(parts: Sequence[_Part], best: int) -> Span:
    """The part with everything that belongs to it."""
    first = last = best
    if parts[best].listed:
        first, last = _list_around(parts, best)
    elif best + 1 < len(parts) and parts[best + 1].line == parts[best].line:
        last += 1  # what is said next often says it in full
    while first > 0 and (parts[first].begins("leans") or parts[first].begins("limits")):
        first -= 1
    while last + 1 < len(parts) and _belongs(parts, last):
        last += 1
    return Span(parts[first].span.start, parts[last].span.end)


def _list_around(parts: Sequence[_Part], best: int) -> tuple[int, int]:
    """A list from its lead-in to its end; a table from its header to the row."""
    first = last = best
    while first > 0 and parts[first - 1].listed:
        first -= 1
    while not parts[best].is_row and last + 1 < len(parts) and parts[last + 1].listed:
        last += 1
    if first > 0 and parts[first - 1].leads:
        first -= 1
    return first, last


def _belongs(parts: Sequence[_Part], last: int) -> bool:
    """Whether the part after ``last`` must be quoted with it."""
    here, after = parts[last], parts[last + 1]
    if here.leads or after.begins("limits"):
        return True
    if after.listed:
        return not after.is_row and _ITEM.match(after.text) is not None
    rest = [part for part in parts[last + 1 :] if part.line == here.line]
    return any(_cue("excepts").search(part.text.lower()) for part in rest)


def _says_as_much(quote: str, passage: Passage, question: str) -> bool:
    """Whether a quotation holds and names what the passage does, of what is asked."""
    kinds = mentioned_kinds(question)
    if any(holds(passage.text, kind) and not holds(quote, kind) for kind in kinds):
        return False
    language = passage.language
    shown = "\n".join((passage.provenance.title, *passage.headings, quote))
    lost = name_subjects(passage.text, language).tags - name_subjects(shown, language).tags
    return not lost & name_subjects(question, language).tags


@cache
def _opening(cue: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(_load_cues()[cue])})(?!{_LETTER})")


@cache
def _cue(cue: str) -> re.Pattern[str]:
    return re.compile("|".join(_load_cues()[cue]))


@cache
def _load_cues() -> Mapping[str, Sequence[str]]:
    stored = files("knowledge").joinpath("sentence_cues.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Sequence[str]] = json.loads(stored)
    return loaded
