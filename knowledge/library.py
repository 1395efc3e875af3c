"""The library as the other rooms use it: search a shelf, or ask it a question."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

from knowledge.answer import Finding, Inquiry, SearchResult
from knowledge.answering import answer
from knowledge.decision import Judge, load_judge
from knowledge.embedding import Embedder, Vectors
from knowledge.errors import DocumentUnknown, EmptyShelf, HelpdeskError, IndexFailure
from knowledge.normalisation import fold
from knowledge.passage import Audience, Passage
from knowledge.proposing import Proposal, propose
from knowledge.ranking import Ranking
from knowledge.reranking import Reranker, rerank
from knowledge.retrieval import Retriever
from knowledge.shelf import ShelfReader
from knowledge.snapshot import ManifestEntry

_Result = TypeVar("_Result")
_ATTEMPTS = 5


class Library:
    """One shelf with its embedder; safe to share between threads."""

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        judge: Judge | Callable[[], Judge] = load_judge,
        reranker: Reranker | None = None,
    ) -> None:
        """Use the shelf in ``folder`` (the index folder of a data folder).

        ``judge`` decides, or gives the one that is to decide about the next question.
        """
        self._folder = folder
        self._reader = ShelfReader(folder, embedder.fingerprint)
        self._embedder = embedder
        self._retriever = Retriever(self._reader, embedder)
        self._judge = judge if callable(judge) else lambda: judge
        self._reranker = reranker

    def search(
        self, text: str, *, language: str, audience: Audience, limit: int
    ) -> list[SearchResult]:
        """Return the best passages that the audience may see; ``EmptyShelf`` on an empty shelf."""
        return self._steadily(lambda: self._search(text, language, audience, limit))

    def _search(
        self, text: str, language: str, audience: Audience, limit: int
    ) -> list[SearchResult]:
        ranking = self._rank(text, language, audience)
        hits = ranking.hits[:limit]
        by_id = {passage.id: passage for passage in ranking.read(hits)}
        found = [(hit.merit, by_id[hit.passage.id]) for hit in hits if hit.passage.id in by_id]
        return [
            SearchResult(rank=rank, score=score, passage=passage)
            for rank, (score, passage) in enumerate(found, start=1)
        ]

    def consult(self, inquiry: Inquiry) -> Finding:
        """Answer a question, or say why not; ``EmptyShelf`` on an empty shelf."""
        return self._steadily(lambda: self._consult(inquiry))

    def _consult(self, inquiry: Inquiry) -> Finding:
        ranking = self._rank(inquiry.text, inquiry.language, inquiry.audience, inquiry.today)
        return answer(inquiry, ranking, self._judge())

    def propose(self, inquiry: Inquiry) -> Proposal:
        """Return what a person may want to say to a question that is not answered."""
        return self._steadily(lambda: self._propose(inquiry))

    def _propose(self, inquiry: Inquiry) -> Proposal:
        ranking = self._rank(inquiry.text, inquiry.language, inquiry.audience, inquiry.today)
        return propose(inquiry, ranking, self._judge())

    def look_ahead(self, vectors: Vectors) -> None:
        """Search for many questions at once that are about to be asked, given their vectors.

        It only spares time, so it is no failure where the shelf cannot be searched: whoever asks
        then is told why.
        """
        with suppress(HelpdeskError):
            self._retriever.look_ahead(vectors, Audience.PUBLIC)

    def documents(self) -> dict[str, ManifestEntry]:
        """What is on the shelf, by document id."""
        return dict(self._reader.current()[0].documents)

    def document(self, document_id: str) -> tuple[ManifestEntry, Sequence[Passage]]:
        """One document with its passages; raises ``DocumentUnknown``."""
        return self._steadily(lambda: self._document(document_id))

    def _document(self, document_id: str) -> tuple[ManifestEntry, Sequence[Passage]]:
        entry = self.documents().get(document_id)
        if entry is None:
            raise DocumentUnknown(document=document_id)
        return entry, self._reader.passages(entry.passages)

    def warm_up(self) -> None:
        """Load what a first question would wait for."""
        self._embedder.embed_questions(["?"])
        if self._reranker is not None:
            self._reranker.score("?", ["?"])
        fold("字")
        self._reader.current()

    def _steadily(self, read: Callable[[], _Result]) -> _Result:
        """Read within one generation: begin again when a writer swaps in the next meanwhile.

        What was read so far may lack what the writer has replaced.
        """
        for _ in range(_ATTEMPTS):
            before = self._reader.generation()
            try:
                result = read()
            except IndexFailure:
                if self._reader.generation() == before:
                    self._reader.release()
                    raise
                continue
            if self._reader.generation() == before:
                return result
        return read()

    def _rank(
        self, text: str, language: str, audience: Audience, day: date | None = None
    ) -> Ranking:
        if not self._reader.current()[0].documents:
            raise EmptyShelf(folder=self._folder.parent)
        ranking = self._retriever.rank(
            text, language=language, audiences=audience.readable, day=day
        )
        return ranking if self._reranker is None else rerank(text, ranking, self._reranker)
