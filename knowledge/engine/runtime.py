"""onnxruntime, as far as the engine needs it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from knowledge.embedding import BUNDLED
from knowledge.engine.protobuf import write_constant, write_model, write_node
from knowledge.engine.weights import Floats
from knowledge.errors import EmbeddingError

_ROWS, _COLUMNS = 64, 16
_MOST, _LARGEST = 255, 127


class EngineUnusable(Exception):
    """The graph cannot be made or run here; the package's own engine can take its place."""


class Session:
    """A graph that is ready to run, each time on the thread that runs it."""

    def __init__(self, graph: bytes) -> None:
        """Load the graph; raises ``EngineUnusable``."""
        try:
            self._session = _load(graph)
        except Exception as error:
            raise EngineUnusable(str(error)) from error

    def run(self, inputs: Mapping[str, Floats], output: str) -> Floats:
        """What becomes of the inputs; raises ``EmbeddingError``."""
        try:
            found: Floats = self._session.run([output], dict(inputs))[0]
        except Exception as error:
            raise EmbeddingError(model=BUNDLED, problem=f"{error}.") from error
        return found


def runtime_version() -> str:
    """The version of onnxruntime; raises ``EngineUnusable`` where there is none."""
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineUnusable(str(error)) from error
    return str(onnxruntime.__version__)


def is_exact() -> bool:
    """Whether products of 8 bits are whole here; processors without VNNI cut off their sums.

    Raises ``EngineUnusable``.
    """
    matrix = np.full((_ROWS, _COLUMNS), _LARGEST, dtype=np.int8)
    constants = {"matrix": matrix, "one": np.float32(1), "zero": np.uint8(0)}
    scales = ("one", "one")
    nodes = [
        write_node("QuantizeLinear", ["rows", "one", "zero"], "whole", {}),
        write_node("com.microsoft:MatMulIntegerToFloat", ["whole", "matrix", *scales], "out", {}),
    ]
    written = [write_constant(name, np.asarray(each)) for name, each in constants.items()]
    shape = (4, _ROWS)
    graph = write_model(nodes, written, {"rows": shape}, {"out": (4, _COLUMNS)})
    found = Session(graph).run({"rows": np.full(shape, _MOST, dtype=np.float32)}, "out")
    return bool((found == _MOST * _LARGEST * _ROWS).all())


def _load(graph: bytes) -> Any:  # noqa: ANN401 - onnxruntime has no types
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Batches share the cores among them. Threads of onnxruntime's own would stay and wait.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The graph is written as it is to be run: looking for a better one takes time at each start.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    # It keeps these 21 MB to load them again on another device; there is none.
    session._model_bytes = None  # noqa: SLF001 - see above
    return session
