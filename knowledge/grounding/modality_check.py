"""Whether a claim denies, forbids, allows, demands and releases as what it quotes does.

Each mark of the claim, with the things that it governs, is held against the clauses of the source
that name most of them: what is done with them there must agree. And nothing that the source names
only to deny it may be affirmed.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from knowledge.grounding.alignment import align, fits, is_same
from knowledge.grounding.claim import Fault
from knowledge.grounding.clauses import DENYING, PLAIN, WITHOUT, Clause
from knowledge.grounding.denials import matching, turns_a_denial
from knowledge.grounding.forces import TOPIC, Governed, read_forces
from knowledge.grounding.operators import Mark
from knowledge.grounding.statement import Statement
from knowledge.grounding.tables import concept_group

_AGREES: dict[str, frozenset[str]] = {
    PLAIN: frozenset({PLAIN, "must"}),
    "may": frozenset({"may", PLAIN}),
    "must": frozenset({"must", PLAIN}),
    "bar": frozenset({"bar", "no"}),
    "no": frozenset({"no", "bar", "spare", "without"}),
    "spare": frozenset({"spare"}),
    "without": frozenset({"without", "no", "spare"}),
}
"""What the source must do where the claim does something: a plain statement may report a demand."""
_NEAR_BEST = 0.75
_TOPIC_SHARE, _SAME_PLACE = 0.5, 0.4
_STEPS = frozenset(
    {"apply_for", "submit", "register", "file", "sign", "pay_v", "notify_w", "withhold"}
    | {"review", "approval", "consent", "get"}
)
"""Steps that are demanded where they are told: the employer applies for the permit."""
_MEASURED = frozenset({"figure", "date"})
_DENIAL = DENYING | {WITHOUT}
_CONCORD = frozenset({"ru", "es", "pt", "fr"})
"""Languages that say one "not" with several words."""


def modality_faults(
    claim: Statement, source: Statement, *, backward: bool = False
) -> Iterator[Fault]:
    """Yield faults where the claim turns what it quotes.

    ``backward``: the claim is what stands on the shelf, and may state plainly what was made of it
    with a "may", unless it is a step to be taken.
    """
    said, given = read_forces(claim), read_forces(source)
    if turns_a_denial(claim, source, said, given, backward=backward):
        yield Fault.NEGATION
    if _asserts_the_possible(said, given, {"must"} if backward else {PLAIN, "must"}):
        yield Fault.MODALITY
    equal = _last_segment(claim) == _last_segment(source)
    for clause in claim.clauses:
        for mark in (*clause.forces, None):
            fault = _compare(clause, mark, said, given, in_order=equal)
            if fault and not (backward and _is_plainer(clause, mark, said, fault)):
                yield fault
    if _denials(claim) > _denials(source):
        yield Fault.NEGATION
    if _swaps_forces(claim, source):
        yield Fault.MODALITY


def _is_plainer(clause: Clause, mark: Mark | None, said: Sequence[Governed], fault: Fault) -> bool:
    """Whether a clause only states what the other text says may be, and is no step to be taken."""
    here = [one for one in said if one.clause == clause]
    steps = concept_group("procedural") & _STEPS
    demanded = any(one.anchor.keys & steps for one in here)
    return mark is None and fault is Fault.MODALITY and not demanded


def _swaps_forces(claim: Statement, source: Statement) -> bool:
    """Whether a "may" stands where the source has a "must", or the other way round."""
    matched = {clause for pair in align(claim, source) if pair.overlap for clause in pair.matches}
    segments = {clause.segment for clause in matched or source.clauses}
    used = [clause for clause in source.clauses if clause.segment in segments]
    mine = Counter(mark.kind for clause in claim.clauses for mark in clause.marks)
    theirs = Counter(mark.kind for clause in used for mark in clause.marks)
    return any(
        mine[said] > theirs[said] and mine[left] < theirs[left]
        for said, left in (("may", "must"), ("must", "may"), ("spare", "must"), ("must", "spare"))
    )


def _denials(statement: Statement) -> int:
    if statement.wording.language not in _CONCORD:
        return sum(clause.denials for clause in statement.clauses)
    return sum(
        sum(mark.kind in {"bar", "spare", "without"} for mark in clause.marks) or clause.has("no")
        for clause in statement.clauses
    )


def _last_segment(statement: Statement) -> int:
    return max((clause.segment for clause in statement.clauses), default=0)


def _compare(
    clause: Clause,
    mark: Mark | None,
    said: Sequence[Governed],
    given: Sequence[Governed],
    *,
    in_order: bool,
) -> Fault | None:
    """Hold what a mark of the claim, or its plain part, says against the source."""
    here = [one for one in said if one.clause == clause]
    force = mark.kind if mark else PLAIN
    scope = [one for one in here if one.mark == mark and one.force == force]
    around = [one for one in here if one.mark in {mark, None}] or here
    if not around or (mark is None and not scope):
        return None
    if len(clause.forces) > 1 and all(one.anchor.kind in _MEASURED for one in scope):
        return None  # what is done for so long is told by the clause's other marks
    homes = _homes(scope, around, given, clause.segment if in_order else None)
    wanted = _AGREES[force]
    if force == "must" and not _is_procedure(here):
        wanted -= {PLAIN}
    agreeing = against = 0.0
    topical = False
    for one in [o for o in scope if o.anchor.kind not in _MEASURED] or scope:
        same = [o for o in given if o.clause in homes and is_same(one.anchor, o.anchor)]
        done = {force for other in same for force in _forces_on(other)}
        topical = topical or TOPIC in done
        if done - {TOPIC}:
            agrees = bool(done & wanted)
            if not agrees and TOPIC in done:
                continue  # it is named twice there: as what is spoken of, and otherwise
            agreeing += one.anchor.value * agrees
            against += one.anchor.value * (not agrees)
    if not agreeing and not against:
        forces = {other.force for other in homes} or {o.clause.force for o in given}
        listed = mark is None and topical and (bool(clause.forces) or clause.has("if"))
        listed = listed or all(one.anchor.kind in {"figure", "date"} for one in scope)
        agreeing = float(bool(forces & wanted) or listed)
    return None if agreeing and agreeing >= against else _fault_of(force, homes)


def _fault_of(force: str, homes: Iterable[Clause]) -> Fault:
    """Whether it is denied in one of the two only, or only more or less strongly said."""
    denied = {force in _DENIAL} | {other.force in DENYING for other in homes}
    return Fault.NEGATION if len(denied) > 1 else Fault.MODALITY


def _forces_on(one: Governed) -> frozenset[str]:
    """What is done with a thing; with what one must not do without it, that is barred too."""
    if one.force != WITHOUT or one.mark is None:
        return frozenset({one.force})
    outer = (mark.kind for mark in one.clause.forces if mark.start < one.mark.start)
    return frozenset({one.force, *outer})


def _is_procedure(here: Sequence[Governed]) -> bool:
    """Whether a clause is about a step to be taken: what is done there is what must be done."""
    steps = concept_group("procedural")
    return any(one.anchor.keys & steps for one in here)


def _homes(
    scope: Sequence[Governed],
    around: Sequence[Governed],
    given: Sequence[Governed],
    segment: int | None,
) -> frozenset[Clause]:
    """The clauses of the source that a mark speaks of: that name most of what it governs.

    The topic may stand in a clause before. Between clauses that name as much it decides, and the
    order, where both texts have as many parts.
    """
    telling = [one for one in scope if one.anchor.heavy]
    scores = _scores(telling, given) or _scores(around, given)
    topics = [one for one in around if one not in scope]
    beside: dict[int, float] = {}
    for clause, score in _scores(topics, given).items():
        beside[clause.segment] = max(beside.get(clause.segment, 0.0), score)
    total = {
        clause: score
        + _TOPIC_SHARE * beside.get(clause.segment, 0.0)
        + _SAME_PLACE * (clause.segment == segment)
        for clause, score in scores.items()
    }
    best = max(total.values(), default=0.0)
    return frozenset(clause for clause, score in total.items() if score >= _NEAR_BEST * best)


def _scores(things: Sequence[Governed], given: Sequence[Governed]) -> dict[Clause, float]:
    """How much of these things each clause of the source names."""
    scores: dict[Clause, float] = {}
    for one in things:
        for clause in {o.clause for o in given if fits(one.anchor, o.anchor)}:
            scores[clause] = scores.get(clause, 0.0) + one.anchor.value
    return scores


def _asserts_the_possible(
    said: Sequence[Governed], given: Sequence[Governed], forces: Collection[str]
) -> bool:
    """Whether the claim states as a fact, or with one of ``forces``, what may be in the source."""
    for one in said:
        if one.force in forces and one.anchor.kind == "hard":
            others = matching(one, given)
            if others and all(other.force == "may" for other in others):
                return True
    return False
