"""Whether what restricts a quoted sentence still stands in the claim.

A condition, an exception, an "only", a threshold, a country, a "usually" or a forecast may not be
left out: "projects that qualify get 2 %" is not "projects get 2 %". Nor may the claim put in an
"all" or an "only" of its own.
"""

import re
from collections.abc import Iterator

from knowledge.grounding.alignment import Aligned, Anchor, align, anchors_in, is_same, read_anchors
from knowledge.grounding.claim import Fault
from knowledge.grounding.clauses import DENYING, Clause, concedes
from knowledge.grounding.conditions import turns_a_condition
from knowledge.grounding.figure_check import is_money, same_amount
from knowledge.grounding.figures import Figure
from knowledge.grounding.names import named_subjects, required_subjects
from knowledge.grounding.operators import WEAKENING, Mark
from knowledge.grounding.statement import Statement
from knowledge.grounding.support import with_kin
from knowledge.grounding.tables import concept_group

_REPLACES = {
    "unless": ("unless", "except", "without", "only", "if"),
    "except": ("except", "unless", "no", "bar"),
    "only": ("only", "unless", "except"),
    "without": ("without", "unless", "only", "if", "no", "bar"),
    "forecast": ("forecast", "estimate", "plan", "may"),
    "estimate": ("estimate", "forecast"),
    "plan": ("plan", "forecast"),
    "allege": ("allege",),
    "usual": ("usual", "may"),
}
"""Which marks may stand for another; an "only" also stands in a denial of the rest."""
_BLAMED = {
    "illegal": frozenset({"illegal", "violate", "fine", "punish", "refuse", "warning"}),
    "beware": frozenset({"beware", "risk", "harm", "warning", "refuse"}),
}
"""What is told as wrong or dangerous, and what may stand for the blame."""
_SIDES = frozenset({"le", "lt", "ge", "gt", "below", "above"})
_STRICT = _SIDES - {"le"}
_ALTERNATIVE = re.compile(r"或者?|或是|又は|または|or\b|oder\b|или\b|либо\b|o\b|ou\b|atau\b|hoặc\b")
_PART = re.compile(
    r"(?<!\d),|,(?!\d)|(?<=\s)(?:and|or|und|oder|y|o|e|et|ou|и|или|dan|atau|và|hoặc)(?=\s)"
)
_COMMAS = re.compile(r"(?<!\d),|,(?!\d)|[;。]|\band\b")
_LABELS = frozenset({"key_tier", "ordinary_tier", "other_tier"})
_SHARED, _MOST = 0.34, 0.5
"""How much of a condition's content must be in the claim, with a word such as if and without."""


def restriction_faults(claim: Statement, source: Statement, question: str) -> Iterator[Fault]:
    """Yield faults for restrictions that were dropped or made up."""
    pairs = align(claim, source)
    used = _used_clauses(pairs, source)
    for clause in used:
        if not _keeps_marks(clause, claim, source) or not _keeps_condition(clause, claim, source):
            yield Fault.MODALITY
    if not _keeps_thresholds(pairs, claim, source):
        yield Fault.FIGURES
    if not _keeps_subjects(used, claim, source, question):
        yield Fault.NAMES
    if not _keeps_wrong(used, claim, source) or not _keeps_exception(claim, source):
        yield Fault.NEGATION
    if turns_a_condition(claim, source):
        yield Fault.NEGATION
    matched = tuple({clause for pair in pairs if pair.overlap for clause in pair.matches})
    bound = (*matched, *(one for one in used if _names_unchanged(one, source)))
    if _widens(claim, source) or not _keeps_restrictors(bound, claim, source):
        yield Fault.MODALITY


def widening_faults(claim: Statement, source: Statement) -> Iterator[Fault]:
    """Yield a fault for an "only" or "unless" of the claim that the source does not have."""
    told = any(
        clause.has("only") and _denies_the_rest(clause, source, claim) for clause in claim.clauses
    )
    if _narrows_alone(claim, source) and not told:
        yield Fault.MODALITY
    if not _keeps_exception(claim, source):
        yield Fault.NEGATION


def _used_clauses(pairs: tuple[Aligned, ...], source: Statement) -> tuple[Clause, ...]:
    """The clauses between the semicolons that the claim speaks of.

    A Chinese condition goes with what follows it: one behind all of them is about something else.
    """
    matched = {clause for pair in pairs if pair.overlap for clause in pair.matches}
    best = {clause.segment for clause in matched} - _foreign_segments(pairs, source)
    last = max((clause.start for clause in matched), default=len(source.wording.text))
    return tuple(
        clause
        for clause in source.clauses
        if (not best or clause.segment in best)
        and not (source.wording.language == "zh" and clause.start > last and clause.has("if"))
    )


def _foreign_segments(pairs: tuple[Aligned, ...], source: Statement) -> set[int]:
    """The parts of the source that are about another class of dramas than the claim."""
    told = {key for pair in pairs for anchor in pair.anchors for key in anchor.keys} & _LABELS
    named: dict[int, set[str]] = {}
    for clause in source.clauses:
        here = {one for hit in source.hits_in(clause) for one in hit.concepts} & _LABELS
        named.setdefault(clause.segment, set()).update(here)
    return {part for part, labels in named.items() if told and labels and not labels & told}


def _keeps_marks(clause: Clause, claim: Statement, source: Statement) -> bool:
    kinds = {mark.kind for other in claim.clauses for mark in other.marks}
    denies = _denies_the_rest(clause, claim, source)
    for mark in clause.marks:
        wanted = _REPLACES.get(mark.kind)
        if wanted is None or kinds & set(wanted) or _is_denied(mark, clause):
            continue
        if mark.kind == "only" and denies:
            continue
        return False
    return True


def _is_denied(mark: Mark, clause: Clause) -> bool:
    """Whether a word such as forecast is what is denied itself: 不预测, it predicts nothing."""
    return mark.kind in WEAKENING and any(
        other.kind in DENYING and 0 <= mark.start - other.end <= 1 for other in clause.marks
    )


def _denies_the_rest(clause: Clause, claim: Statement, source: Statement) -> bool:
    """Whether an "only" is also said by a denial beside it, in both: only A, not B."""
    if not any(o.segment == clause.segment and o.force in {"no", "bar"} for o in source.clauses):
        return False
    theirs = anchors_in(clause, read_anchors(source))
    mine = read_anchors(claim)
    speaking = {
        other.segment
        for other in claim.clauses
        if any(shares_anchor(one, theirs) for one in anchors_in(other, mine))
    }
    return any(other.segment in speaking and other.force in DENYING for other in claim.clauses)


def _keeps_condition(clause: Clause, claim: Statement, source: Statement) -> bool:
    """Whether the content of a condition stands in the claim."""
    if not clause.has("if", "only", "unless", "except") or concedes(clause, source.wording):
        return True
    if _is_of_another(clause, claim, source):
        return True
    heavy = [anchor for anchor in anchors_in(clause, read_anchors(source)) if anchor.heavy]
    mine = read_anchors(claim)
    kept = [one for one in heavy if any(is_same(one, other) for other in mine)]
    if not heavy or clause.has("if"):
        named = any(other.has("if", "unless", "only", "without") for other in claim.clauses)
        return len(kept) >= (_SHARED if named else _MOST) * len(heavy) and (bool(kept) or named)
    return len(kept) >= _SHARED * len(heavy)


def _is_of_another(clause: Clause, claim: Statement, source: Statement) -> bool:
    """Whether a condition goes with what the claim does not speak of.

    One behind its item goes with that item (25%, and 12% for subscriptions after the first year);
    one that begins with "or" is one of several, each of which is enough.
    """
    text, language = source.wording.lower, source.wording.language
    if _ALTERNATIVE.match(text[clause.start : clause.end].strip()):
        before = [one for one in source.clauses if one.end <= clause.start]
        return bool(before) and _is_told(before[-1].start, before[-1].end, claim, source)
    if source.wording.unspaced or language == "tr" or not clause.has("if"):
        return False
    first = max((one.start for one in source.clauses if one.segment == clause.segment
                 and one.start < clause.start), default=clause.start)  # fmt: skip
    parts = [match.end() for match in _PART.finditer(text, first, clause.start)]
    if not parts or parts[-1] >= clause.start:
        return False
    return not _is_told(parts[-1], clause.start, claim, source)


def _is_told(start: int, end: int, claim: Statement, source: Statement) -> bool:
    """Whether the claim names some of what a part of the source names, its figures included."""
    here = [one for one in read_anchors(source) if start <= one.start < end and one.heavy]
    return any(shares_anchor(one, read_anchors(claim)) for one in here)


def _keeps_thresholds(pairs: tuple[Aligned, ...], claim: Statement, source: Statement) -> bool:
    """Whether bounded durations, ages, shares and counts of the clauses used are in the claim."""
    matched = {clause for pair in pairs if pair.overlap for clause in pair.matches}
    used = matched | {c for c in _used_clauses(pairs, source) if c.has("if")}
    foreign = _foreign_segments(pairs, source)
    for figure in source.figures:
        clause = next((c for c in used if c.start <= figure.start < c.end), None)
        needed = _STRICT if is_money(figure) else _SIDES
        if not clause or not figure.bounds & needed or figure.article:
            continue
        if clause.segment in foreign or _is_labelled_otherwise(figure, claim, source):
            continue
        if not any(same_amount(figure, other) for other in claim.figures):
            return False
    return True


def _is_labelled_otherwise(figure: Figure, claim: Statement, source: Statement) -> bool:
    """Whether a figure stands beside a class of dramas that the claim does not speak of."""
    told = claim.concepts & _LABELS
    text = source.wording.lower
    ends = [match.end() for match in _COMMAS.finditer(text)]
    start = max((end for end in ends if end <= figure.start), default=0)
    last = min((end for end in ends if end > figure.start), default=len(text))
    here = {c for hit in source.hits if start <= hit.start < last for c in hit.concepts} & _LABELS
    return bool(told and here) and not told & here


def _keeps_subjects(
    used: tuple[Clause, ...], claim: Statement, source: Statement, question: str
) -> bool:
    """Whether the countries and visa classes of the clauses used are named in the claim."""
    from knowledge.grounding.statement import read_statement
    from knowledge.language import identify

    named = named_subjects(claim)
    if question:
        named |= named_subjects(read_statement(question, identify(question)))
    text = " ".join(source.wording.text[clause.start : clause.end] for clause in used)
    required = required_subjects(read_statement(text, source.wording.language))
    if "visa" not in claim.concepts:
        required = frozenset(tag for tag in required if not tag.startswith("visa:"))
    return required <= named


def _keeps_restrictors(used: tuple[Clause, ...], claim: Statement, source: Statement) -> bool:
    """Whether "qualifying" and "outstanding" were not left out."""
    restrictors = concept_group("restrictors")
    named = {hit.concepts for clause in used for hit in source.hits_in(clause)}
    told = with_kin(claim.concepts)
    return all(one & told for one in named if one and one <= restrictors)


def _names_unchanged(clause: Clause, source: Statement) -> bool:
    """Whether a clause says that something stays as it is, which holds for its whole sentence."""
    return any("unchanged" in hit.concepts for hit in source.hits_in(clause))


def _keeps_wrong(used: tuple[Clause, ...], claim: Statement, source: Statement) -> bool:
    """Whether what is called illegal is not told without a word of blame."""
    if any(clause.has("bar", "no") for clause in claim.clauses):
        return True
    named = {c for clause in used for hit in source.hits_in(clause) for c in hit.concepts}
    return all(claim.concepts & blame for wrong, blame in _BLAMED.items() if wrong in named)


def _keeps_exception(claim: Statement, source: Statement) -> bool:
    """Whether "unless" stands for "only if" with a denial more or less, and not in its place.

    "Only if it is used" is "not unless it is used".
    """
    mine, theirs = _kinds(claim), _kinds(source)
    odd = (_denials(claim) + _denials(source)) % 2
    if "unless" in mine and "only" in theirs and not theirs & {"unless", "except"}:
        return bool(odd)
    if "unless" in theirs and not mine & {"unless", "except", "without"} and mine & {"only", "if"}:
        return bool(odd)
    return True


def _kinds(statement: Statement) -> set[str]:
    return {mark.kind for clause in statement.clauses for mark in clause.marks}


def _denials(statement: Statement) -> int:
    return sum(clause.denials > 0 for clause in statement.clauses)


def _widens(claim: Statement, source: Statement) -> bool:
    """Whether the claim says all or only where the source does not."""
    mine, theirs = _kinds(claim), _kinds(source)
    if "all" in mine and "all" not in theirs and not _counts(source):
        return True
    return _narrows_alone(claim, source)


def _narrows_alone(claim: Statement, source: Statement) -> bool:
    """Whether the claim says only, unless or except and the source nothing of the kind."""
    mine, theirs = _kinds(claim), _kinds(source)
    limits = "limit" in source.concepts
    if "only" in mine and not limits and not theirs & {"only", "unless", "except"}:
        return True
    narrowing = {"unless", "except", "only", "without"}
    return bool(mine & {"unless", "except"}) and not theirs & narrowing


def _counts(source: Statement) -> bool:
    """Each and every are said by a rate as well: 每款."""
    return any(figure.per for figure in source.figures)


def shares_anchor(one: Anchor, others: tuple[Anchor, ...]) -> bool:
    """Whether an anchor is found again."""
    return any(is_same(one, other) for other in others)
