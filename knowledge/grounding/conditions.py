"""Whether who a rule is for, and in which case, is denied in both texts or in neither.

"Who does not stay in a hotel must register" is not "who stays in a hotel must register", "whoever
does not register is fined" not "whoever registered is fined", and "only if" is not "except if".
"""

import itertools
from collections.abc import Iterator

from knowledge.grounding.alignment import Anchor, anchors_in, fits, is_same, read_anchors
from knowledge.grounding.clauses import Clause
from knowledge.grounding.operators import Mark
from knowledge.grounding.statement import Statement

_LACKING = frozenset(
    {"violate", "illegal", "refuse", "expired", "overstay", "overlong", "separate"}
)
"""Things that say of themselves that something was not done."""
_NOT = frozenset({"no", "bar", "spare", "without", "unless", "except"})
_DENIED = ("no", "bar", "spare")
_APART = frozenset({"except", "unless"})
_FOREIGN = frozenset({"foreigner", "overseas", "nonresident"})
_FIRMS = frozenset({"app", "company", "publisher_issuer", "game"})
_SIDES = frozenset({"ge", "gt", "above", "le", "lt", "below"})
_VERB_LAST = frozenset({"ja", "ko", "tr"})
_NEAR = 40
_NEAR_EAST = 16
"""Characters on either side of a word such as except in which what is excepted stands."""


def turns_a_condition(claim: Statement, source: Statement) -> bool:
    """Whether a case is denied in one text and the same case affirmed, or not named, in the other."""
    return (
        _drops_a_case(claim, source)
        or _drops_a_case(source, claim)
        or _mistakes_an_exception(claim, source)
        or _drops_an_exception(claim, source)
        or _generalises(claim, source)
        or _crosses_a_bound(claim, source)
        or _drops_a_without(claim, source)
        or _drops_foreign(claim, source)
    )


def _drops_a_case(one: Statement, other: Statement) -> bool:
    """Whether ``one`` tells what follows from a denied case of ``other`` and denies nothing."""
    mine = read_anchors(one)
    if _denies(one):
        return False
    theirs = read_anchors(other)
    for first, start, end in _denied_cases(other):
        told = [anchor for anchor in theirs if start <= anchor.start < end]
        elsewhere = [anchor for anchor in theirs if not first <= anchor.start < end]
        own = [anchor for anchor in told if anchor.heavy and not _is_among(anchor, elsewhere)]
        if any(_is_among(anchor, mine) for anchor in own):
            return True
    return False


def _denies(statement: Statement) -> bool:
    named = bool(statement.concepts & _LACKING)
    return named or any(clause.has(*_NOT) for clause in statement.clauses)


def _denied_cases(statement: Statement) -> list[tuple[int, int, int]]:
    """Where each denied case begins, and where what follows from it begins and ends."""
    found = list[tuple[int, int, int]]()
    for index, clause in enumerate(statement.clauses):
        if statement.wording.language in _VERB_LAST:
            found += [(clause.start, place, clause.end) for place in _inside(clause)]
        elif clause.has("if") and clause.denials:
            end = clause.end
            for other in statement.clauses[index + 1 :]:
                if other.segment != clause.segment or other.has("if"):
                    break
                end = other.end
            if end > clause.end:
                found.append((clause.start, clause.end, end))
    return found


def _inside(clause: Clause) -> Iterator[int]:
    """Where a denied case ends inside a clause: 登録しないと, 등기하지 않으면."""
    for index, mark in enumerate(clause.marks):
        later = clause.marks[index + 1 : index + 2]
        if mark.kind == "without" or (mark.kind == "no" and later and later[0].kind == "if"):
            yield mark.end


def _is_among(one: Anchor, others: tuple[Anchor, ...] | list[Anchor]) -> bool:
    return any(is_same(one, other) for other in others)


def _mistakes_an_exception(claim: Statement, source: Statement) -> bool:
    """Whether "except" stands where the source says "only", or the other way round.

    "Only if it is used" is "not, except if it is used": one denial more or less.
    """
    mine, theirs = _kinds(claim), _kinds(source)
    odd = (_denials(claim) + _denials(source)) % 2 == 1
    for one, other in ((mine, theirs), (theirs, mine)):
        if one & _APART and not other & {*_APART, "without"} and "only" in other - one:
            return not odd
    return bool(mine & _APART) and "only" in mine & theirs and not theirs & {*_APART, "without"}


def _kinds(statement: Statement) -> set[str]:
    return {mark.kind for clause in statement.clauses for mark in clause.marks}


def _denials(statement: Statement) -> int:
    return sum(clause.has(*_DENIED) for clause in statement.clauses)


def _drops_an_exception(claim: Statement, source: Statement) -> bool:
    """Whether what the source excepts is neither excepted nor named by a claim about the rule."""
    if _kinds(claim) & {*_APART, "without", "only"}:
        return False
    theirs, mine = read_anchors(source), read_anchors(claim)
    for clause in source.clauses:
        here = anchors_in(clause, theirs)
        for mark in clause.marks:
            if mark.kind != "except":
                continue
            end = min((m.start for m in clause.marks if m.start >= mark.end), default=clause.end)
            excepted = [one for one in here if one.heavy and _is_at(one, mark, end, source)]
            rule = [one for one in here if one.heavy and one not in excepted]
            told = [one for one in rule if _is_among(one, mine)]
            if told and not _is_set_apart(excepted, claim, denied=clause.has(*_DENIED)):
                return True
    return False


def _is_set_apart(excepted: list[Anchor], claim: Statement, *, denied: bool) -> bool:
    """Whether what is excepted is named where the claim says the contrary of the rule."""
    mine = read_anchors(claim)
    return any(
        _is_among(one, anchors_in(clause, mine)) and clause.has(*_DENIED) != denied
        for clause in claim.clauses
        for one in excepted
    )


def _is_at(anchor: Anchor, mark: Mark, end: int, statement: Statement) -> bool:
    """Whether a thing stands where a language puts what is excepted: before or behind the word.

    ``end`` is where the next mark of the clause stands.
    """
    near = _NEAR_EAST if statement.wording.unspaced else _NEAR
    text, language = statement.wording.lower, statement.wording.language
    first, last = max(0, mark.start - near), min(mark.end + near, end)
    if language in _VERB_LAST:
        return first <= anchor.start < mark.start
    if language == "zh":
        return mark.start <= anchor.start < mark.end or first <= anchor.start < mark.start
    stop = text.find(",", mark.end)
    return mark.start <= anchor.start < (stop if 0 <= stop < last else last)


def _crosses_a_bound(claim: Statement, source: Statement) -> bool:
    """Whether what holds below a figure is told of what is above it: denied there, and not here."""
    for clause in claim.clauses:
        here = [one for one in anchors_in(clause, read_anchors(claim)) if one.bounds & _SIDES]
        for figure in here:
            same = [one for one in read_anchors(source) if is_same(figure, one) and one.bounds]
            fitting = _segments([one for one in same if fits(figure, one)], source)
            crossed = _segments([one for one in same if not fits(figure, one)], source)
            if not fitting or not crossed or fitting & crossed:
                continue
            denied = {part.segment for part in source.clauses if part.has(*_DENIED)}
            if any(o.segment == clause.segment and o.has(*_DENIED) for o in claim.clauses):
                if not fitting & denied:
                    return True
            elif fitting <= denied and not crossed & denied:
                return True
    return False


def _drops_a_without(claim: Statement, source: Statement) -> bool:
    """Whether what is barred without a thing is barred with it: one denial less, and it is named."""
    if _kinds(claim) & {"only", "unless", "except", "if", "must"} or not _denials(claim):
        return False
    theirs, mine = read_anchors(source), read_anchors(claim)
    for clause in source.clauses:
        lacks = [mark for mark in clause.marks if mark.kind == "without"]
        if not lacks or not clause.has(*_DENIED):
            continue
        first = next((one for one in theirs if lacks[0].end <= one.start < clause.end), None)
        if first is None or not _is_among(first, mine):
            continue
        told = [other for other in claim.clauses if _is_among(first, anchors_in(other, mine))]
        if all(other.denials == 1 for other in told) and clause.denials > 1:
            return True
    return False


def _drops_foreign(claim: Statement, source: Statement) -> bool:
    """Whether what holds for foreign companies or apps is told of such things from elsewhere."""
    if claim.concepts & _FOREIGN:
        return False
    found = set[str]()
    for one, other in itertools.pairwise([hit for hit in source.hits if hit.concepts]):
        if one.concepts & _FOREIGN and other.concepts & _FIRMS and other.start - one.end <= 1:
            found |= other.concepts & _FIRMS
    return bool(found & claim.concepts)


def _segments(anchors: list[Anchor], source: Statement) -> set[int]:
    return {
        clause.segment
        for clause in source.clauses
        for one in anchors
        if clause.start <= one.start < clause.end
    }


def _generalises(claim: Statement, source: Statement) -> bool:
    """Whether the claim says "all" or "always" where the source names a case, and it names none."""
    if "all" not in _kinds(claim) or _kinds(claim) & {"if", "only", "unless", "except", "without"}:
        return False
    mine = read_anchors(claim)
    theirs = read_anchors(source)
    used = {
        clause.segment
        for clause in source.clauses
        if any(one.heavy and _is_among(one, mine) for one in anchors_in(clause, theirs))
    }
    return any(clause.segment in used and clause.has("if", "only") for clause in source.clauses)
