"""Models of a few thousand weights, drawn by chance from a fixed seed: real code, no meaning."""

import string
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import BertConfig


def make_cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    """Write a model that reads two texts together and gives so many numbers."""
    from transformers import BertForSequenceClassification

    BertForSequenceClassification(_prepare(folder, labels=labels)).save_pretrained(folder)
    return folder


def make_sentence_model(folder: Path) -> Path:
    """Write a model that gives a vector of 16 numbers."""
    from transformers import BertModel

    BertModel(_prepare(folder, labels=1)).save_pretrained(folder)
    return folder


def _prepare(folder: Path, *, labels: int) -> "BertConfig":
    """Write a vocabulary of letters, and return the shape of a model for it."""
    import torch
    from transformers import BertConfig, BertTokenizer

    folder.mkdir(parents=True)
    letters = [*string.ascii_lowercase, *(f"##{one}" for one in string.ascii_lowercase)]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, "visa", "fee"]
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizer(str(folder / "vocab.txt"), model_max_length=128).save_pretrained(folder)
    torch.manual_seed(7)
    return BertConfig(  # type: ignore[call-arg]  # the labels are a field of its base class
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=128,
        num_labels=labels,
    )
