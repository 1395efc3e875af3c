"""Whether steps follow each other as they do in what is quoted.

"First the work permit, then the visa" turned about names the same things; so does "before" put for
"after".
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.grounding.relations import Joint, heavy_concepts, read_joints
from knowledge.grounding.statement import Statement

_SENTENCE = re.compile(r"[;。!?\n]|\.(?=\s|$)")
_BEHIND = frozenset({"zh", "ja", "ko", "tr"})
"""Languages that put "before" and "after" behind what they go with."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What comes earlier and what comes later."""

    earlier: frozenset[str]
    later: frozenset[str]


def confuses_order(claim: Statement, source: Statement) -> bool:
    """Whether what the source puts earlier comes later in the claim, more than the other way."""
    theirs = list(read_steps(source))
    return any(_turns(mine, theirs) for mine in read_steps(claim))


def _turns(mine: Steps, theirs: list[Steps]) -> bool:
    turned = [len(mine.earlier & one.later) + len(mine.later & one.earlier) for one in theirs]
    kept = [len(mine.earlier & one.earlier) + len(mine.later & one.later) for one in theirs]
    crossed = any(mine.earlier & one.later and mine.later & one.earlier for one in theirs)
    return crossed and max(turned) > max(kept)


def read_steps(statement: Statement) -> Iterator[Steps]:
    """The steps that a text puts in an order, two and two."""
    text = statement.wording.lower
    ends = sorted({0, len(text), *(match.end() for match in _SENTENCE.finditer(text))})
    for start, end in itertools.pairwise(ends):
        joints = [
            joint
            for joint in read_joints(statement, "then", "before", "after")
            if start <= joint.start < end
        ]
        for index, joint in enumerate(joints):
            first = joints[index - 1].end if index else start
            last = joints[index + 1].start if index + 1 < len(joints) else end
            one, other = _beside(statement, joint, (first, last))
            steps = Steps(one - other, other - one)
            if steps.earlier and steps.later:
                yield steps


def _beside(
    statement: Statement, joint: Joint, span: tuple[int, int]
) -> tuple[frozenset[str], frozenset[str]]:
    """What comes earlier and what comes later by one word."""
    ahead, behind = (span[0], joint.start), (joint.end, span[1])
    if joint.kind != "then" and statement.wording.language not in _BEHIND:
        comma = statement.wording.lower.find(",", joint.end, span[1])
        if not _names(statement, ahead) and comma > 0:
            ahead, behind = (comma, span[1]), (joint.end, comma)
    before, after = _names(statement, ahead), _names(statement, behind)
    if joint.kind == "then":
        return before, after
    if joint.kind == "before":
        turned = statement.wording.language in _BEHIND
        return (after, before) if turned else (before, after)
    return after, before


def _names(statement: Statement, span: tuple[int, int]) -> frozenset[str]:
    return heavy_concepts(hit for hit in statement.hits if span[0] <= hit.start < span[1])
