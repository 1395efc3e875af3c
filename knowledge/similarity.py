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
_Vector = npt.NDArray[np.float32]


class SimilarQuestions:
    """Compares questions; vectors are kept, so that each is embedded once. Safe by threads."""

    def __init__(self, embedder: Embedder) -> None:
        """Compare as this embedder sees them."""
        self._embedder = embedder
        self._known: OrderedDict[str, _Vector] = OrderedDict()
        self._lock = Lock()

    def find(self, question: str, others: Sequence[str], *, limit: int) -> list[int]:
        """Return the places of those that are alike among ``others``, the nearest first."""
        if not others:
            return []
        asked, *vectors = self._embed([question, *others])
        cosines = np.asarray(vectors) @ asked
        order = [int(place) for place in np.argsort(-cosines, kind="stable")]
        return [place for place in order if cosines[place] >= ALIKE_FROM][:limit]

    def _embed(self, texts: Sequence[str]) -> list[_Vector]:
        folded = [fold(text) for text in texts]
        with self._lock:
            known = {text: self._known[text] for text in folded if text in self._known}
        missing = list(dict.fromkeys(text for text in folded if text not in known))
        if missing:
            fresh = self._embedder.embed_questions(missing)
            known |= dict(zip(missing, fresh, strict=True))
            self._keep({text: known[text] for text in missing})
        return [known[text] for text in folded]

    def _keep(self, vectors: dict[str, _Vector]) -> None:
        with self._lock:
            self._known |= vectors
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
