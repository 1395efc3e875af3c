"""No cross-encoder comes inside a package: the real class is tried on one that knows nothing."""

import string
from pathlib import Path

import pytest

from knowledge.errors import RerankerError
from knowledge.reranking import CrossEncoderModel, Reranker
from tests.contracts.reranker import QUESTION, RerankerContract
from tests.fakes.rerankers import WordReranker


def make_cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    """A cross-encoder of a few thousand weights, drawn by chance from a fixed seed."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir(parents=True)
    letters = [*string.ascii_lowercase, *(f"##{one}" for one in string.ascii_lowercase)]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, "visa", "fee"]
    (folder / "vocab.txt").write_text("\n".join(words))
    torch.manual_seed(7)
    config = BertConfig(  # type: ignore[call-arg]  # the labels are a field of its base class
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=128,
        num_labels=labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt"), model_max_length=128).save_pretrained(folder)
    return folder


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
