"""One embedding a question, however many parts of the program look at it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder, Vectors

_FIRST, _AHEAD = 16, 256
"""Questions that are embedded together: few at first, so that thinking may begin, and twice as many
each time, because many at once take less time each."""
_KEPT = 4 * _AHEAD
"""Half of what is kept waits for its turn at most."""

_Item = TypeVar("_Item")


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
            self._keep(texts, known[np.newaxis])
        return known[np.newaxis]

    def ahead(
        self,
        items: Sequence[_Item],
        text_of: Callable[[_Item], str],
        then: Callable[[Vectors], None] = lambda _: None,
    ) -> Generator[_Item, None, None]:
        """Yield items in their order, with their questions embedded in batches ahead of them.

        A batch is embedded while whoever asked for the items is busy with those before it. ``then``
        is told the vectors of each batch, before its first item comes.
        """
        batches = list(_growing(items))
        with ThreadPoolExecutor(1, "embedding-ahead") as pool:
            earlier: tuple[Future[None], Sequence[_Item]] | None = None
            for batch in (*batches, ()):
                prepared = pool.submit(self._prepare, [text_of(one) for one in batch], then)
                if earlier is not None:
                    earlier[0].result()
                    yield from earlier[1]
                earlier = prepared, batch

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed what stands on the shelf."""
        return self._embedder.embed_passages(texts)

    def _prepare(self, texts: Sequence[str], then: Callable[[Vectors], None]) -> None:
        if texts:
            vectors = self._embedder.embed_questions(texts)
            self._keep(texts, vectors)
            then(vectors)

    def _keep(self, texts: Sequence[str], vectors: Vectors) -> None:
        with self._lock:
            self._recent.update(zip(texts, vectors, strict=True))
            while len(self._recent) > _KEPT:
                self._recent.popitem(last=False)


def _growing(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    start, size = 0, _FIRST
    while start < len(items):
        yield items[start : start + size]
        start, size = start + size, min(2 * size, _AHEAD)
