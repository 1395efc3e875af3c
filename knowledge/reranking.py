"""A second look at the best hits: a model reads question and passage together.

A cross-encoder (Nogueira and Cho 2019, arXiv 1901.04085) tells better than two vectors whether a
passage answers, but takes tens of milliseconds a passage: it sees the best few only. Its score
counts as log odds beside those of the search. It may put another passage first; that a passage
answers at all it may only make less likely, because nobody has fitted its scale to this desk.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.errors import N_, RerankerError
from knowledge.evidence import group
from knowledge.preparation import searchable
from knowledge.ranking import Ranking
from knowledge.thresholds import log_odds

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_DEPTH = 16
_BATCH = 8
_NO_NUMBERS = N_("it gives scores that are no numbers.")
_SUREST = 6.0
"""Log odds beyond which the model is not believed; what it has not read is that unlikely."""


class Reranker(Protocol):
    """Says how likely passages answer a question."""

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """One number from 0 to 1 for each passage, in their order; ``RerankerError``."""


class CrossEncoderModel:
    """Any cross-encoder of sentence-transformers, by the name or path of ``HELPDESK_RERANKER``."""

    def __init__(self, model: str) -> None:
        """Remember the model; it is loaded when it is first used."""
        self._model = model

    def score(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Read each passage beside the question."""
        if not passages:
            return np.zeros(0, dtype=np.float32)
        from torch.nn import Sigmoid

        try:
            given = self._loaded.predict(
                [(question, passage) for passage in passages],
                batch_size=_BATCH,
                activation_fn=Sigmoid(),
                show_progress_bar=False,
            )
        except (RuntimeError, ValueError, IndexError) as error:
            raise self._fail(error) from error
        scores = np.asarray(given, dtype=np.float32)
        if not np.isfinite(scores).all():
            raise RerankerError(model=self._model, problem=_NO_NUMBERS)
        return scores

    @cached_property
    def _loaded(self) -> "CrossEncoder":
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder

        try:
            loaded: CrossEncoder = CrossEncoder(self._model)
        except (OSError, ValueError, RuntimeError, ImportError, SafetensorError) as error:
            raise self._fail(error) from error
        if loaded.num_labels != 1:
            problem = f"it gives {loaded.num_labels} numbers for a passage, not one."
            raise RerankerError(model=self._model, problem=problem)
        return loaded

    def _fail(self, error: Exception) -> RerankerError:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return RerankerError(model=self._model, problem=f"{reason.rstrip('.')}.")


def rerank(question: str, ranking: Ranking, reranker: Reranker) -> Ranking:
    """The ranking with the best hits in the order that the model's reading gives them."""
    best = group(ranking.hits, _DEPTH)
    passages = {passage.id: passage for passage in ranking.read(best)}
    read = [hit.passage.id for hit in best if hit.passage.id in passages]
    scores = reranker.score(question, [searchable(passages[name]) for name in read])
    relevance = {name: _relevance(float(score)) for name, score in zip(read, scores, strict=True)}
    hits = (replace(hit, relevance=relevance.get(hit.passage.id, -_SUREST)) for hit in ranking.hits)
    return replace(ranking, hits=sorted(hits, key=lambda hit: -hit.merit))


def _relevance(score: float) -> float:
    return min(max(log_odds(score), -_SUREST), _SUREST)
