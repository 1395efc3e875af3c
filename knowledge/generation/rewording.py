"""A found answer, worded by a language model in the asker's language, or left as it is quoted.

The decision to answer was made before, without the model; the quoted answer is always at hand. The
model is asked where it can help: the answer is in another language, or it is a long text. It writes
sentence by sentence; each that passes the check is shown at once, up to the first that does not.
Nothing shown is ever taken back: where the rest fails, the quoted answer follows what was shown.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.answer import Citation, Found
from knowledge.generation.checking import Examiner, Nearness, Sentence, SentenceCheck
from knowledge.generation.drafts import read_drafts
from knowledge.generation.instructions import speaks_to_machines
from knowledge.generation.model import ANSWERING, LanguageModel
from knowledge.generation.prompts import answer_prompt
from knowledge.generation.sufficiency import Sufficiency, is_long_text, weigh
from knowledge.grounding.operators import is_judged
from knowledge.language import base
from knowledge.spans import enclose, split_sentences, widen

_LOG = logging.getLogger(__name__)
_MOST_DRAFTS = 40
_MOST_SENTENCES = 15
_ROOM = 1.6
_SPARE = 150.0
"""A worded answer may weigh 1.6 times what it is made from, and a little more."""
_LONGEST_SOURCE = 8000

OnSentence = Callable[[str], None]
"""Told each sentence with its mark, in the order of the final text, once it may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """Words answers; safe to share between threads."""

    model: LanguageModel
    examine: Examiner
    nearness: Nearness | None

    def reword(
        self,
        found: Found,
        *,
        question: str,
        language: str,
        on_sentence: OnSentence | None = None,
    ) -> Found:
        """Return the answer in ``language`` (BCP 47), or ``found`` itself where that fails.

        The text begins with the sentences that ``on_sentence`` was told, one space between them.
        """
        if not helps(found, language):
            return found
        check = SentenceCheck(
            citations=found.citations,
            question=question,
            language=language,
            examine=self.examine,
            nearness=self.nearness,
        )
        quotes = [citation.quote for citation in found.citations]
        room = _ROOM * sum(map(weigh, quotes)) + _SPARE
        attempt = _Attempt(check=check, on_sentence=on_sentence, room=room)
        prompt = answer_prompt(question, quotes, language=language)
        self.model.ask(prompt, attempt.read, share=ANSWERING)
        attempt.log()
        if Sufficiency(check=check).suffices(attempt.passed):
            return _worded(found, attempt.passed, language)
        if attempt.told:
            return replace(found, text=f"{_joined(attempt.told)}\n\n{found.text}", worded=True)
        return found


def helps(found: Found, language: str) -> bool:
    """Whether a model could make this answer better, and may be shown its sources."""
    quotes = [citation.quote for citation in found.citations]
    foreign = base(found.language) != base(language)
    if (
        not quotes
        or found.year is not None
        or not (foreign or any(map(is_long_text, found.citations)))
    ):
        return False
    languages = {base(language), *(base(one.passage.language) for one in found.citations)}
    short = sum(map(len, quotes)) <= _LONGEST_SOURCE
    return short and all(map(is_judged, languages)) and not any(map(speaks_to_machines, quotes))


@dataclass(slots=True, kw_only=True)
class _Attempt:
    """What becomes of one reply."""

    check: SentenceCheck
    on_sentence: OnSentence | None
    room: float
    passed: list[Sentence] = field(default_factory=list)
    told: list[Sentence] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def read(self, pieces: Iterator[str]) -> bool:
        """Take what passes until there is enough; whether there was any sentence to check."""
        for count, draft in enumerate(read_drafts(pieces), start=1):
            checked = self.check.check(draft)
            if isinstance(checked, str):
                self.faults[checked] += 1
            elif self._is_new(checked):
                self.room -= weigh(checked.text)
                if self.room < 0:
                    break
                self._take(checked)
            if count >= _MOST_DRAFTS or len(self.passed) >= _MOST_SENTENCES:
                break
        return bool(self.passed or self.faults)

    def _take(self, sentence: Sentence) -> None:
        """Keep a sentence, and show it unless one before it was dropped.

        After a gap nothing is shown until the whole is judged: "it holds for 55 countries" must not
        be read before what holds there.
        """
        self.passed.append(sentence)
        if self.on_sentence and not self.faults:
            self.told.append(sentence)
            self.on_sentence(sentence.marked)

    def _is_new(self, sentence: Sentence) -> bool:
        return sentence.text.casefold() not in {one.text.casefold() for one in self.passed}

    def log(self) -> None:
        """Say how it went, without a word of what was asked or answered."""
        _LOG.info("a model's answer: %d sentences passed; %s", len(self.passed), dict(self.faults))


def _worded(found: Found, sentences: Sequence[Sentence], language: str) -> Found:
    foreign = base(found.language) != base(language)
    # Whoever is answered in another language than the source can hold all of it against that.
    citations = found.citations if foreign else _narrowed(found.citations, sentences)
    return replace(
        found,
        text=_joined(sentences),
        language=language,
        citations=citations,
        in_asked_language=True,
        worded=True,
    )


def _narrowed(citations: Sequence[Citation], sentences: Sequence[Sentence]) -> tuple[Citation, ...]:
    """The citations, each with the part of its quotation that was used, in whole sentences."""
    return tuple(_narrow(one, sentences) for one in citations)


def _narrow(citation: Citation, sentences: Sequence[Sentence]) -> Citation:
    text = citation.passage.text
    used = [one.span for one in sentences if one.number == citation.number]
    around = widen(enclose(used), split_sentences(text)).of(text) if used else ""
    return replace(citation, quote=around) if around and around in citation.quote else citation


def _joined(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.marked for sentence in sentences)
