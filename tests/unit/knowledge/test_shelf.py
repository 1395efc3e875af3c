"""One writer: what is put, dropped, published, and embedded again."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import HashEmbedder
from knowledge.errors import DataFolderBusy, DataFolderDamaged, DataFolderError, IndexFailure
from knowledge.passage import Audience, Document
from knowledge.shelf import ShelfReader, open_shelf, writing
from tests.unit.knowledge.stock import about, faq_document, stock, text_document

FINGERPRINT = HashEmbedder.fingerprint


def texts(folder: Path) -> dict[str, list[str]]:
    """What a fresh reader sees, by document."""
    reader = ShelfReader(folder, FINGERPRINT)
    documents = reader.current()[0].documents
    return {
        name: [one.text for one in reader.passages(entry.passages)]
        for name, entry in documents.items()
    }


def records(folder: Path) -> set[str]:
    """The ids of everything that is stored."""
    store = open_shelf(folder, FINGERPRINT)[1]
    return {record for audience in Audience for record in store.ids(audience)}


def listed(folder: Path) -> set[str]:
    """The ids of everything that the current generation lists."""
    documents = open_shelf(folder, FINGERPRINT)[0].documents.values()
    return {key for entry in documents for one in entry.passages for key in one.records}


def test_put_and_publish(tmp_path: Path) -> None:
    stock(tmp_path, text_document("a.md", "One.", "Two."), text_document("b.md", "Three."))
    assert texts(tmp_path) == {"a.md": ["One.", "Two."], "b.md": ["Three."]}


def test_passages_come_back_whole(tmp_path: Path) -> None:
    document = faq_document(
        "faq.csv",
        {"en": ("Fee?", "300 yuan."), "zh-Hans": ("多少钱？", "三百元。")},
        source=about(begins="2024-06", ends="2025"),
    )
    stock(tmp_path, document)
    reader = ShelfReader(tmp_path, FINGERPRINT)
    [entry] = reader.current()[0].documents.values()
    assert tuple(reader.passages(entry.passages)) == document.passages


def test_nothing_shows_before_publish(tmp_path: Path) -> None:
    stock(tmp_path, text_document("a.md", "One."))
    with writing(tmp_path, HashEmbedder) as writer:
        writer.put(text_document("b.md", "Two."), root="tests")
        writer.drop("a.md")
        assert set(writer.documents) == {"b.md"}
        assert texts(tmp_path) == {"a.md": ["One."]}
        writer.publish()
    assert texts(tmp_path) == {"b.md": ["Two."]}


def test_a_dropped_document_leaves_nothing_behind(tmp_path: Path) -> None:
    stock(tmp_path, text_document("a.md", "One."), faq_document("f.csv", {"en": ("Q?", "A.")}))
    stock(tmp_path, drop=["f.csv", "unknown.md"])
    assert texts(tmp_path) == {"a.md": ["One."]}
    assert records(tmp_path) == listed(tmp_path)


def test_only_new_passages_are_embedded(tmp_path: Path) -> None:
    first = text_document("a.md", "One.", "Two.", "Three.")
    assert stock(tmp_path, first) == [3]
    assert stock(tmp_path, first) == [0]
    changed = text_document("a.md", "One.", "Zwei.", "Three.")
    assert stock(tmp_path, changed) == [1]
    assert texts(tmp_path) == {"a.md": ["One.", "Zwei.", "Three."]}
    assert records(tmp_path) == listed(tmp_path)


def test_a_changed_question_is_embedded(tmp_path: Path) -> None:
    assert stock(tmp_path, faq_document("f.csv", {"en": ("Fee?", "300 yuan.")})) == [1]
    assert stock(tmp_path, faq_document("f.csv", {"en": ("Cost?", "300 yuan.")})) == [1]
    assert records(tmp_path) == listed(tmp_path)


def test_a_document_that_changes_its_audience_changes_sides(tmp_path: Path) -> None:
    stock(tmp_path, text_document("a.md", "Secret.", source=about()))
    stock(tmp_path, text_document("a.md", "Secret.", source=about(audience=Audience.STAFF)))
    store = open_shelf(tmp_path, FINGERPRINT)[1]
    assert store.count(Audience.PUBLIC) == 0
    assert store.count(Audience.STAFF) == 1
    assert texts(tmp_path) == {"a.md": ["Secret."]}


def _expected(folder: Path) -> dict[str, tuple[float, float]]:
    question = HashEmbedder().embed_questions(["What is the fee?"])[0]
    return dict(open_shelf(folder, FINGERPRINT)[0].moments.background().expected(question))


@pytest.mark.parametrize("way", ["changed", "dropped", "twice", "back-again"])
def test_the_background_forgets_what_is_gone(tmp_path: Path, way: str) -> None:
    kept = text_document("a.md", "One fee.", "Two fees.")
    other = text_document("a.md", "Something else.", "Two fees.")
    stock(tmp_path / "plain", kept)
    stock(tmp_path / "busy", other if way == "changed" else kept)
    ways: dict[str, tuple[list[Document], list[str]]] = {
        "changed": ([kept], []),
        "dropped": ([text_document("b.md", "Three.")], ["b.md"]),
        "twice": ([other, kept], []),
        "back-again": ([replace(kept, passages=()), kept], []),
    }
    documents, dropped = ways[way]
    stock(tmp_path / "busy", *documents, drop=dropped)
    plain, busy = _expected(tmp_path / "plain"), _expected(tmp_path / "busy")
    assert set(plain) == set(busy)
    np.testing.assert_allclose(busy["passage:en"], plain["passage:en"], atol=1e-5)


def test_a_second_writer_is_told_that_the_folder_is_busy(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with writing(index, HashEmbedder) as writer:
        with (
            pytest.raises(DataFolderBusy, match=r"stop it") as caught,
            writing(index, HashEmbedder),
        ):
            pytest.fail("two writers at once")
        assert caught.value.fields["folder"] == tmp_path
        writer.put(text_document("a.md", "One."), root="tests")
        writer.publish()
    assert texts(index) == {"a.md": ["One."]}
    stock(index, text_document("b.md", "Two."))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(DataFolderError, match="File exists"):
        stock(tmp_path / "index", text_document("a.md", "One."))


def test_a_store_that_was_mended_can_be_opened_without_starting_anew(tmp_path: Path) -> None:
    stock(tmp_path, text_document("a.md", "One."))
    path = tmp_path / FINGERPRINT / "vectors" / "chroma.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(b"garbage " * 500)
    with pytest.raises(IndexFailure):
        texts(tmp_path)
    path.write_bytes(whole)
    assert texts(tmp_path) == {"a.md": ["One."]}


@pytest.mark.parametrize("damage", ["sqlite", "all"])
def test_lost_vectors_are_noticed_and_stored_again(tmp_path: Path, damage: str) -> None:
    index, document = tmp_path / "index", faq_document("f.csv", {"en": ("Fee?", "300 yuan.")})
    stock(index, document)
    other = tmp_path / "restored"  # the same shelf as another process would find it
    other.mkdir()
    for path in sorted(index.rglob("*")):
        name = path.relative_to(index)
        if "vectors" in name.parts and (damage == "all" or path.name == "chroma.sqlite3"):
            continue
        if path.is_dir():
            (other / name).mkdir()
        else:
            (other / name).write_bytes(path.read_bytes())
    with pytest.raises(DataFolderDamaged, match="vectors are missing"):
        texts(other)
    assert stock(other, document) == [0], "the generation has them: nothing is embedded again"
    assert texts(other) == {"f.csv": ["300 yuan."]}
    assert records(other) == listed(other) != set()


def test_lost_vectors_come_back_in_a_run_that_changes_nothing(tmp_path: Path) -> None:
    index, document = tmp_path / "index", faq_document("f.csv", {"en": ("Fee?", "300 yuan.")})
    stock(index, document)
    other = tmp_path / "restored"
    shutil.copytree(index, other, ignore=shutil.ignore_patterns("vectors"))
    with writing(other, HashEmbedder):
        pass
    assert texts(other) == {"f.csv": ["300 yuan."]}
    assert records(other) == listed(other) != set()
