"""Who does what: the party before a deed, or behind "by".

"The actor applies for the permit" has every word of "the employer applies for the actor's permit".
"""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.grounding.statement import Statement
from knowledge.grounding.support import with_kin
from knowledge.grounding.tables import concept_group
from knowledge.grounding.vocabulary import Hit

BY = {
    "zh": r"由|被|经",
    "en": r"by",
    "es": r"por",
    "pt": r"por|pelo|pela|pelos|pelas",
    "fr": r"par",
    "id": r"oleh",
    "th": r"โดย",
    "vi": r"bởi|do",
}
"""Words before the party that acts, in languages that name it first otherwise."""
_DEEDS = frozenset({"apply_for", "withhold", "hire", "pay_v", "submit", "sign", "refund"})
"""What one party does, and not the other; other verbs are done by anybody."""


def confuses_agents(claim: Statement, source: Statement) -> bool:
    """Whether a deed of the claim is done by parties none of whom does it in the source."""
    theirs = dict[str, set[str]]()
    for deed, parties in _agents(source):
        theirs.setdefault(deed, set()).update(parties)
    return any(
        deed in theirs and not with_kin(frozenset(theirs[deed])) & parties
        for deed, parties in _agents(claim)
    )


def _agents(statement: Statement) -> Iterator[tuple[str, frozenset[str]]]:
    """Deeds with the parties that may do them; none where no party is named."""
    language = statement.wording.language
    if language not in BY:
        return
    by = by_pattern(language)
    for clause in statement.clauses:
        hits = statement.hits_in(clause)
        deeds = [hit for hit in hits if hit.concepts & _DEEDS]
        passive = by.search(statement.wording.lower, clause.start, clause.end)
        for deed in deeds:
            found = [
                hit
                for hit in hits
                if (hit.start >= passive.end() if passive else hit.end <= deed.start)
            ]
            named = _parties(found[:1] if passive else found)
            if named:
                yield from ((act, named) for act in deed.concepts & _DEEDS)


@cache
def by_pattern(language: str) -> re.Pattern[str]:
    """The word before the party that acts, in a language of ``BY``."""
    edge = "" if language in {"zh", "th"} else r"(?![a-zà-ÿ])"
    return re.compile(rf"(?<![a-zà-ÿ])(?:{BY[language]}){edge}")


def _parties(hits: list[Hit]) -> frozenset[str]:
    known = concept_group("parties")
    return frozenset(concept for hit in hits for concept in hit.concepts & known)
