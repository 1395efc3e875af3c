"""Whether "and" and "or" stand between the same things as in what is quoted.

"A visible label or an embedded one" is not "a visible label and an embedded one", where one must
or may be had. In a denial the two mean one thing, and are not compared there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.grounding.clauses import DENYING, WITHOUT, Clause
from knowledge.grounding.forces import is_sure
from knowledge.grounding.relations import Joint, read_joints
from knowledge.grounding.statement import Statement
from knowledge.grounding.vocabulary import Hit

_REACH, _REACH_EAST = 26, 8
"""Characters between such a word and the terms that it joins."""
_SIDE = 3
"""Terms on each side that it may join: the work permit."""
_EMPTY = frozenset({"hold_have", "get", "include", "carry", "use_v", "need_n", "tier", "provide"})


@dataclass(frozen=True, slots=True)
class Join:
    """What an "and" or an "or" joins."""

    kind: str
    left: frozenset[str]
    right: frozenset[str]
    binding: bool

    def joins(self, other: "Join") -> bool:
        """Whether another joins the same things, in whatever order."""
        straight = _differ(self.left & other.left, self.right & other.right)
        return straight or _differ(self.left & other.right, self.right & other.left)


def confuses_conjunctions(claim: Statement, source: Statement) -> bool:
    """Whether two things that the source joins by one of the words are joined by the other."""
    theirs = _joins(source)
    for mine in _joins(claim):
        same = [other for other in theirs if mine.joins(other)]
        binding = mine.binding or any(other.binding for other in same)
        if same and binding and all(mine.kind != other.kind for other in same):
            return True
    return False


def _joins(statement: Statement) -> list[Join]:
    found = []
    joints = read_joints(statement, "and", "or")
    for joint in joints:
        clause = next((c for c in statement.clauses if c.start <= joint.start < c.end), None)
        if clause is None or _is_denied(joint, clause, statement):
            continue
        left, right = _sides(statement, joint, joints)
        if _differ(left, right):
            binding = clause.has("must", "may")
            found.append(Join(joint.kind, left, right, binding))
    return found


def _is_denied(joint: Joint, clause: Clause, statement: Statement) -> bool:
    """Whether a denial governs the word: no comma stands between them, as in A or B, not both."""
    text = statement.wording.lower
    return any(
        mark.kind in DENYING | {WITHOUT}
        and not (is_sure(statement.wording.language) and "," in text[joint.end : mark.start])
        for mark in clause.marks
    )


def _sides(
    statement: Statement, joint: Joint, joints: Sequence[Joint]
) -> tuple[frozenset[str], frozenset[str]]:
    """What is named just before and just after a word that joins, up to the next such word."""
    reach = _REACH_EAST if statement.wording.unspaced else _REACH
    hits = [hit for hit in statement.hits if not hit.concepts <= _EMPTY]
    before = [hit for hit in hits if 0 <= joint.start - hit.end <= reach]
    after = [hit for hit in hits if 0 <= hit.start - joint.end <= reach]
    if statement.wording.language == "ar":
        after = [hit for hit in hits if 0 <= hit.end - joint.end <= reach]
        before = [hit for hit in before if hit not in after]
    text = statement.wording.lower
    for other in joints:
        if other != joint:
            text = text[: other.start] + ";" * (other.end - other.start) + text[other.end :]
    before = [hit for hit in before if _is_beside(text[hit.end : joint.start])]
    after = [hit for hit in after if _is_beside(text[joint.end : hit.start])]
    return _concepts(before[-_SIDE:]), _concepts(after[:_SIDE])


def _concepts(hits: Sequence[Hit]) -> frozenset[str]:
    return frozenset(concept for hit in hits for concept in hit.concepts)


def _is_beside(between: str) -> bool:
    """Whether no comma parts a term from the word, but one just before the word: A, and B."""
    return between.strip() == "," or not set(",;:") & set(between)


def _differ(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sides name things, and not the same one only."""
    return bool(left and right and len(left | right) > 1)
