"""A shelf for one trial, made of the real parts and searched by them."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.answer import Found, Inquiry
from knowledge.answering import answer
from knowledge.decision import Asked, Judge
from knowledge.embedding import Embedder
from knowledge.evaluation.metrics import CUT
from knowledge.evaluation.suites import Text
from knowledge.evidence import group, weigh
from knowledge.passage import Audience, Document, Passage, PassageKind, Provenance
from knowledge.ranking import Ranking
from knowledge.retrieval import Retriever
from knowledge.shelf import ShelfReader, ShelfWriter

_ASKER = Audience.PUBLIC
_TODAY = date(2026, 1, 1)
"""Public passages hold at any time; a fixed day keeps "last year" the same in every run."""
_UNTITLED = Provenance(title="")
_NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Reply:
    """The passage that would be answered from, "" for none, and how sure that is.

    ``refused``: how likely a passage that a check refuses answers all the same. It keeps an order
    among the questions for which a check leaves no passage, whose ``confidence`` is 0.
    """

    passage: str
    confidence: float
    refused: float = 0.0

    @property
    def certainty(self) -> float:
        """How sure it is that the shelf answers at all."""
        return max(self.confidence, self.refused)


class TrialShelf:
    """Searches and answers as the library does."""

    def __init__(self, retriever: Retriever, judge: Judge | None) -> None:
        """Without a ``judge`` the best hit answers, and its fused score is the confidence."""
        self._retriever = retriever
        # Where the threshold should lie is what is measured: here every answer comes out.
        self._judge = _from(judge, 0.0) if judge else None

    def find(self, question: str, language: str) -> tuple[str, ...]:
        """The ids of the best passages, in the order of a search."""
        hits = group(self._rank(question, language).hits, CUT)
        return tuple(hit.passage.id for hit in hits)

    def reply(self, question: str, language: str) -> Reply:
        """What would be answered, and how sure that is; 0 where nothing may answer."""
        ranking = self._rank(question, language)
        if self._judge is None:
            best = next(iter(ranking.hits), None)
            return Reply(best.passage.id, best.score) if best else Reply("", 0.0)
        inquiry = Inquiry(text=question, readable=(language,), audience=_ASKER, today=_TODAY)
        finding = answer(inquiry, ranking, self._judge)
        if not isinstance(finding, Found):
            return Reply("", 0.0, finding.confidence)
        refusal = answer(inquiry, ranking, _from(self._judge, _NEVER))
        return Reply(finding.citations[0].passage.id, finding.confidence, refusal.confidence)

    def match(self, question: str, language: str) -> Reply:
        """What the question is about; whether the answer holds what is asked for is not checked.

        For shelves whose answers are only names.
        """
        if self._judge is None:
            return self.reply(question, language)
        ranking = self._rank(question, language)
        ordered = self._judge.order(weigh(question, ranking))
        if not ordered:
            return Reply("", 0.0)
        rival = ordered[1].evidence if len(ordered) > 1 else None
        asked = Asked(question, language, ranking.known)
        probability = self._judge.probability(asked, ordered[0].evidence, rival)
        return Reply(ordered[0].passage.id, probability)

    def _rank(self, question: str, language: str) -> Ranking:
        return self._retriever.rank(question, language=language, audiences=(_ASKER,))


def _from(judge: Judge, threshold: float) -> Judge:
    """The same judge with one threshold for everything: 0 answers always."""
    curated, texts = (
        replace(scale, answer_from=threshold, ask_back_from=threshold)
        for scale in (judge.curated, judge.texts)
    )
    return replace(judge, curated=curated, texts=texts)


@contextmanager
def trial_shelf(
    passages: Sequence[Passage], embedder: Embedder, judge: Judge | None
) -> Iterator[TrialShelf]:
    """Stock a shelf in a temporary folder, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="helpdesk-evaluation-") as name:
        folder = Path(name)
        writer = ShelfWriter(folder, embedder)
        for document in documents_of(passages):
            writer.put(document, root="evaluation")
        writer.publish()
        writer.close()
        reader = ShelfReader(folder, embedder.fingerprint)
        yield TrialShelf(Retriever(reader, embedder), judge)
        reader.current()[1].close()


def passage_of(text: Text) -> Passage:
    """A public passage as one of a text; its topic is its document."""
    return Passage(
        id=text.id,
        document=text.topic,
        ordinal=0,
        kind=PassageKind.TEXT,
        language=text.language,
        locator=text.id,
        text=text.text,
        provenance=_UNTITLED,
    )


def documents_of(passages: Sequence[Passage]) -> Iterator[Document]:
    """The documents that passages stand in."""
    for name in dict.fromkeys(passage.document for passage in passages):
        own = tuple(passage for passage in passages if passage.document == name)
        yield Document(
            id=name,
            content_hash="",
            provenance=own[0].provenance,
            language=own[0].language,
            passages=own,
        )
