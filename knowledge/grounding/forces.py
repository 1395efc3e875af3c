"""What a text does with each thing that it names: denies it, forbids it, demands it, or states it.

Where verbs stand before what they govern, a mark governs what follows it in its clause; in
Japanese, Korean and Turkish what precedes it. What no mark governs in a clause that has one is
its topic, and may stand in a denial and in its contrary.
"""

import re
from dataclasses import dataclass

from knowledge.grounding.alignment import Anchor, read_anchors
from knowledge.grounding.clauses import DENYING, PLAIN, WITHOUT, Clause
from knowledge.grounding.operators import Mark
from knowledge.grounding.statement import Statement

_BACKWARD = frozenset({"ja", "ko", "tr"})
_FREE = frozenset({"de"})
"""Languages whose marks stand on either side of what they govern."""
_AND = re.compile(r"(?:\b(?:and|but|et|y|e|und|и|но|dan|và|ve)\b[^,]{0,8}|[并且而])$|\sو$")
"""An "and" just before a mark: what stands before it is stated, and not denied."""
_WITHOUT_REACH = 10
TOPIC = "topic"


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
    return tuple(
        _govern(anchor, clause, statement)
        for clause in statement.clauses
        for anchor in anchors
        if clause.start <= anchor.start < clause.end
    )


def is_sure(language: str) -> bool:
    """Whether what a mark governs can be told from its topic."""
    return language not in _BACKWARD | _FREE


def _govern(anchor: Anchor, clause: Clause, statement: Statement) -> Governed:
    marks, language = clause.forces, statement.wording.language
    if not marks:
        return Governed(anchor, clause, PLAIN, None)
    if language in _BACKWARD:
        mark = next((one for one in marks if _reaches_back(one, anchor)), None)
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


def _last_before(anchor: Anchor, marks: tuple[Mark, ...], statement: Statement) -> Mark | None:
    """The last mark before a thing; a denial reaches over what is only possible within it."""
    before = [mark for mark in marks if mark.start <= anchor.start]
    if not before:
        return None
    if before[-1].kind == WITHOUT:
        return before[-1]
    for mark in reversed(before):
        if mark.kind in DENYING and "," not in statement.wording.lower[mark.end : anchor.start]:
            return mark
    return before[-1]
