"""The bundled weights as a folder that sentence-transformers reads, in float32 (470 MB)."""

import json
from itertools import pairwise
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from knowledge.engine.weights import Weights, unpack

_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_PAD = 1
_MODULES = "sentence_transformers.models"


def write_model(weights: Weights, folder: Path) -> None:
    """Write configuration, vocabulary and weights into a new folder."""
    (folder / "1_Pooling").mkdir(parents=True)
    tensors = read_tensors(weights)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    write_vocabulary(weights, folder / "tokenizer.json")
    for name, content in configurations(weights, len(tensors["embeddings.word_embeddings.weight"])):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def read_tensors(weights: Weights) -> dict[str, torch.Tensor]:
    """The tensors under the names that BERT has in transformers."""
    words = weights.tensors["emb.word"].reshape(-1, weights.width // 32, 18)
    vectors = {
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
    }
    found = {
        "embeddings.word_embeddings.weight": torch.tensor(unpack(words)),
        "embeddings.LayerNorm.weight": torch.tensor(weights.vector("emb.ln.w")),
        "embeddings.LayerNorm.bias": torch.tensor(weights.vector("emb.ln.b")),
    }
    for name, own in vectors.items():
        found[name] = torch.tensor(weights.vector(own)).reshape(-1, weights.width)
    for number in range(weights.layers):
        for own, part in _PARTS.items():
            name, short = f"encoder.layer.{number}.{part}", f"l{number}.{own}"
            bias = weights.vector(f"{short}.b")
            matrix = (
                weights.vector(f"{short}.w")
                if own.endswith("ln")
                else weights.matrix(f"{short}.w", rows=len(bias))
            )
            found |= {f"{name}.weight": torch.tensor(matrix), f"{name}.bias": torch.tensor(bias)}
    # Nobody asks for what BERT was trained to do with its first token.
    found["pooler.dense.weight"] = torch.zeros(weights.width, weights.width)
    found["pooler.dense.bias"] = torch.zeros(weights.width)
    return found


def write_vocabulary(weights: Weights, path: Path) -> None:
    """The vocabulary for the library tokenizers."""
    ends, content = weights.offsets.tolist(), weights.pieces.tobytes()
    pieces = [content[start:end].decode() for start, end in pairwise(ends)]
    scored = list(zip(pieces, weights.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=weights.marks["unknown"]))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace("\n", " "), normalizers.Replace("  ", " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    marks = [(pieces[weights.marks[name]], weights.marks[name]) for name in ("begin", "end")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{marks[0][0]} $A {marks[1][0]}", special_tokens=marks
    )
    tokenizer.save(str(path))


def configurations(weights: Weights, pieces: int) -> list[tuple[str, object]]:
    """What sentence-transformers reads besides, by file."""
    bert = {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "vocab_size": pieces,
        "hidden_size": weights.width,
        "num_hidden_layers": weights.layers,
        "num_attention_heads": weights.heads,
        "intermediate_size": weights.inner,
        "max_position_embeddings": weights.window,
        "type_vocab_size": len(weights.vector("emb.type")) // weights.width,
        "layer_norm_eps": 1e-12,
        "pad_token_id": _PAD,
    }
    vocabulary = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": weights.window,
        "pad_token": "<pad>",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
    }
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {
            "idx": 1,
            "name": "1",
            "path": "1_Pooling",
            "type": "sentence_transformers.models.Pooling",
        },
    ]
    pooling = {"word_embedding_dimension": weights.width, "pooling_mode_mean_tokens": True}
    return [
        ("config.json", bert),
        ("tokenizer_config.json", vocabulary),
        ("modules.json", modules),
        ("1_Pooling/config.json", pooling),
        ("sentence_bert_config.json", {"max_seq_length": weights.window, "do_lower_case": False}),
    ]
