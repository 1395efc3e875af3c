"""How far the numbers reach that go into the products of each layer.

``python -m benchmarks.fit_ranges`` measures it on texts in many languages. A number that reaches
further on some text is cut off there; one that never does is less exact. Neither breaks anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np

from knowledge.engine.weights import Floats

RANGES = Path(__file__).parent.with_name("ranges.npz")
_LARGEST = 127
_MARGIN = 1.1
_LEAST = 0.25
"""What is taken at least for a number, as a share of the median of all."""
_ATTENTION, _CONTEXT, _INNER = 0.9, 0.5, 0.55
"""How much of its own reach each number's step has: at 1 weights lose most, at 0 numbers do.

Of the values tried (0.25 to 1) these gave the cosines nearest to 1 on public texts.
"""


@dataclass(frozen=True)
class Ranges:
    """What one step of each number is worth, arrays of shape (layers, width)."""

    attention: Floats
    """What goes into queries, keys and values."""
    context: Floats
    """What attention brings together."""
    inner: Floats
    """What goes into the inner layer."""

    @classmethod
    def of(cls, reach: Mapping[str, Floats]) -> Self:
        """Steps for the largest sizes that were seen, arrays as above."""
        return cls(
            attention=_steps(reach["attention"], _ATTENTION),
            context=_steps(reach["context"], _CONTEXT),
            inner=_steps(reach["inner"], _INNER),
        )

    def save(self, path: Path) -> None:
        """Write them."""
        np.savez(path, attention=self.attention, context=self.context, inner=self.inner)


@cache
def read_ranges(path: Path = RANGES) -> Ranges:
    """Those that come with the program."""
    with np.load(path) as stored:
        return Ranges(**{name: stored[name] for name in ("attention", "context", "inner")})


def _steps(reach: Floats, shared: float) -> Floats:
    least = np.median(reach, axis=1, keepdims=True) * _LEAST
    own = np.maximum(reach, least) ** shared
    step = (reach / own).max(axis=1, keepdims=True) * _MARGIN / _LARGEST
    steps: Floats = (own * step).astype(np.float32)
    return steps
