"""What anybody would build first: raw cosines of the same embedder.

No folding of characters, no words, no background, and one scale for all languages.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder
from knowledge.evaluation.metrics import CUT
from knowledge.evaluation.trial_shelf import Reply
from knowledge.passage import Passage
from knowledge.shelf import searchable


class DenseBaseline:
    """Searches passages, and the variants in which people ask for them."""

    def __init__(self, passages: Sequence[Passage], embedder: Embedder) -> None:
        """Embed the passages as they stand."""
        self._embedder = embedder
        variants = [(passage.id, asked.text) for passage in passages for asked in passage.questions]
        self._ids = [passage.id for passage in passages] + [name for name, _ in variants]
        vectors = [embedder.embed_passages([searchable(passage) for passage in passages])]
        if variants:
            vectors.append(embedder.embed_questions([text for _, text in variants]))
        self._vectors = np.concatenate(vectors)

    def find(self, question: str) -> tuple[str, ...]:
        """The ids of the best passages by cosine."""
        order = np.argsort(-self._cosines(question), kind="stable")
        return tuple(dict.fromkeys(self._ids[index] for index in order))[:CUT]

    def reply(self, question: str) -> Reply:
        """The nearest passage; its cosine is the confidence."""
        cosines = self._cosines(question)
        best = int(np.argmax(cosines))
        return Reply(self._ids[best], float(cosines[best]))

    def _cosines(self, question: str) -> npt.NDArray[np.float32]:
        cosines: npt.NDArray[np.float32] = (
            self._vectors @ self._embedder.embed_questions([question])[0]
        )
        return cosines
