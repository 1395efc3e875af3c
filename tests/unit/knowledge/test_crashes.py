"""A writer that dies between two steps leaves the old shelf or the new one."""

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge import chroma, moments, shelf, snapshot
from knowledge.durable import write_durably
from knowledge.embedding import HashEmbedder, Vectors
from knowledge.errors import DataFolderError
from knowledge.lexical import LexicalIndex
from tests.unit.knowledge.stock import faq_document, stock, text_document
from tests.unit.knowledge.test_shelf import listed, records, texts

OLD = (text_document("a.md", "Old.", "Same."), faq_document("f.csv", {"en": ("Q?", "Old answer.")}))
NEW = (text_document("a.md", "New.", "Same."), faq_document("f.csv", {"en": ("Q?", "New answer.")}))
BEFORE = {"a.md": ["Old.", "Same."], "f.csv": ["Old answer."]}
AFTER = {"a.md": ["New.", "Same."], "f.csv": ["New answer."]}


class PowerCut(BaseException):
    """The process ends here."""


def _fail(*_: object, **__: object) -> None:
    raise PowerCut


def _fail_on(name: str, write: Callable[[Path, str], None]) -> Callable[[Path, str], None]:
    def pick(path: Path, text: str) -> None:
        if path.name == name:
            raise PowerCut
        write(path, text)

    return pick


def _fail_later(times: int, add: Callable[..., None]) -> Callable[..., None]:
    left = [times]

    def count(*arguments: object) -> None:
        if not left[0]:
            raise PowerCut
        left[0] -= 1
        add(*arguments)

    return count


STEPS: dict[str, tuple[object, str, object]] = {
    "before the first vector": (chroma.VectorStore, "add", _fail),
    "between two vectors": (chroma.VectorStore, "add", _fail_later(1, chroma.VectorStore.add)),
    "among the questions": (HashEmbedder, "embed_questions", _fail),
    "when the vectors are written": (shelf.ShelfWriter, "publish", _fail),
    "before the words": (LexicalIndex, "save", _fail),
    "before the moments": (moments.Moments, "save", _fail),
    "before the manifest": (snapshot, "write_durably", _fail_on("manifest.json", write_durably)),
    "before the swap": (snapshot, "write_durably", _fail_on("current", write_durably)),
    "before the stale ones go": (chroma.VectorStore, "remove", _fail),
    "after the stale ones went": (chroma.VectorStore, "close", _fail),
}
SWAPPED = {"before the stale ones go", "after the stale ones went"}


@contextmanager
def cut(step: str) -> Iterator[None]:
    place, name, failure = STEPS[step]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, name, failure)
        with pytest.raises(PowerCut):
            yield


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_leaves_the_old_shelf_or_the_new_one(tmp_path: Path, step: str) -> None:
    stock(tmp_path, *OLD)
    with cut(step):
        stock(tmp_path, *NEW)
    assert texts(tmp_path) == (AFTER if step in SWAPPED else BEFORE)


@pytest.mark.parametrize("step", STEPS)
def test_the_next_change_tidies_up_after_a_crash(tmp_path: Path, step: str) -> None:
    stock(tmp_path, *OLD)
    with cut(step):
        stock(tmp_path, *NEW)
    stock(tmp_path, text_document("b.md", "Other."))
    assert texts(tmp_path) == (AFTER if step in SWAPPED else BEFORE) | {"b.md": ["Other."]}
    assert records(tmp_path) == listed(tmp_path)


@pytest.mark.parametrize("step", ["between two vectors", "before the swap"])
def test_the_interrupted_change_can_be_made_again(tmp_path: Path, step: str) -> None:
    stock(tmp_path, *OLD)
    with cut(step):
        stock(tmp_path, *NEW)
    stock(tmp_path, *NEW)
    assert texts(tmp_path) == AFTER
    assert records(tmp_path) == listed(tmp_path)


def test_a_crash_while_the_very_first_document_comes_in(tmp_path: Path) -> None:
    with cut("before the swap"):
        stock(tmp_path, *OLD)
    assert texts(tmp_path) == {}
    stock(tmp_path, *OLD)
    assert texts(tmp_path) == BEFORE


def test_a_full_disk_is_named_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(tmp_path, *OLD)

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DataFolderError, match="No space left"):
        stock(tmp_path, *NEW)
    monkeypatch.undo()
    assert texts(tmp_path) == BEFORE


def test_an_embedder_that_breaks_changes_nothing(tmp_path: Path) -> None:
    class Breaking(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            raise PowerCut(len(texts))

    stock(tmp_path, *OLD)
    with pytest.raises(PowerCut):
        stock(tmp_path, *NEW, embedder=Breaking())
    assert texts(tmp_path) == BEFORE
