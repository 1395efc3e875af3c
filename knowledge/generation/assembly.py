"""Putting the parts together for a data folder."""

import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.breaker import CircuitBreaker
from knowledge.embedding import Embedder
from knowledge.generation.budget import DailyBudget
from knowledge.generation.checking import Nearness
from knowledge.generation.model import LanguageModel
from knowledge.generation.rewording import Rewording
from knowledge.generation.writer import Writer
from knowledge.grounding import examine

BUDGET = "model-budget.json"
_REMEMBERED = 64


def limit(
    writer: Writer, *, folder: Path, seconds: float, tokens: int, today: Callable[[], date]
) -> LanguageModel:
    """A writer with its limits; what a day has used of ``tokens`` is kept in the data folder."""
    return LanguageModel(
        writer=writer,
        budget=DailyBudget(path=folder / BUDGET, tokens=tokens, today=today),
        breaker=CircuitBreaker(time.monotonic),
        seconds=seconds,
    )


def make_rewording(model: LanguageModel, embedder: Embedder) -> Rewording:
    """Wording by ``model``, every sentence examined."""
    return Rewording(model=model, examine=examine, nearness=measure_nearness(embedder))


def measure_nearness(embedder: Embedder) -> Nearness:
    """The cosine of two texts, both embedded as passages; the last ones are remembered."""

    @lru_cache(maxsize=_REMEMBERED)
    def embed(text: str) -> npt.NDArray[np.float32]:
        vector: npt.NDArray[np.float32] = embedder.embed_passages([text])[0]
        return vector

    return lambda one, other: float(embed(one) @ embed(other))
