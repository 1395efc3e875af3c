"""One embedding a question, however many parts of the program look at it."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder, Vectors

_KEPT = 256


class RecentQuestions:
    """An embedder that remembers the vectors of the last questions; safe to share by threads."""

    def __init__(self, embedder: Embedder) -> None:
        """Stand before ``embedder``."""
        self._embedder = embedder
        self._recent: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """That of the embedder behind."""
        return self._embedder.fingerprint

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed what people ask; a single question may have been embedded before."""
        if len(texts) != 1:
            return self._embedder.embed_questions(texts)
        with self._lock:
            known = self._recent.get(texts[0])
        if known is None:
            known = self._embedder.embed_questions(texts)[0]
            with self._lock:
                self._recent[texts[0]] = known
                while len(self._recent) > _KEPT:
                    self._recent.popitem(last=False)
        return known[np.newaxis]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what stands on the shelf."""
        return self._embedder.embed_passages(texts)
