"""Whether a candidate may be used for a question, however well it matches.

It must be trustworthy, have held at the time that is asked about, hold the kind of thing that is
asked for, and speak of what the question is limited to (:mod:`knowledge.limits`).
"""

from dataclasses import dataclass
from datetime import date

from knowledge.answer import Inquiry
from knowledge.asked_kind import MEASURES, Kind, asked_kinds, asks_whether, holds, mentioned_kinds
from knowledge.candidate_subjects import (
    HOME,
    articles,
    articles_of,
    matters_of,
)
from knowledge.evidence import Candidate, terms_of
from knowledge.glossary import essentials, matters
from knowledge.limits import Limits
from knowledge.named_words import asked_words, words_of
from knowledge.passage import Passage, Provenance
from knowledge.polarity import asks_duty, share_of_duty
from knowledge.policy_time import Period, held
from knowledge.spans import split_sentences
from knowledge.stays import Stays, asked_stays
from knowledge.subjects import name_subjects

_PAY = "pay"
_GETTING = frozenset({Kind.DOCUMENTS, Kind.PHONE, Kind.TURNAROUND, Kind.FEE, Kind.APPLICATION})
"""What is asked by somebody who knows already that it takes something."""
_TIMES = 2
"""So many times as often as for a yes or no."""
_MOSTLY = 0.4
"""The least share of the questions that an entry is asked, for it to be about a duty."""
_NEARLY = 0.85
"""The share of a question's words that stands in one that an entry is asked."""


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a question asks for; made once, and held against each candidate."""

    language: str
    kinds: frozenset[Kind]
    essentials: frozenset[str]
    limits: Limits
    words: frozenset[str]
    matters: frozenset[str]
    articles: frozenset[str]
    period: Period
    stays: Stays
    asks_whether: bool
    asks_duty: bool
    today: date

    @classmethod
    def of(cls, inquiry: Inquiry) -> "Requirements":
        """Read them from the question's words."""
        limits = Limits.of(inquiry)
        return cls(
            language=inquiry.language,
            kinds=limits.kinds,
            essentials=_essentials_of(inquiry),
            limits=limits,
            words=asked_words(inquiry.text, inquiry.language),
            matters=matters(inquiry.text, inquiry.language),
            articles=articles(inquiry.text),
            period=limits.period,
            stays=asked_stays(inquiry.text),
            asks_whether=asks_whether(inquiry.text),
            asks_duty=asks_duty(inquiry.text, inquiry.language),
            today=inquiry.today,
        )

    def is_standing(self, source: Provenance) -> bool:
        """Whether a source may be trusted, and held at the time that is asked about."""
        return source.trust.answers and held(source, self.period)

    def met_by(self, candidate: Candidate) -> bool:
        """Whether a candidate may be used for the question."""
        return self.is_standing(candidate.passage.provenance) and self.fits(candidate)

    def fits(self, candidate: Candidate) -> bool:
        """Whether it holds what is asked for and speaks of what is named, whoever says it."""
        tells = all(_tells(candidate, kind) for kind in self.kinds)
        said = tells and self._says_it_of_the_named(candidate) and self._says_it_of_home(candidate)
        return said and self.is_about(candidate)

    def is_about(self, candidate: Candidate) -> bool:
        """Whether it speaks of what is named, whatever it says of it."""
        texts = [passage.text for passage in candidate.passages]
        heads = [_head_of(one) for one in candidate.passages]
        return self.stays.covered_by([*heads, *texts]) and self._speaks_of_all(candidate)

    def _speaks_of_all(self, candidate: Candidate) -> bool:
        passages = candidate.passages
        named = (
            (self.words, words_of),
            (self.matters, matters_of),
            (self.articles, articles_of),
        )
        if not all(wanted <= name(passages) for wanted, name in named if wanted):
            return False
        if not self.essentials <= terms_of(passages, self.language, self.essentials):
            return False
        return self.limits.met_by(candidate)

    def unmet(self, candidate: Candidate) -> int:
        """How much of what the question asks none of a candidate's own questions does.

        A text has none: what it does not say counts instead.
        """
        evidence = candidate.evidence
        missing = int(evidence.asked_missing + evidence.kind_missing) + self.is_beside(candidate)
        return missing + self.limits.count_missed(candidate)

    def is_beside(self, candidate: Candidate) -> bool:
        """Whether an entry is asked something else about the same, where a yes or no is asked for.

        The list of papers for a permit does not say who needs one, and neither does the rule of who
        may apply. An entry that is asked both ways may, and so may one that is asked in nearly
        these words.
        """
        if not self.asks_whether or candidate.evidence.asked_share >= _NEARLY:
            return False
        variants = [one for passage in candidate.passages for one in passage.questions]
        whether = [one for one in variants if asks_whether(one.text)]
        granted = sum(1 for one in variants if mentioned_kinds(one.text) & _GETTING)
        if granted > _TIMES * len(whether):
            return True
        if not self.asks_duty:
            return False
        duty = share_of_duty((one.text, one.language) for one in variants)
        return duty is not None and duty < _MOSTLY

    def _says_it_of_home(self, candidate: Candidate) -> bool:
        """Whether what a text says about China is not what it says of another country alone."""
        if not self.kinds or not self.limits.is_at_home or candidate.evidence.curated:
            return True
        saying = [
            name_subjects(sentence, one.language).tags
            for one in candidate.passages
            for sentence in (span.of(one.text) for span in split_sentences(one.text))
            if all(holds(sentence, kind) for kind in self.kinds)
        ]
        return not saying or any(
            HOME in tags or not any(tag.startswith("country:") for tag in tags) for tags in saying
        )

    def _says_it_of_the_named(self, candidate: Candidate) -> bool:
        """Whether a text says what is asked for in a sentence about the name that it is asked of.

        A paragraph of several platforms gives the owner of one and the revenue of another.
        """
        asked = self.limits.named.of_kind("name:")
        if not asked or not self.kinds or _is_asked_of(candidate, asked):
            return True
        return any(
            asked <= name_subjects(f"{_head_of(one)}\n{sentence}", one.language).tags
            and all(holds(sentence, kind) for kind in self.kinds)
            for one in candidate.passages
            for sentence in (span.of(one.text) for span in split_sentences(one.text))
        )


def _essentials_of(inquiry: Inquiry) -> frozenset[str]:
    """The terms that a source must use; that somebody is paid counts where money is asked for."""
    found = essentials(inquiry.text, inquiry.language)
    return found if Kind.MONEY in asked_kinds(inquiry.text) else found - {_PAY}


def _tells(candidate: Candidate, kind: Kind) -> bool:
    """Whether a candidate holds what is asked for; that it is asked the same tells it too."""
    texts = [passage.text for passage in candidate.passages]
    if any(holds(text, kind) for text in texts):
        return True
    measures = MEASURES.get(kind, ())
    if not any(holds(text, measure) for text in texts for measure in measures):
        return False
    variants = (variant.text for passage in candidate.passages for variant in passage.questions)
    return any(kind in mentioned_kinds(text) for text in variants)


def _is_asked_of(candidate: Candidate, names: frozenset[str]) -> bool:
    """Whether a question that it answers is about all of these."""
    variants = (variant for passage in candidate.passages for variant in passage.questions)
    return any(names <= name_subjects(one.text, one.language).tags for one in variants)


def _head_of(passage: Passage) -> str:
    return " ".join((passage.provenance.title, *passage.headings))
