"""What is said once it is decided: an answer with its quotation, two that differ, or choices."""

from collections.abc import Sequence

from knowledge.answer import Citation, Conflicting, Found, Inquiry
from knowledge.conflicts import Disagreement
from knowledge.evidence import Candidate
from knowledge.extraction import Share, extract
from knowledge.language import base
from knowledge.passage import Passage, Provenance
from knowledge.polarity import without_foreign_verdict
from knowledge.policy_time import Period, asked_period, is_history, is_to_come
from knowledge.subjects import name_subjects

_CHOICES = 3


def found(inquiry: Inquiry, best: Candidate, probability: float, share: Share) -> Found:
    """Quote the part of the best candidate that answers, in the asker's language if it has it."""
    source = best.passage.provenance
    period = asked_period(inquiry.text, inquiry.today)
    passage = min(best.passages, key=lambda one: _rank_of(one.language, inquiry.readable))
    whole = extract(passage, inquiry.text, share)
    quote = without_foreign_verdict(whole, passage, best.passages, inquiry)
    cut = "… " * (quote != whole and quote[0].islower())
    return Found(
        text=f"{cut}{quote} [1]",
        language=passage.language,
        citations=(Citation(number=1, quote=quote, passage=passage),),
        confidence=probability,
        in_asked_language=base(passage.language) == base(inquiry.own),
        year=_year_of(source, period) if is_history(source, inquiry.today) else None,
        begins=source.effective_from if is_to_come(source, inquiry.today) else None,
        translated=_is_translation(passage, best.passages),
    )


def differing(
    inquiry: Inquiry, disagreement: Disagreement, probability: float
) -> Found | Conflicting:
    """Two sources that say different things: for different places both are right."""
    pairs = (disagreement.one, disagreement.other)
    citations = tuple(
        Citation(number=number, quote=quote, passage=passage)
        for number, (passage, quote) in enumerate(pairs, start=1)
    )
    one, other = (_jurisdiction(passage) for passage, _ in pairs)
    if not (one and other and one != other):
        return Conflicting(citations=citations, confidence=probability)
    languages = {base(citation.passage.language) for citation in citations}
    return Found(
        text="\n\n".join(f"{each.quote} [{each.number}]" for each in citations),
        language=citations[0].passage.language,
        citations=citations,
        confidence=probability,
        in_asked_language=languages == {base(inquiry.own)},
        by_place=True,
    )


def choices(candidates: Sequence[Candidate], inquiry: Inquiry) -> tuple[str, ...]:
    """Up to three questions that the shelf can answer, each put in the asker's language."""
    found: list[str] = []
    for one in candidates:
        variants = [variant for passage in one.passages for variant in passage.questions]
        same = [v.text for v in variants if v.language == inquiry.own]
        near = [v.text for v in variants if base(v.language) == base(inquiry.own)]
        text = next(iter([*same, *near]), "")
        if text and text not in found:
            found.append(text)
    return tuple(found[:_CHOICES])


def _jurisdiction(passage: Passage) -> frozenset[str]:
    """The district, city, province or country whose rule it is, as its issuer or title says."""
    source = passage.provenance
    for text in (source.issuer, "\n".join((source.title, *passage.headings))):
        tags = name_subjects(text, passage.language).tags
        places = frozenset(t for t in tags if t.startswith(("home:", "place:", "district:")))
        if places:
            return places
    return frozenset()


def _year_of(source: Provenance, period: Period) -> int:
    """The year for which a rule that holds no longer is quoted."""
    last = source.effective_to.last_day if source.effective_to else period.last
    return min(period.last, last).year


def _is_translation(passage: Passage, siblings: Sequence[Passage]) -> bool:
    """Whether the same entry answers in Chinese first; another script is no other language.

    The first answer is the original; a Chinese one below it is a translation itself.
    """
    original = min(siblings, key=lambda one: one.ordinal)
    return base(passage.language) != "zh" and base(original.language) == "zh"


def _rank_of(language: str, readable: Sequence[str]) -> int:
    """The place of a language in the asker's order; those they do not read come last."""
    return readable.index(language) if language in readable else len(readable)
