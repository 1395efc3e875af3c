"""Measure how far the numbers inside the bundled model reach, for its graph in 8 bits.

    python -m benchmarks.fit_ranges [--texts 400]

Runs the network with exact weights (torch, float32) over texts that come with the program, in all
their languages, and over some that are no sentences; writes knowledge/ranges.npz, a minute's work.
Graphs that were kept before are not used again (``python -m benchmarks.embedder_speed`` says what
came of it).
"""

import argparse
from collections.abc import Iterator

import numpy as np
import torch
from torch.nn import functional

from benchmarks.prepare_vectors import wanted_texts
from knowledge.engine.ranges import RANGES, Ranges
from knowledge.engine.vocabulary import Numbers, Pieces, Vocabulary
from knowledge.engine.weights import Floats, Weights, find_weights, read_weights
from knowledge.prepared import QUESTION

_NO_SENTENCES = (
    "",
    " ",
    "?",
    "a",
    "签",
    "👍🏽 🎬",
    "OK",
    "12",
    "https://example.org/a?b=c&d=%20#e",
    "{'a': [1, 2.5, None]}",
    "A1-B2/C3_D4 | E5 ~ F6",
    "...!!!???",
    "- - - - -",
    "\n".join(f"{n}\t{n * n}" for n in range(40)),
    "ha" * 80,
    "é ü ñ ø ß ł ğ ș ą",
    "ⅫⅯ ½ ² № ™ € ¥ ₫ ฿ ₺",
    "\u202e\u200b\u0301",
    "AAAA BBBB cccc",
    "1000000 " * 30,
)
_TINY = 1e-12


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=400)
    wanted = parser.parse_args().texts
    reach = measure_reach(read_weights(find_weights()), choose_texts(wanted))
    Ranges.of(reach).save(RANGES)


def choose_texts(wanted: int) -> list[str]:
    """Every so many of the texts that come with the program, and all that are no sentences."""
    kinds = [
        f"{'query' if kind == QUESTION else 'passage'}: {text}"
        for _, (kind, text) in sorted(wanted_texts().items())
    ]
    odd = [f"{kind}: {text}" for text in _NO_SENTENCES for kind in ("query", "passage")]
    return kinds[:: max(len(kinds) // wanted, 1)] + odd


def measure_reach(weights: Weights, texts: list[str]) -> dict[str, Floats]:
    """The largest size of each number over all tokens, arrays of shape (layers, width)."""
    vocabulary = Vocabulary(weights, Pieces.sort(weights))
    network = _Network(weights)
    begin, end = weights.marks["begin"], weights.marks["end"]
    reach: dict[str, Floats] = {}
    for pieces in vocabulary.divide(texts):
        ids = np.array([[begin, *pieces[: weights.window - 2], end]])
        for name, number, size in network.sizes(ids):
            rows = reach.setdefault(name, np.zeros((weights.layers, weights.width), np.float32))
            np.maximum(rows[number], size, out=rows[number])
    return reach


class _Network:
    """The encoder with exact weights."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._linear = {
            (number, part): self._read(f"l{number}.{part}")
            for number in range(weights.layers)
            for part in ("q", "k", "v", "ao", "fi", "fo")
        }

    @torch.inference_mode()
    def sizes(self, ids: Numbers) -> Iterator[tuple[str, int, Floats]]:
        """What goes into the products of each layer: name, layer, and the largest sizes."""
        hidden = self._normalise(torch.tensor(self._weights.embed(ids)[0]), "emb.ln")
        for number in range(self._weights.layers):
            yield "attention", number, _largest(hidden)
            context = self._attend(hidden, number)
            yield "context", number, _largest(context)
            out = functional.linear(context, *self._linear[number, "ao"])
            hidden = self._normalise(hidden + out, f"l{number}.aln")
            yield "inner", number, _largest(hidden)
            inner = functional.gelu(functional.linear(hidden, *self._linear[number, "fi"]))
            out = functional.linear(inner, *self._linear[number, "fo"])
            hidden = self._normalise(hidden + out, f"l{number}.oln")

    def _attend(self, hidden: torch.Tensor, number: int) -> torch.Tensor:
        heads = (len(hidden), self._weights.heads, -1)
        queries, keys, values = (
            functional.linear(hidden, *self._linear[number, part]).reshape(heads).transpose(0, 1)
            for part in "qkv"
        )
        together = functional.scaled_dot_product_attention(queries, keys, values)
        return together.transpose(0, 1).reshape(hidden.shape)

    def _normalise(self, hidden: torch.Tensor, name: str) -> torch.Tensor:
        scale, bias = self._vector(f"{name}.w"), self._vector(f"{name}.b")
        return functional.layer_norm(hidden, scale.shape, scale, bias, _TINY)

    def _read(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        bias = self._vector(f"{name}.b")
        return torch.tensor(self._weights.matrix(f"{name}.w", rows=len(bias))), bias

    def _vector(self, name: str) -> torch.Tensor:
        return torch.tensor(self._weights.vector(name))


def _largest(rows: torch.Tensor) -> Floats:
    largest: Floats = rows.abs().amax(dim=0).numpy()
    return largest


if __name__ == "__main__":
    main()
