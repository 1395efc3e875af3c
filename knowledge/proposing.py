"""What may be put before a person as a draft: found on the shelf, but not sure enough to answer.

The same checks hold as for an answer (a source that may be trusted and holds now, that has what is
asked for and speaks of what is named). Only how sure it must be is less, and a person reads it
first. Where nothing passes, nothing is proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.answer import Found, Inquiry
from knowledge.answering import usable_among
from knowledge.decision import Asked, Judge
from knowledge.evidence import Candidate, weigh
from knowledge.jurisdiction import Jurisdiction, Level
from knowledge.ranking import Ranking
from knowledge.replies import found
from knowledge.subjects import name_subjects
from knowledge.suitability import Requirements

PROPOSED_FROM: Final = 0.3
"""How likely a passage must answer to be proposed. An answer needs about twice as much."""

_NEAR: Final = 0.2
"""How likely what a question leaves open must answer for the difference to count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """``found`` is None where nothing is near enough.

    ``differs``: what fits differs by country (``abroad``) or by a place in China (``city``, …),
    and the question names none.
    """

    found: Found | None = None
    differs: frozenset[Level] = frozenset()


def propose(inquiry: Inquiry, ranking: Ranking, judge: Judge) -> Proposal:
    """Return what the shelf has that a person may want to say."""
    required = Requirements.of(inquiry)
    usable = usable_among(judge.order(weigh(inquiry.text, ranking)), required)
    asked = Asked(inquiry.text, inquiry.language, ranking.known)
    likely = [(judge.probability(asked, one.evidence, None), one) for one in usable]
    near = [one for probability, one in likely if probability >= _NEAR]
    lexical = ranking.snapshot.lexical
    fitting = (
        found(inquiry, one, probability, lambda text: lexical.share(inquiry.text, [text]))
        for probability, one in likely
        if probability >= PROPOSED_FROM and required.met_by(one)
    )
    return Proposal(found=next(fitting, None), differs=_differing(inquiry, near))


def _differing(inquiry: Inquiry, near: Sequence[Candidate]) -> frozenset[Level]:
    """The levels at which candidates hold in different places while the question names none."""
    named = name_subjects(inquiry.text, inquiry.language)
    rules = {one.passage.provenance.jurisdiction for one in near}
    told = {Level.ABROAD: ("country:", "region:")}
    return frozenset(
        level
        for level in (Level.ABROAD, Level.PROVINCE, Level.CITY, Level.DISTRICT)
        if len(_places(rules, level)) > 1
        and not any(
            tag.startswith(told.get(level, ("place:", "home:", "district:")))
            for tag in named.tags - named.origins
        )
    )


def _places(rules: set[Jurisdiction | None], level: Level) -> set[tuple[str, ...]]:
    return {rule.places for rule in rules if rule and rule.level is level and rule.places}
