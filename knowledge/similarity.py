"""Which of many earlier questions ask the same as a new one, in whatever language."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder
from knowledge.language import identify_message
from knowledge.normalisation import fold
from knowledge.passage import QuestionVariant
from knowledge.question_signs import READ_FROM, QuestionSigns
from knowledge.question_vectors import embed_centred, language_means

ALIKE_FROM: Final = 0.35
"""Cosine without the mean of each language, and how far names, terms and kinds agree. What it
finds, and how much that only looks alike, is measured by ``python -m benchmarks.alike``
(docs/decisions/0028). What is shown may help, and nothing follows from what is not."""
_UNCENTRED: Final = 0.65
"""The same for models whose means are not known."""

_KEPT: Final = 2000
_AT_ONCE: Final = 48
"""A third of a second with the bundled model."""
_Vector = npt.NDArray[np.float32]


class SimilarQuestions:
    """Compares questions; vectors are kept, so that each is embedded once. Safe by threads.

    Somebody waits meanwhile: of many that are new only the first are embedded at once (``others``
    begin with those that matter most), and the rest in later comparisons.
    """

    def __init__(self, embedder: Embedder) -> None:
        """Compare as this embedder sees them."""
        self._embedder = embedder
        self._known: OrderedDict[str, _Vector] = OrderedDict()
        self._lock = Lock()

    def find(self, question: str, others: Sequence[str], *, limit: int) -> list[int]:
        """Return the places of those that are alike among ``others``, the nearest first."""
        if not others:
            return []
        asked, *texts = (fold(text) for text in (question, *others))
        known = self._embed([asked, *texts])
        places = [place for place, text in enumerate(texts) if text in known]
        likeness = {place: float(known[texts[place]] @ known[asked]) for place in places}
        least = _UNCENTRED
        if language_means(self._embedder):
            least = ALIKE_FROM
            _add_signs(likeness, asked, texts)
        nearest = sorted(places, key=lambda place: -likeness[place])
        return [place for place in nearest if likeness[place] >= least][:limit]

    def _embed(self, texts: Sequence[str]) -> dict[str, _Vector]:
        """The vectors of texts, as far as they are known or can be made now."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        missing = list(dict.fromkeys(text for text in texts if text not in known))[:_AT_ONCE]
        if missing:
            fresh = embed_centred(self._embedder, [_variant(text) for text in missing])[0]
            made = dict(zip(missing, fresh, strict=True))
            self._keep(made)
            known |= made
        return known

    def _keep(self, vectors: dict[str, _Vector]) -> None:
        with self._lock:
            self._known |= vectors
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)


def _add_signs(likeness: dict[int, float], asked: str, texts: Sequence[str]) -> None:
    """Add how far the signs agree, to those that lie near enough for it to matter."""
    signs = QuestionSigns.of(_variant(asked))
    for place, cosine in likeness.items():
        if cosine >= READ_FROM:
            likeness[place] = cosine + signs.agreement(QuestionSigns.of(_variant(texts[place])))


def _variant(text: str) -> QuestionVariant:
    return QuestionVariant(text, identify_message(text))
