"""The network of the weights as an ONNX graph that multiplies in 8 bits.

Products take most of the time, and with 8 bits onnxruntime is three times as fast at them as with
32. What a text is worth must not depend on the texts beside it, so nothing is scaled by the largest
number of a batch. What goes into a layer is normalised, and its reach is known beforehand
(:mod:`knowledge.engine.ranges`; to divide each number by its own step and to multiply the weights
by it is SmoothQuant, Xiao et al. 2023, arXiv 2211.10438). What comes out of the inner layer has no
such reach: there each token is scaled by its own largest number.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from knowledge.engine.protobuf import Value, write_constant, write_model, write_node
from knowledge.engine.ranges import Ranges
from knowledge.engine.weights import Floats, Weights

HIDDEN, SHARES, POOLED = "hidden", "shares", "pooled"
_OWN = "com.microsoft:"
_PRODUCT = f"{_OWN}MatMulIntegerToFloat"
_TINY = 1e-12
"""What BERT adds to a variance; and what no divisor is smaller than."""
_HALF = np.uint8(128)
"""What stands for zero where numbers below zero are as likely as above."""
_LOW = np.uint8(40)
"""What stands for zero after GELU, whose values begin at -0.17."""
_LEAST_STEP = np.float32(0.17 / 40)


def write_graph(weights: Weights, ranges: Ranges, largest: int) -> bytes:
    """The model: ``hidden`` (texts, tokens, width) to ``pooled`` (texts, 1, width).

    ``shares`` (texts, 1, tokens) is what each token counts in the mean of its text; ``largest`` is
    the number that stands for the largest weight of a row, at most 127.
    """
    width = weights.width
    network = _Network(weights, ranges, largest)
    network.write()
    return write_model(
        network.nodes,
        network.constants.values(),
        {HIDDEN: ("texts", "tokens", width), SHARES: ("texts", 1, "tokens")},
        {POOLED: ("texts", 1, width)},
    )


@dataclass
class _Network:
    """Writes the layers one after the other; between them stand tokens in rows."""

    weights: Weights
    ranges: Ranges
    largest: int
    nodes: list[bytes] = field(default_factory=list)
    constants: dict[str, bytes] = field(default_factory=dict)

    def write(self) -> None:
        """All of them, and the mean at the end."""
        self._step("Shape", "shape", HIDDEN)
        hidden = self._normalise(self._rows(HIDDEN, "words"), "emb.ln")
        for number in range(self.weights.layers):
            hidden = self._layer(hidden, number)
        self._step("MatMul", POOLED, SHARES, self._texts(hidden))

    def _layer(self, hidden: str, number: int) -> str:
        """One layer of the encoder; returns the name of what comes out of it."""
        name = f"l{number}"
        attended = self._normalise(self._add(self._attend(hidden, number), hidden), f"{name}.aln")
        whole = self._quantise(attended, self.ranges.inner[number])
        inner = self._multiply(whole, f"{name}.fi", self.ranges.inner[number])
        active = self._step(f"{_OWN}Gelu", f"{name}.active", inner)
        return self._normalise(self._add(self._contract(active, name), attended), f"{name}.oln")

    def _attend(self, hidden: str, number: int) -> str:
        """Attention, and the product behind it."""
        name, steps = f"l{number}", self.ranges.attention[number]
        whole = self._quantise(hidden, steps)
        # The values leave their product in steps of what is made of them: one pass less.
        context = self.ranges.context[number]
        parts = [
            self._multiply(whole, f"{name}.q", steps),
            self._multiply(whole, f"{name}.k", steps),
            self._multiply(whole, f"{name}.v", steps, context),
        ]
        heads = [self._texts(part) for part in parts]
        together = self._step(
            f"{_OWN}MultiHeadAttention", f"{name}.together", *heads, num_heads=self.weights.heads
        )
        rows = self._rows(together, f"{name}.context")
        return self._multiply(self._round(rows, _HALF), f"{name}.ao", context)

    def _contract(self, active: str, name: str) -> str:
        """The product behind the inner layer, each token in steps of its own."""
        last = self._constant("last", np.array([-1], dtype=np.int64))
        largest = self._step("ReduceMax", f"{active}.largest", active, last, keepdims=1)
        share = self._constant("share", np.float32(1 / (255 - int(_LOW))))
        step = self._step("Mul", f"{active}.share", largest, share)
        step = self._step("Max", f"{active}.step", step, self._constant("least", _LEAST_STEP))
        whole = self._round(self._step("Div", f"{active}.steps", active, step), _LOW)
        matrix, scales = self._matrix(f"{name}.fo", None, None)
        product = self._step(_PRODUCT, f"{name}.fo", whole, matrix, *self._zeros(scales, _LOW))
        product = self._step("Mul", f"{product}.whole", product, step)
        bias = self._constant(f"{name}.fo.b", self.weights.vector(f"{name}.fo.b"))
        return self._add(product, bias)

    def _quantise(self, hidden: str, steps: Floats) -> str:
        """Numbers in steps of their own."""
        inverse = self._constant(f"{hidden}.inverse", (1 / steps).astype(np.float32))
        return self._round(self._step("Mul", f"{hidden}.steps", hidden, inverse), _HALF)

    def _round(self, name: str, zero: np.uint8) -> str:
        one = self._constant("one", np.float32(1))
        middle = self._constant(f"zero{zero}", zero)
        return self._step("QuantizeLinear", f"{name}.whole", name, one, middle)

    def _multiply(self, whole: str, name: str, steps: Floats, unit: Floats | None = None) -> str:
        """A product with a matrix of the weights; ``unit`` is what one is of each number."""
        matrix, scales = self._matrix(name, steps, unit)
        bias = self.weights.vector(f"{name}.b") / (1 if unit is None else unit)
        kept = self._constant(f"{name}.b", bias.astype(np.float32))
        return self._step(_PRODUCT, name, whole, matrix, *self._zeros(scales, _HALF), kept)

    def _matrix(self, name: str, steps: Floats | None, unit: Floats | None) -> tuple[str, str]:
        """A matrix of the weights in whole numbers, and what they are worth, column by column."""
        rows = len(self.weights.vector(f"{name}.b"))
        matrix = self.weights.matrix(f"{name}.w", rows) * (1 if steps is None else steps)
        scales = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), _TINY) / self.largest
        whole = np.ascontiguousarray(np.rint(matrix / scales).astype(np.int8).T)
        worth = (scales[:, 0] / (1 if unit is None else unit)).astype(np.float32)
        return self._constant(f"{name}.matrix", whole), self._constant(f"{name}.scales", worth)

    def _zeros(self, scales: str, zero: np.uint8) -> tuple[str, str, str, str]:
        """What a product is told about the steps and zeros of its two sides."""
        one = self._constant("one", np.float32(1))
        return one, scales, self._constant(f"zero{zero}", zero), self._constant("none", np.int8(0))

    def _normalise(self, hidden: str, name: str) -> str:
        scale = self._constant(f"{name}.w", self.weights.vector(f"{name}.w"))
        bias = self._constant(f"{name}.b", self.weights.vector(f"{name}.b"))
        return self._step("LayerNormalization", name, hidden, scale, bias, epsilon=_TINY)

    def _add(self, one: str, other: str) -> str:
        return self._step("Add", f"{one}+", one, other)

    def _rows(self, name: str, output: str) -> str:
        """Tokens of all texts below each other."""
        shape = self._constant("rows", np.array([-1, self.weights.width], dtype=np.int64))
        return self._step("Reshape", output, name, shape)

    def _texts(self, name: str) -> str:
        """Tokens by text."""
        return self._step("Reshape", f"{name}.texts", name, "shape")

    def _step(self, operator: str, output: str, *inputs: str, **attributes: Value) -> str:
        self.nodes.append(write_node(operator, inputs, output, attributes))
        return output

    def _constant(self, name: str, array: npt.NDArray[np.generic] | np.generic) -> str:
        if name not in self.constants:
            self.constants[name] = write_constant(name, np.asarray(array))
        return name
