"""What a text does with each thing that it names: denies it, forbids it, demands it, or states it.

Where verbs stand before what they govern, a mark governs what follows it in its clause; in
Japanese, Korean and Turkish what precedes it. What no mark governs in a clause that has one is
its topic, and may stand in a denial and in its contrary.
"""

import re
from dataclasses import dataclass

from knowledge.grounding.alignment import Anchor, read_anchors
from knowledge.grounding.clauses import DENYING, PLAIN, WITHOUT, Clause, concedes
from knowledge.grounding.operators import Mark
from knowledge.grounding.statement import Statement

_BACKWARD = frozenset({"ja", "ko", "tr"})
_FREE = frozenset({"de"})
"""Languages whose marks stand on either side of what they govern."""
_AND = re.compile(r"(?:\b(?:and|but|et|y|e|und|и|но|dan|và|ve)\b[^,]{0,8}|[并且而])$|\sو$")
"""An "and" just before a mark: what stands before it is stated, and not denied."""
_WITHOUT_REACH = 6
TOPIC = "topic"
_ADVERBS = frozenset({"must"})
"""What an adverb may say, which goes before its verb everywhere: 必ず, 반드시, mutlaka."""
_WITHOUT_ENDS = {
    "zh": re.compile(r"属于|就(?!业)|视为|按(?!照)"),
    "en": re.compile(r"\b(?:is|are|was|were|counts?|brings?|gets?)\b"),
    "ru": re.compile(r" — | - |\b(?:это|считается|является|признается)\b"),
    "es": re.compile(r"\b(?:es|son|se considera|constituye|conlleva)\b"),
    "pt": re.compile(r"\b(?:é|são|considera-se|constitui|acarreta)\b"),
    "fr": re.compile(r"\b(?:est|sont|constitue|entraîne)\b"),
    "id": re.compile(r"\b(?:adalah|merupakan|tergolong|termasuk|dianggap)\b"),
    "vi": re.compile(r"\b(?:là|bị coi|được coi)\b"),
    "th": re.compile(r"เป็น|ถือ"),
    "ar": re.compile(r"\b(?:يعد|تعد|هو|هي|يعتبر|تعتبر)\b"),
}
"""Verbs at which what is done without something ends."""
_TOPICS = {"ja": re.compile(r"(?<![でに])は(?![いじず])"), "ko": re.compile(r"[은는](?= )")}
"""What marks the topic of a sentence, in languages whose marks stand at its end."""


@dataclass(frozen=True, slots=True)
class Governed:
    """A thing that a text names, the clause it stands in, and what is done with it there."""

    anchor: Anchor
    clause: Clause
    force: str
    mark: Mark | None


def read_forces(statement: Statement) -> tuple[Governed, ...]:
    """Return what a text does with each thing that it names, in order."""
    anchors = read_anchors(statement)
    found: list[Governed] = []
    for clause in statement.clauses:
        here = [one for one in anchors if clause.start <= one.start < clause.end]
        before = found[-1] if found else None
        if before and before.mark and not clause.forces and concedes(clause, statement.wording):
            found += [Governed(one, clause, before.force, before.mark) for one in here]
        else:
            found += [_govern(one, clause, statement) for one in here]
    return tuple(found)


def is_sure(language: str) -> bool:
    """Whether what a mark governs can be told from its topic."""
    return language not in _BACKWARD | _FREE


def _govern(anchor: Anchor, clause: Clause, statement: Statement) -> Governed:
    marks, language = clause.forces, statement.wording.language
    if not marks:
        return Governed(anchor, clause, PLAIN, None)
    if language in _BACKWARD:
        mark = next((one for one in marks if _reaches_back(one, anchor)), None)
        mark = mark or next((one for one in marks if one.kind in _ADVERBS), None)
        if mark and _is_topic(anchor, mark, statement):
            return Governed(anchor, clause, TOPIC, None)
    elif language in _FREE:
        mark = min(marks, key=lambda one: abs(one.start - anchor.start))
    else:
        mark = _last_before(anchor, marks, statement)
    if mark is not None:
        return Governed(anchor, clause, mark.kind, mark)
    first = min(one.start for one in marks)
    between = statement.wording.lower[min(first, anchor.start) : max(first, anchor.start)]
    apart = "," in between or bool(_AND.search(between))
    return Governed(anchor, clause, PLAIN if apart else TOPIC, None)


def _reaches_back(mark: Mark, anchor: Anchor) -> bool:
    """Whether a mark governs a thing before it; a "without" only what it follows at once."""
    gap = mark.start - anchor.start
    return gap >= 0 and (mark.kind != WITHOUT or gap <= _WITHOUT_REACH)


def _is_past(mark: Mark, anchor: Anchor, statement: Statement) -> bool:
    """Whether a verb stands between a "without" and a thing: without a permit it is illegal."""
    pattern = _WITHOUT_ENDS.get(statement.wording.language)
    return bool(pattern and pattern.search(statement.wording.lower, mark.end, anchor.start))


def _is_topic(anchor: Anchor, mark: Mark, statement: Statement) -> bool:
    """Whether a Japanese or Korean denial is said of a thing: it has は or 는, and more follows."""
    pattern = _TOPICS.get(statement.wording.language)
    if pattern is None or mark.kind not in DENYING:
        return False
    marker = pattern.search(statement.wording.lower, anchor.start, mark.start)
    return marker is not None and any(
        hit.concepts and marker.end() <= hit.start < mark.start for hit in statement.hits
    )


def _last_before(anchor: Anchor, marks: tuple[Mark, ...], statement: Statement) -> Mark | None:
    """The last mark before a thing; a denial reaches over what is only possible within it."""
    before = [mark for mark in marks if mark.start <= anchor.start]
    if not before:
        return None
    if before[-1].kind == WITHOUT and not _is_past(before[-1], anchor, statement):
        return before[-1]
    before = [mark for mark in before if mark.kind != WITHOUT]
    if not before:
        return None
    for mark in reversed(before):
        if mark.kind in DENYING and "," not in statement.wording.lower[mark.end : anchor.start]:
            return mark
    return before[-1]
