"""From a ranking to what may be said: an answer with its citation, a question back, or nothing."""

from collections.abc import Sequence

from knowledge.answer import Citation, Finding, Found, Inquiry, NotFound, Unclear
from knowledge.asked_kind import asked_kinds, holds
from knowledge.decision import Asked, Judge, Verdict
from knowledge.evidence import Candidate, weigh
from knowledge.language import base
from knowledge.passage import Passage
from knowledge.policy_time import Period, asked_period, held, is_history
from knowledge.retrieval import Ranking
from knowledge.subjects import subjects

_CHOICES = 3


def answer(inquiry: Inquiry, ranking: Ranking, judge: Judge) -> Finding:
    """Decide about the best candidate that may answer at all."""
    period = asked_period(inquiry.text, inquiry.today)
    ordered = judge.order(weigh(inquiry.text, ranking))
    if not ordered:
        return NotFound(reason="not-covered", confidence=0.0)
    allowed = [one for one in ordered if may_answer(one, inquiry, period)]
    asked = Asked(inquiry.text, inquiry.language, ranking.known)
    if not ordered[0].passage.provenance.trust.answers or not allowed:
        # What fits best is known to lack a reliable source: the next best would be a guess.
        return NotFound(reason="not-covered", confidence=_probability(ordered, asked, judge))
    probability = _probability(allowed, asked, judge)
    curated = [one for one in allowed if one.evidence.curated]
    if judge.decide(probability, allowed[0].evidence) is not Verdict.ANSWER and curated:
        # A text that is not sure enough is no rival to a FAQ entry that is.
        second = _probability(curated, asked, judge)
        if judge.decide(second, curated[0].evidence) is Verdict.ANSWER:
            allowed, probability = curated, second
    match judge.decide(probability, allowed[0].evidence):
        case Verdict.ANSWER:
            return _found(inquiry, allowed[0], probability, period)
        case Verdict.ASK_BACK:
            choices = _choices(allowed, inquiry)
            if len(choices) > 1:
                return Unclear(choices=choices, confidence=probability)
            return NotFound(reason="unsure", confidence=probability)
        case Verdict.HAND_OFF:
            return NotFound(reason="not-covered", confidence=probability)


def may_answer(candidate: Candidate, inquiry: Inquiry, period: Period) -> bool:
    """Whether a candidate may be used for this question, however well it matches.

    It must be trustworthy, have held at the time that is asked about, hold the kind of thing that
    is asked for, and speak of every country, place, visa class, platform and year that the
    question names.
    """
    source = candidate.passage.provenance
    if not source.trust.answers or not held(source, period):
        return False
    texts = [passage.text for passage in candidate.passages]
    if not all(any(holds(text, kind) for text in texts) for kind in asked_kinds(inquiry.text)):
        return False
    asked = subjects(inquiry.text, inquiry.language)
    if period.past and source.effective_from is not None:
        asked -= {f"year:{period.first.year}"}  # that it held then has been checked
    return not asked or asked <= _subjects_of(candidate.passages)


def _subjects_of(passages: Sequence[Passage]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for passage in passages:
        text = " ".join((passage.provenance.title, *passage.headings, passage.text))
        found |= subjects(text, passage.language)
        for variant in passage.questions:
            found |= subjects(variant.text, variant.language)
    return found


def _probability(candidates: Sequence[Candidate], asked: Asked, judge: Judge) -> float:
    rival = next((one.evidence for one in candidates[1:]), None)
    return judge.probability(asked, candidates[0].evidence, rival)


def _found(inquiry: Inquiry, best: Candidate, probability: float, period: Period) -> Found:
    source = best.passage.provenance
    passage = min(best.passages, key=lambda one: _rank_of(one.language, inquiry.readable))
    return Found(
        text=f"{passage.text} [1]",
        language=passage.language,
        citations=(Citation(number=1, quote=passage.text, passage=passage),),
        confidence=probability,
        in_asked_language=base(passage.language) == base(inquiry.own),
        year=period.first.year if period.past and is_history(source, inquiry.today) else None,
    )


def _rank_of(language: str, readable: Sequence[str]) -> int:
    """The place of a language in the asker's order; those they do not read come last."""
    return readable.index(language) if language in readable else len(readable)


def _choices(candidates: Sequence[Candidate], inquiry: Inquiry) -> tuple[str, ...]:
    """Up to three questions that the shelf can answer, each put in the asker's language."""
    choices: list[str] = []
    for one in candidates:
        variants = [variant for passage in one.passages for variant in passage.questions]
        same = [v.text for v in variants if v.language == inquiry.own]
        near = [v.text for v in variants if base(v.language) == base(inquiry.own)]
        text = next(iter([*same, *near]), "")
        if text and text not in choices:
            choices.append(text)
    return tuple(choices[:_CHOICES])
