"""No cross-encoder comes inside a package: the real class is tried on one that knows nothing."""

from pathlib import Path

import pytest

from knowledge.errors import RerankerError
from knowledge.reranking import CrossEncoderModel, Reranker
from tests.contracts.reranker import QUESTION, RerankerContract
from tests.fakes.rerankers import WordReranker
from tests.fakes.tiny_models import make_cross_encoder


class TestWordReranker(RerankerContract):
    @pytest.fixture
    def reranker(self) -> Reranker:
        return WordReranker()


@pytest.fixture(scope="module")
def unlearned(tmp_path_factory: pytest.TempPathFactory) -> Reranker:
    folder = make_cross_encoder(tmp_path_factory.mktemp("models") / "cross-encoder")
    return CrossEncoderModel(str(folder))


@pytest.mark.model
class TestCrossEncoder(RerankerContract):
    @pytest.fixture
    def reranker(self, unlearned: Reranker) -> Reranker:
        return unlearned

    def test_it_reads_both_texts(self, reranker: Reranker) -> None:
        one = reranker.score(QUESTION, ["visa"])[0]
        assert one != reranker.score(QUESTION, ["fee"])[0]
        assert one != reranker.score("fee", ["visa"])[0]


@pytest.mark.model
def test_scores_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    import torch
    from transformers import BertForSequenceClassification

    folder = make_cross_encoder(tmp_path / "model")
    broken = BertForSequenceClassification.from_pretrained(folder)
    torch.nn.init.constant_(broken.classifier.weight, torch.nan)
    broken.save_pretrained(folder)
    with pytest.raises(RerankerError, match="no numbers"):
        CrossEncoderModel(str(folder)).score(QUESTION, ["visa"])


@pytest.mark.model
@pytest.mark.parametrize("kind", ["name", "missing", "empty", "two numbers"])
def test_a_model_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    folder = tmp_path / "model"
    if kind == "empty":
        folder.mkdir()
    if kind == "two numbers":
        make_cross_encoder(folder, labels=2)
    name = "outbound-desk/no-such-model" if kind == "name" else str(folder)
    with pytest.raises(RerankerError, match="HELPDESK_RERANKER"):
        CrossEncoderModel(name).score(QUESTION, ["visa"])
