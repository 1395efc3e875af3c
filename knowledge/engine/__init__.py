"""The bundled model once more, as a graph for onnxruntime: docs/decisions/0018."""
