"""What is worked out beside the embedding is what publishing would have worked out."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.codec import encode
from knowledge.duplicates.sketch import Sketch
from knowledge.embedding import HashEmbedder
from knowledge.lexical import LexicalIndex
from knowledge.passage import Document
from knowledge.preparation import Preparations, unit_texts
from knowledge.shelf import writing
from tests.unit.knowledge.stock import faq_document, text_document

_VISA = {"en": ("Who pays for the visa?", "The company pays."), "es": ("¿Quién paga?", "Ella.")}
_FIRST = [
    text_document("rule.md", "The filing fee is 300 yuan.", "Send it to window 4."),
    faq_document("faq.csv", _VISA),
]
_SECOND = [
    text_document("copy.md", "The filing fee is 300 yuan.", "Nothing else is needed."),
    text_document("注册.md", "备案费为300元。", language="zh-Hans"),
]
_SAME = ("lexical/postings.bin", "sketches.bin", "duplicates.json", "matches.json", "manifest.json")


@pytest.mark.parametrize("kept", [100, 1, 0])
def test_it_is_the_same_whether_it_was_prepared_or_not(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr("knowledge.preparation._KEPT", kept)
    passages = [one for document in (*_FIRST, *_SECOND) for one in document.passages]
    texts = [encode(one) for one in passages]
    preparations = Preparations()
    assert preparations.prepare(passages[1:]) == texts[1:]
    for passage, text in zip(passages, texts, strict=True):
        sketch, replaces = preparations.outline(text)
        assert sketch.pack() == Sketch.of(passage).pack()
        assert not replaces
    made = LexicalIndex.of(terms for text in texts for terms in preparations.terms(text))
    built = LexicalIndex.build(unit for one in passages for unit in unit_texts(one).values())
    for question in ("filing fee 300", "备案费", "¿Quién paga?"):
        np.testing.assert_array_equal(made.score(question).values, built.score(question).values)


def test_one_run_leaves_what_two_runs_leave(tmp_path: Path) -> None:
    together, apart = tmp_path / "together", tmp_path / "apart"
    with writing(together, HashEmbedder) as writer:
        for documents in (_FIRST, _SECOND):
            writer.put_all([(one, "") for one in documents])
            writer.publish()
    for documents in (_FIRST, _SECOND):
        _publish(apart, documents)
    assert _read(together) == _read(apart)


def _publish(folder: Path, documents: list[Document]) -> None:
    with writing(folder, HashEmbedder) as writer:
        writer.put_all([(one, "") for one in documents])
        writer.publish()


def _read(folder: Path) -> dict[str, bytes]:
    generation = folder / HashEmbedder.fingerprint / "generations" / "2"
    found = {name: (generation / name).read_bytes() for name in _SAME}
    # Archives of numpy name the moment at which they were made.
    return found | {"manifest.json": found["manifest.json"].partition(b'"documents"')[2]}
