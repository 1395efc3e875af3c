"""Whether what is left of a worded answer still answers.

Every sentence of it is true; but leaving out the one that matters would be wrong all the same. Of
the quoted answer, the sentence that begins it, those that hold what was asked and those that allow,
demand, deny, restrict or measure something must come back, each with its figures, dates and
denials; who published it may stay away, because the citation tells that. Of a long text only what
was asked and what narrows it must come back. In doubt the quoted answer is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answer import Citation
from knowledge.asked_kind import asked_kinds, holds
from knowledge.generation.checking import Sentence, SentenceCheck
from knowledge.grounding import Fault
from knowledge.grounding.statement import read_statement
from knowledge.passage import PassageKind
from knowledge.spans import Span, split_sentences

_COVERED = 0.6
"""The part of a source sentence that must be quoted for it to count as used."""
_LEAST_WEIGHT = 0.4
"""How much of the weight of what it must state a worded answer has at least."""

_LOST = frozenset({Fault.FIGURES, Fault.DATES, Fault.RULE_NUMBERS, Fault.NEGATION, Fault.MODALITY})
"""What may not get lost on the way from a source to its wording; words may."""
_NARROWING = frozenset({"bar", "no", "only", "unless", "except", "without", "if"})
_BINDING = _NARROWING | {"spare", "must", "may"}
LONG = 500.0
"""A text of this weight is too long to be read as an answer."""


def binds(text: str, language: str) -> bool:
    """Whether a text allows, demands, denies, restricts or measures something."""
    statement = read_statement(text, language)
    measured = any(not figure.article for figure in statement.figures)
    return measured or any(mark.kind in _BINDING for mark in statement.marks)


def narrows(text: str, language: str) -> bool:
    """Whether a text denies, restricts or bounds something."""
    statement = read_statement(text, language)
    bounded = any(figure.bounds for figure in statement.figures)
    return bounded or any(mark.kind in _NARROWING for mark in statement.marks)


def is_long_text(citation: Citation) -> bool:
    """Whether a citation quotes a long part of a text, which may be put more shortly."""
    return citation.passage.kind is PassageKind.TEXT and weigh(citation.quote) > LONG


def weigh(text: str) -> float:
    """How much a text says, in letters of English: a Han character or kana counts for 2.5."""
    return sum(_weight_of(character) for character in text if not character.isspace())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sufficiency:
    """Judges the sentences that passed a check, for its question."""

    check: SentenceCheck

    def suffices(self, sentences: Sequence[Sentence]) -> bool:
        """Whether the sentences state what the quoted answer does, as far as it matters."""
        if not sentences:
            return False
        return all(
            self._is_stated(span, citation, sentences)
            for citation in self.check.citations
            for span in self.needed(citation)
        )

    def _is_stated(self, span: Span, citation: Citation, sentences: Sequence[Sentence]) -> bool:
        """Whether a sentence of the source is used, and nothing of it lost."""
        using = [
            one for one in sentences if one.number == citation.number and one.span.overlaps(span)
        ]
        text = span.of(citation.passage.text)
        worded = " ".join(one.text for one in using)
        covered = _is_covered(span, [one.span for one in using])
        if not covered or weigh(worded) < _LEAST_WEIGHT * weigh(text):
            return False
        return _LOST.isdisjoint(self.check.lost(text, citation.passage.language, worded))

    def needed(self, citation: Citation) -> list[Span]:
        """The sentences of a quoted answer that a worded one must state."""
        text = citation.passage.text
        begin = text.find(citation.quote)
        quoted = Span(begin, begin + len(citation.quote))
        sentences = [one for one in split_sentences(text) if one.overlaps(quoted)]
        language = citation.passage.language
        answering = self._answering(sentences, text)
        matters = narrows if is_long_text(citation) else binds
        if citation.passage.kind is PassageKind.FAQ:
            answering = [*sentences[:1], *answering]
        return [one for one in sentences if one in answering or matters(one.of(text), language)]

    def _answering(self, sentences: Sequence[Span], text: str) -> list[Span]:
        """Those that hold what was asked for, and the one that is nearest to the question."""
        kinds = asked_kinds(self.check.question)
        found = [one for one in sentences if any(holds(one.of(text), kind) for kind in kinds)]
        nearness = self.check.nearness
        if nearness is None or not sentences:
            return found or list(sentences)
        nearest = max(sentences, key=lambda one: nearness(self.check.question, one.of(text)))
        return [*found, nearest]


def _is_covered(span: Span, used: Sequence[Span]) -> bool:
    shared = [
        (max(span.start, one.start), min(span.end, one.end)) for one in used if one.overlaps(span)
    ]
    places = {place for start, end in shared for place in range(start, end)}
    return len(places) >= _COVERED * (span.end - span.start)


def _weight_of(character: str) -> float:
    if "\u3040" <= character <= "\u9fff" or character >= "\U00020000":
        return 2.5
    return 1.8 if "\uac00" <= character <= "\ud7a3" else 1.0
