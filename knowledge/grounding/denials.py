"""Whether what the source denies is not affirmed, and nothing denied that it affirms."""

import re
from collections.abc import Sequence

from knowledge.grounding.alignment import is_same
from knowledge.grounding.clauses import DENYING, WITHOUT
from knowledge.grounding.forces import TOPIC, Governed, is_sure
from knowledge.grounding.statement import Statement

_DENIAL = DENYING | {WITHOUT}
_MOST = 0.6
_BESIDE = {
    "de": re.compile(r" (?:die|der|das|den|dem|ein\w*|für|zur?m?|als|bei|im|in|auf|von|vom|nur) "),
    "ja": re.compile(r"(?:では|で|じゃ)な"),
    "ko": re.compile(r"아니|아닌|아닙"),
    "tr": re.compile(r"değil"),
}
"""What tells that a denial is of the thing beside it, and not of its verb."""
_BARE = 8
"""Characters of a clause in which nothing is named."""


def turns_a_denial(
    claim: Statement,
    source: Statement,
    said: Sequence[Governed],
    given: Sequence[Governed],
    *,
    backward: bool = False,
) -> bool:
    """Whether a denial is lost, made up, or told of something else.

    ``said`` and ``given`` are what the claim and the source do with the things that they name.
    ``backward``: what was made of the claim may leave out where it also affirms a thing.
    """
    affirmed = [one for one in said if not (backward and _is_denied_too(one, said))]
    return (
        _affirms_the_denied(affirmed, given, source)
        or _denies_the_affirmed(said, given, claim, source)
        or _drops_a_denial(said, given, source)
        or _affirms_a_denied_pair(said, given)
    )


def _is_denied_too(one: Governed, said: Sequence[Governed]) -> bool:
    """Whether a text denies elsewhere what it affirms here."""
    return any(other.force in _DENIAL for other in matching(one, said))


def matching(one: Governed, given: Sequence[Governed]) -> list[Governed]:
    """Where the other text names the same thing."""
    return [other for other in given if is_same(one.anchor, other.anchor)]


def _affirms_the_denied(
    said: Sequence[Governed], given: Sequence[Governed], source: Statement
) -> bool:
    """Whether the claim affirms something that the source names only to deny it."""
    if not is_sure(source.wording.language):
        return False
    for one in said:
        if not _affirms(one) or not _is_telling(one):
            continue
        others = matching(one, given)
        if others and all(other.force in _DENIAL for other in others):
            return True
    return False


def _denies_the_affirmed(
    said: Sequence[Governed], given: Sequence[Governed], claim: Statement, source: Statement
) -> bool:
    """Whether a denial of the claim is mostly about what the source only affirms."""
    if not is_sure(claim.wording.language):
        return is_sure(source.wording.language) and (
            _denies_elsewhere(said, given) or _denies_at_once(said, given, claim)
        )
    for mark in {one.mark for one in said if one.mark and one.force in _DENIAL}:
        scope = [one for one in said if one.mark == mark and _is_telling(one)]
        found = [others for one in scope if (others := matching(one, given))]
        against = sum(all(_affirms(other) for other in others) for others in found)
        if against and against >= len(found) - against:
            return True
    return False


def _denies_at_once(said: Sequence[Governed], given: Sequence[Governed], claim: Statement) -> bool:
    """Whether what a "not" stands right beside is only affirmed in the source: nicht die Miete."""
    text, pattern = claim.wording.lower, _BESIDE[claim.wording.language]
    for mark in {m for clause in claim.clauses for m in clause.marks if m.kind in _DENIAL}:
        if claim.wording.language == "de":
            lead = pattern.match(text, mark.end)
            near = [one for one in said if lead and lead.end() <= one.anchor.start][:1]
        else:
            lead = pattern.match(text, mark.start)
            near = [one for one in said if lead and one.anchor.start < mark.start][-1:]
            near = [one for one in near if mark.start - one.anchor.start <= _BARE]
        for one in near:
            others = matching(one, given)
            if _is_telling(one) and others and all(_affirms(other) for other in others):
                return True
    return False


def _denies_elsewhere(said: Sequence[Governed], given: Sequence[Governed]) -> bool:
    """Whether a clause denies where the source denies nothing that the clause names."""
    denied = [
        one
        for one in given
        if one.force in _DENIAL or (one.force == TOPIC and one.clause.force in DENYING)
    ]
    for clause in {one.clause for one in said if one.clause.denials}:
        here = [one for one in said if one.clause == clause and _is_telling(one)]
        known = [one for one in here if matching(one, given)]
        if known and not any(matching(one, denied) for one in here):
            return True
    return False


def _drops_a_denial(said: Sequence[Governed], given: Sequence[Governed], source: Statement) -> bool:
    """Whether the claim names what a denial of the source is about, all of it without denying."""
    if not is_sure(source.wording.language):
        return False
    named_kinds = set[tuple[int, str]]()
    named_kinds |= _bare_conditions(source)
    for mark in [m for clause in source.clauses for m in clause.forces if m.kind in _DENIAL]:
        scope = [one for one in given if one.mark == mark]
        scope = scope or [one for one in given if one.clause.start <= mark.start < one.clause.end]
        if not any(one.anchor.heavy for one in scope):
            here = [one for one in given if one.clause.start <= mark.start < one.clause.end]
            scope = [one for one in here if one.anchor.heavy] or scope
        if not scope:
            continue
        named = [mine for one in scope if (mine := matching(one, said))]
        weight = sum(one.anchor.value for one in scope if matching(one, said))
        if not named or weight < _MOST * sum(one.anchor.value for one in scope):
            continue
        if all(_affirms(mine) for group in named for mine in group):
            if all(_is_affirmed_elsewhere(one, given) for one in scope if matching(one, said)):
                continue
            return True
        named_kinds.add((scope[0].clause.segment, "bar" if mark.kind == "bar" else "no"))
    clauses = {one.clause for one in said}
    denials = [mark for clause in clauses for mark in clause.forces if mark.kind in _DENIAL]
    return len(named_kinds) > len(denials) and bool(denials)


def _affirms_a_denied_pair(said: Sequence[Governed], given: Sequence[Governed]) -> bool:
    """Whether a clause says of a thing what the source says only of others: not of this one."""
    for clause in {one.clause for one in given if one.clause.force in {"no", "bar"}}:
        here = [one for one in given if one.clause == clause]
        topics = [one for one in here if one.force == TOPIC and one.anchor.heavy]
        denied = [one for one in here if one.force in _DENIAL]
        for mine in {one.clause for one in said if not one.clause.denials}:
            told = [one for one in said if one.clause == mine]
            if _meets(topics, denied, told) and not any(
                _meets(topics, denied, [one for one in given if one.clause == other])
                for other in {one.clause for one in given if not one.clause.denials}
            ):
                return True
    return False


def _meets(
    topics: Sequence[Governed], denied: Sequence[Governed], told: Sequence[Governed]
) -> bool:
    """Whether a clause names one of the topics and one of the things denied of them."""
    return any(matching(one, told) for one in topics) and any(matching(one, told) for one in denied)


def _is_affirmed_elsewhere(one: Governed, given: Sequence[Governed]) -> bool:
    """Whether another clause of the source names a thing without denying it."""
    return any(
        other.clause != one.clause and not other.clause.denials for other in matching(one, given)
    )


def _bare_conditions(source: Statement) -> set[tuple[int, str]]:
    """Conditions that only deny what was said before: 没有的, who has none."""
    return {
        (clause.segment, "no")
        for clause in source.clauses
        if clause.has("if") and clause.has("no") and clause.end - clause.start <= _BARE
    }


def _is_telling(one: Governed) -> bool:
    """Whether a thing may be denied; a figure in a denial is denied with what it measures."""
    return one.anchor.kind in {"hard", "soft", "word"}


def _affirms(other: Governed) -> bool:
    """Whether a thing is affirmed; the topic of a clause is, where the clause denies nothing."""
    if other.force == TOPIC:
        return not other.clause.denials
    return other.force not in _DENIAL
