"""From a ranking to what may be said: an answer with its citation, a question back, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.answer import Finding, Inquiry, NotFound, Unclear
from knowledge.conflicts import find_disagreement
from knowledge.decision import Asked, Judge, Verdict, rival_of
from knowledge.evidence import Candidate, weigh
from knowledge.language import base
from knowledge.lexical import LexicalIndex
from knowledge.passage import Provenance
from knowledge.policy_time import is_history, is_to_come
from knowledge.ranking import Ranking
from knowledge.replies import choices, differing, found
from knowledge.suitability import Requirements
from knowledge.thresholds import doubted, lowered, topic_of

_EVEN = 0.5
_MOST = 0.5
"""Share of the words of an answer (by their weight) that a text must hold to tell the same."""
_ABOUT_AS_STRONG = 2.0
"""Log odds by which a FAQ entry in the asker's language may be weaker than a foreign text."""


def answer(inquiry: Inquiry, ranking: Ranking, judge: Judge) -> Finding:
    """Decide about the best candidate that may answer at all."""
    ordered = judge.order(weigh(inquiry.text, ranking))
    if not ordered:
        return NotFound(reason="not-covered", confidence=0.0)
    required = Requirements.of(inquiry)
    usable = usable_among(ordered, required)
    asked = Asked(inquiry.text, inquiry.language, ranking.known)
    lexical = ranking.snapshot.lexical
    if not usable or _is_unreliable(ordered[0], required):
        # What fits best is known to lack a reliable source: the next best would be a guess.
        probability = _Deciding(asked, judge, required, lexical).probability(ordered)
        return NotFound(reason="not-covered", confidence=probability)
    allowed = [one for one in usable if required.met_by(one)]
    suited = judge.suited(inquiry.own, topic_of((allowed or usable)[0].passage))
    deciding = _Deciding(asked, suited, required, lexical)
    if not allowed:
        return NotFound(reason="not-covered", confidence=deciding.certainty(usable, allowed))
    preferred = deciding.in_own_language(deciding.preferred(allowed), inquiry.own)
    match deciding.verdict(preferred):
        case Verdict.ANSWER:
            return _answer(inquiry, preferred, deciding)
        case Verdict.ASK_BACK:
            return _ask_back(inquiry, preferred, deciding)
        case Verdict.HAND_OFF:
            return _choose(inquiry, usable, allowed, deciding)


def _answer(inquiry: Inquiry, allowed: Sequence[Candidate], deciding: "_Deciding") -> Finding:
    """Quote the best candidate, unless another that may be right says otherwise."""
    probability, lexical = deciding.probability(allowed), deciding.lexical
    time = _standing(allowed[0], inquiry.today)
    rivals = [
        one
        for one in allowed[1:]
        if _standing(one, inquiry.today) == time
        and deciding.may_be_right(one)
        and allowed[0].passage.id not in one.alike
    ]
    disagreement = find_disagreement(
        allowed[0], rivals, inquiry.text, lambda one, other: _likeness(lexical, one, other)
    )
    if disagreement:
        return differing(inquiry, disagreement, probability)
    return found(inquiry, allowed[0], probability, lambda text: lexical.share(inquiry.text, [text]))


def _ask_back(
    inquiry: Inquiry, allowed: Sequence[Candidate], deciding: "_Deciding"
) -> Unclear | NotFound:
    probability = deciding.probability(allowed)
    offered = choices([one for one in allowed if deciding.is_likely(one)], inquiry)
    if len(offered) > 1:
        return Unclear(choices=offered, confidence=probability)
    return NotFound(reason="unsure", confidence=probability)


def _choose(
    inquiry: Inquiry,
    usable: Sequence[Candidate],
    allowed: Sequence[Candidate],
    deciding: "_Deciding",
) -> Unclear | NotFound:
    """Ask back between entries that lie too near each other, each asked for all that is named."""
    meant = [one for one in allowed if one.evidence.curated and deciding.is_meant(one)]
    offered = choices(meant, inquiry)
    if len(offered) > 1:
        return Unclear(choices=offered, confidence=deciding.probability(allowed))
    return NotFound(reason="not-covered", confidence=deciding.certainty(usable, allowed))


@dataclass(frozen=True, slots=True)
class _Deciding:
    """The judge with a question; candidates are given best first."""

    asked: Asked
    judge: Judge
    required: Requirements
    lexical: LexicalIndex

    def probability(self, candidates: Sequence[Candidate]) -> float:
        """How likely the first one answers, the next that may be meant instead being its rival."""
        best, *others = candidates
        unmet = self.required.unmet(best)
        others = [
            one for one in others if not _is_twin(one, best) and self.required.unmet(one) <= unmet
        ]
        rival = rival_of([one.evidence for one in (best, *others)])
        return lowered(self.judge.probability(self.asked, best.evidence, rival), best.hit.relevance)

    def verdict(self, candidates: Sequence[Candidate]) -> Verdict:
        """What may be done with the first one."""
        if self.required.is_beside(candidates[0]):
            return Verdict.HAND_OFF
        return self.judge.decide(self.probability(candidates), candidates[0].evidence)

    def certainty(self, usable: Sequence[Candidate], allowed: Sequence[Candidate]) -> float:
        """How likely anything here answers, be it the best of those that fail a check."""
        sure = self.probability(allowed) if allowed else 0.0
        failing = next((one for one in usable if one not in allowed), None)
        if failing is None:
            return sure
        others = (one for one in usable if one is not failing)
        return max(sure, doubted(self.probability([failing, *others])))

    def is_likely(self, candidate: Candidate) -> bool:
        """Whether a candidate would do if there were no other: what is about something else not."""
        needed = min(self.judge.scale(candidate.evidence).answer_from, _EVEN)
        return self.probability([candidate]) >= needed

    def is_meant(self, candidate: Candidate) -> bool:
        """Whether it is likely, and asked for all the terms of a question that has some."""
        named = bool(self.required.essentials) and not self.required.unmet(candidate)
        return named and self.is_likely(candidate)

    def may_be_right(self, candidate: Candidate) -> bool:
        """Whether a candidate might have been answered with, or asked back about, alone."""
        return self.verdict([candidate]) is not Verdict.HAND_OFF

    def preferred(self, allowed: Sequence[Candidate]) -> Sequence[Candidate]:
        """The candidates in the order that answers, if one does, or else asks back."""
        orders: list[Sequence[Candidate]] = []
        if self.required.period.future:
            # What is known to come then goes before what holds today.
            orders.append(sorted(allowed, key=lambda one: not _is_to_come(one, self.required)))
        orders.append(allowed)
        # A text that is not sure enough is no rival to a FAQ entry that is.
        orders.append(self.entries(allowed))
        # What is asked for all that the question names goes before what merely resembles it.
        orders.append(sorted(orders[-1], key=self.required.unmet))
        verdicts = [(self.verdict(one), one) for one in orders if one]
        fitting = (
            order
            for wanted in (Verdict.ANSWER, Verdict.ASK_BACK)
            for verdict, order in verdicts
            if verdict is wanted
        )
        return next(fitting, allowed)

    def entries(self, allowed: Sequence[Candidate]) -> list[Candidate]:
        """The FAQ entries among the candidates.

        Where a text leads that would answer by itself, only those that tell what it tells: it is a
        witness against the others.
        """
        lead, *_ = allowed
        found = [one for one in allowed if one.evidence.curated]
        if lead.evidence.curated or self.verdict([lead]) is not Verdict.ANSWER:
            return found
        return [one for one in found if self.tells(one, lead)]

    def tells(self, entry: Candidate, text: Candidate) -> bool:
        """Whether a text holds most of what an entry answers in the text's language."""
        said = text.passage
        answers = [p.text for p in entry.passages if base(p.language) == base(said.language)]
        return any(self.lexical.share(answer, [said.text]) >= _MOST for answer in answers)

    def in_own_language(
        self, candidates: Sequence[Candidate], language: str
    ) -> Sequence[Candidate]:
        """The candidates, an entry or translation in the asker's language before a foreign text.

        An entry that is asked for in that language counts too: it was written for the question,
        and its translations come one by one. Two scales weigh them, so that what else is on the
        shelf can make two that say the same change places. The entry must be about as strong, and
        be enough by itself.
        """
        best = candidates[0]
        if best.evidence.curated or _speaks(best, language):
            return candidates
        unmet, strength = self.required.unmet(best), self.judge.strength(best.evidence)
        for one in candidates[1:]:
            near = strength - self.judge.strength(one.evidence) <= _ABOUT_AS_STRONG
            if (
                near
                and (one.evidence.curated or best.passage.id in one.alike)
                and (_speaks(one, language) or (one.evidence.curated and one.evidence.own > 0))
                and self.required.unmet(one) <= unmet
                and self.verdict([one]) is Verdict.ANSWER
            ):
                return [one, *(other for other in candidates if other is not one)]
        return candidates


def _is_unreliable(candidate: Candidate, required: Requirements) -> bool:
    """Whether it is what is asked about, with no source that could be trusted.

    An entry that is asked for a price or a date, and says that nobody knows it, holds none.
    """
    if candidate.passage.provenance.trust.answers:
        return False
    evidence = candidate.evidence
    asked_it = bool(evidence.curated) and not evidence.kind_missing
    return required.is_about(candidate) if asked_it else required.fits(candidate)


def _speaks(candidate: Candidate, language: str) -> bool:
    return any(base(passage.language) == base(language) for passage in candidate.passages)


def usable_among(ordered: Sequence[Candidate], required: Requirements) -> list[Candidate]:
    """The candidates whose sources may be used.

    What another one replaces is left out, whichever of them matches better.
    """
    standing = [one for one in ordered if required.is_standing(one.passage.provenance)]
    sources = [one.passage.provenance for one in standing]
    return [one for one in standing if not _is_replaced(one.passage.provenance, sources)]


def _is_replaced(source: Provenance, others: Sequence[Provenance]) -> bool:
    names = {name for name in (source.number, source.title) if name}
    return any(names & set(other.replaces) for other in others if other != source)


def _standing(candidate: Candidate, today: date) -> tuple[bool, bool]:
    """Whether a rule holds no longer, and whether it is still to come."""
    source = candidate.passage.provenance
    return is_history(source, today), is_to_come(source, today)


def _is_to_come(candidate: Candidate, required: Requirements) -> bool:
    return is_to_come(candidate.passage.provenance, required.today)


def _is_twin(one: Candidate, other: Candidate) -> bool:
    """Whether two say the same, or come from one source that is written in two languages."""
    first, second = one.passage, other.passage
    if second.id in one.alike:
        return True
    if one.evidence.curated or other.evidence.curated or first.language == second.language:
        return False
    origin = _origin(first.provenance)
    return any(origin) and origin == _origin(second.provenance)


def _origin(source: Provenance) -> tuple[str, ...]:
    return (source.issuer, source.number, source.url, *source.topics)


def _likeness(lexical: LexicalIndex, one: str, other: str) -> float:
    """How much of the words of each text occurs in the other one."""
    return min(lexical.share(one, [other]), lexical.share(other, [one]))
