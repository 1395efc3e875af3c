"""As much of the protobuf wire format, and of ONNX's messages, as writing one graph takes.

Field numbers are those of onnx.proto (ONNX IR version 10). Writing them takes these lines; the
package onnx would take 9 MB and a third of a second.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

_IR_VERSION = 10
_OPERATORS = {"": 21, "com.microsoft": 1}
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
_FLOAT, _INT = 1, 2

Value = int | float
Shape = Sequence[int | str]
"""Numbers, and names of those that are known only when the graph runs."""


def write_model(
    nodes: Iterable[bytes],
    constants: Iterable[bytes],
    inputs: Mapping[str, Shape],
    outputs: Mapping[str, Shape],
) -> bytes:
    """A whole model; its inputs and outputs are float32."""
    graph = b"".join(
        (
            *(_bytes(1, node) for node in nodes),
            _bytes(2, b"e5"),
            *(_bytes(5, constant) for constant in constants),
            *(_bytes(11, _described(name, shape)) for name, shape in inputs.items()),
            *(_bytes(12, _described(name, shape)) for name, shape in outputs.items()),
        )
    )
    versions = (_bytes(1, name.encode()) + _int(2, number) for name, number in _OPERATORS.items())
    return _int(1, _IR_VERSION) + _bytes(7, graph) + b"".join(_bytes(8, each) for each in versions)


def write_node(
    operator: str, inputs: Sequence[str], output: str, attributes: Mapping[str, Value]
) -> bytes:
    """One step: ``domain:Name`` for an operator that is not ONNX's own; "" for no input."""
    domain, _, name = operator.rpartition(":")
    return b"".join(
        (
            *(_bytes(1, each.encode()) for each in inputs),
            _bytes(2, output.encode()),
            _bytes(4, name.encode()),
            *(_bytes(5, _attribute(key, value)) for key, value in attributes.items()),
            _bytes(7, domain.encode()),
        )
    )


def write_constant(name: str, array: npt.NDArray[np.generic]) -> bytes:
    """An array that is part of the model."""
    dimensions = b"".join(_int(1, length) for length in array.shape)
    kind = _int(2, _TYPES[array.dtype.name])
    return dimensions + kind + _bytes(8, name.encode()) + _bytes(9, array.tobytes())


def _attribute(name: str, value: Value) -> bytes:
    key = _bytes(1, name.encode())
    if isinstance(value, float):
        return key + _key(2, 5) + struct.pack("<f", value) + _int(20, _FLOAT)
    return key + _int(3, value) + _int(20, _INT)


def _described(name: str, shape: Shape) -> bytes:
    dimensions = b"".join(
        _bytes(1, _int(1, each) if isinstance(each, int) else _bytes(2, each.encode()))
        for each in shape
    )
    tensor = _int(1, _TYPES["float32"]) + _bytes(2, dimensions)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))


def _int(field: int, value: int) -> bytes:
    return _key(field, 0) + _varint(value % (1 << 64))


def _bytes(field: int, value: bytes) -> bytes:
    return _key(field, 2) + _varint(len(value)) + value


def _key(field: int, kind: int) -> bytes:
    return _varint(field << 3 | kind)


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    written = bytearray()
    while value > 127:  # noqa: PLR2004 - what fits into seven bits
        written.append(value & 127 | 128)
        value >>= 7
    return bytes((*written, value))
