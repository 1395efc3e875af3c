"""The plain llama-index pipeline on our vectors: what most programs of this kind do.

A ``VectorStoreIndex`` retrieves the nearest passages from the same Chroma collection with the same
embedder. Two thin adapters join them; the texts of the passages are read from our shelf.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.schema import BaseNode, TextNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    VectorStoreQuery,
    VectorStoreQueryResult,
)
from pydantic import PrivateAttr

from knowledge.embedding import Embedder
from knowledge.normalisation import fold
from knowledge.passage import Audience
from knowledge.shelf import ShelfReader

TOP = 10


def make_plain_search(reader: ShelfReader, embedder: Embedder) -> Callable[[str], int]:
    """A function that retrieves for a question and returns how many nodes it found."""
    index = VectorStoreIndex.from_vector_store(
        _SharedChroma(reader), embed_model=_SharedEmbedding(embedder)
    )
    retriever = index.as_retriever(similarity_top_k=TOP)
    return lambda question: len(retriever.retrieve(question))


class _SharedEmbedding(BaseEmbedding):
    """Our embedder behind llama-index's interface."""

    _embedder: Any = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.fingerprint)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.embed_questions([fold(query)])[0].tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        vector: list[float] = self._embedder.embed_passages([fold(text)])[0].tolist()
        return vector


class _SharedChroma(BasePydanticVectorStore):
    """The public collection of a shelf behind llama-index's interface, for reading."""

    _reader: Any = PrivateAttr()

    def __init__(self, reader: ShelfReader) -> None:
        super().__init__(stores_text=True)
        self._reader = reader

    @property
    def client(self) -> ShelfReader:
        """The shelf."""
        reader: ShelfReader = self._reader
        return reader

    def add(self, nodes: Sequence[BaseNode], **_: object) -> list[str]:
        """Refuse: the shelf is ours."""
        raise NotImplementedError

    def delete(self, ref_doc_id: str, **_: object) -> None:
        """Refuse: the shelf is ours."""
        raise NotImplementedError

    def query(self, query: VectorStoreQuery, **_: object) -> VectorStoreQueryResult:
        """The nearest passages with their texts."""
        snapshot, store = self.client.current()
        vectors = np.asarray([query.query_embedding], dtype=np.float32)
        near = store.nearest(Audience.PUBLIC, vectors, query.similarity_top_k)[0]
        table = snapshot.table
        live = [table.passage(table.rows[key.split("~", 1)[0]]) for key in near]
        nodes = [
            TextNode(id_=key, text=passage.text, metadata={"document": passage.document})
            for key, passage in zip(near, snapshot.read(live), strict=True)
        ]
        return VectorStoreQueryResult(nodes=nodes, similarities=list(near.values()), ids=list(near))
