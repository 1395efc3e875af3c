"""The check of one sentence: nothing that a model says is shown unless it passes here.

It must rest on words that stand in the part of a source which the decision to answer was made on,
and say what the sentences around them say, in the asker's language (:mod:`knowledge.grounding`).
What does not pass is dropped, never mended.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from knowledge.answer import Citation
from knowledge.generation.drafts import Draft, tidy
from knowledge.grounding import Claim, Fault, spoken_of
from knowledge.language import base
from knowledge.passage import Passage
from knowledge.spans import Span, locate, split_sentences, widen

Nearness = Callable[[str, str], float]
"""The cosine of two texts, whatever their languages."""

_LINK = re.compile(r"https?:|www\.|@\w|\]\(|[{}<>]")

_OTHER_SCRIPTS = frozenset({"ar", "ja", "ko", "ru", "th", "zh"})
_LATIN = re.compile(r"[A-Za-z]{2,}")
_TURNED = frozenset({Fault.NEGATION, Fault.MODALITY})
"""What may be wrong in neither direction. Figures may: a sentence need not have all of them."""
_CURRENCIES = frozenset({"rmb", "cny", "usd", "eur", "gbp", "hkd", "jpy", "krw", "brl"})


class Examiner(Protocol):
    """Says what is wrong with a claim; see ``knowledge.grounding.examine``."""

    def __call__(
        self,
        claim: Claim,
        sources: Sequence[Passage],
        *,
        question: str,
        nearness: Nearness | None,
    ) -> tuple[Fault, ...]:
        """Return the faults; none: it may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence that passed: ``span`` is what it quotes in the text of citation ``number``."""

    text: str
    number: int
    span: Span

    @property
    def marked(self) -> str:
        """The sentence as it is shown."""
        return f"{self.text} [{self.number}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceCheck:
    """Checks sentences against the citations of one answer, in the asker's ``language``."""

    citations: Sequence[Citation]
    question: str
    language: str
    examine: Examiner
    nearness: Nearness | None

    def check(self, draft: Draft) -> Sentence | str:
        """Return the sentence as it may be shown, or a short code for why it may not."""
        text = tidy(draft.sentence)
        cited = next((one for one in self.citations if one.number == draft.source), None)
        span = _place(draft.quote, cited) if cited else None
        if not text or cited is None or span is None:
            return "quote" if text else "form"
        problem = self._problem(text, cited, span)
        return problem or Sentence(text=text, number=cited.number, span=span)

    def _problem(self, text: str, cited: Citation, span: Span) -> str:
        """What is wrong with a sentence that rests on this place of a source; "" for nothing."""
        passage = cited.passage
        if any(link not in passage.text for link in _links(text)):
            return "link"
        if base(self.language) in _OTHER_SCRIPTS and not self._knows_names(text, passage):
            return "name"
        claim = Claim(
            text=text,
            language=self.language,
            source=self.citations.index(cited) + 1,
            quote=span.of(passage.text),
        )
        sources = [one.passage for one in self.citations]
        faults = self.examine(claim, sources, question=self.question, nearness=self.nearness)
        if faults:
            return str(faults[0])
        around = widen(span, split_sentences(passage.text)).of(passage.text)
        told = spoken_of(text, self.language, around, passage.language)
        turned = self.lost(told, passage.language, text) & _TURNED
        return f"{min(turned)}, read backwards" if turned else ""

    def lost(self, text: str, language: str, worded: str) -> frozenset[Fault]:
        """What is wrong the other way round: the source as a claim that rests on its wording."""
        claim = Claim(text=text, language=language, source=1, quote=worded, backward=True)
        wording = replace(
            self.citations[0].passage, text=worded, language=self.language, headings=()
        )
        return frozenset(self.examine(claim, [wording], question=self.question, nearness=None))

    def _knows_names(self, text: str, passage: Passage) -> bool:
        """Whether all words in Latin letters, names as a rule, stand in the source or question."""
        source = passage.provenance
        known = (passage.text, *passage.headings, source.title, source.issuer, self.question)
        spoken = _words_in_latin(" ".join(known)) | _CURRENCIES
        return _words_in_latin(text) <= spoken


def _words_in_latin(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _LATIN.findall(text))


def _place(quote: str, cited: Citation) -> Span | None:
    """Where a quotation stands in the passage, looked for only in the part that answers."""
    found = locate(quote, cited.quote)
    begin = cited.passage.text.find(cited.quote)
    if found is None or begin < 0:
        return None
    return Span(begin + found.start, begin + found.end)


def _links(text: str) -> list[str]:
    """The words of a text that hold an address, the name of a user or markup."""
    return [word for word in text.split() if _LINK.search(word)]
