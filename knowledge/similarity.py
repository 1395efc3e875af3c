"""Which of many earlier questions ask the same as a new one, in whatever language."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder
from knowledge.normalisation import fold

ALIKE_FROM: Final = 0.65
"""Cosine. Of questions to different entries of the starter knowledge 0.9 % are so alike, of
questions to the same one in different languages 40 %: what is shown may help, and nothing follows
from what is not."""

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
        cosines = {place: float(known[texts[place]] @ known[asked]) for place in places}
        nearest = sorted(places, key=lambda place: -cosines[place])
        return [place for place in nearest if cosines[place] >= ALIKE_FROM][:limit]

    def _embed(self, texts: Sequence[str]) -> dict[str, _Vector]:
        """The vectors of texts, as far as they are known or can be made now."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        missing = list(dict.fromkeys(text for text in texts if text not in known))[:_AT_ONCE]
        if missing:
            fresh = self._embedder.embed_questions(missing)
            made = dict(zip(missing, fresh, strict=True))
            self._keep(made)
            known |= made
        return known

    def _keep(self, vectors: dict[str, _Vector]) -> None:
        with self._lock:
            self._known |= vectors
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
