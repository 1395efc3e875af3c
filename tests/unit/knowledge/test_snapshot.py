import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from knowledge import snapshot
from knowledge.durable import write_durably
from knowledge.embedding import HashEmbedder, Vectors
from knowledge.errors import DataFolderDamaged, EmbeddingError, ShelfOutdated
from knowledge.library import Library
from knowledge.passage import Audience
from knowledge.shelf import ShelfReader, writing
from knowledge.snapshot import load_snapshot, read_generation
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import stock, text_document

FINGERPRINT = HashEmbedder.fingerprint


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the shelf of the embedding model is."""
    stock(tmp_path, text_document("a.md", "The fee is 300 yuan."))
    return tmp_path / FINGERPRINT


def test_a_folder_that_was_never_filled_is_an_empty_shelf(tmp_path: Path) -> None:
    empty = load_snapshot(tmp_path, FINGERPRINT)
    assert (empty.generation, empty.documents, len(empty.table)) == (0, {}, 0)


def test_it_reads_back_what_was_saved(home: Path) -> None:
    loaded = load_snapshot(home, FINGERPRINT)
    assert loaded.generation == read_generation(home) == 1
    [entry] = loaded.documents.values()
    assert (entry.title, entry.root, len(entry.passages)) == ("a.md", "tests", 1)
    assert [one.text for one in loaded.read(entry.passages)] == ["The fee is 300 yuan."]
    assert loaded.lexical.size == 1


def test_another_embedding_model_sees_an_empty_shelf(home: Path) -> None:
    assert load_snapshot(home, "another-model").documents == {}


@pytest.mark.parametrize("manifest", ['{"format": 1, "documents": {}}', '{"format": 99}', "{}"])
def test_another_format_says_to_ingest_again(home: Path, manifest: str) -> None:
    (home / "generations" / "1" / "manifest.json").write_text(manifest, "utf-8")
    with pytest.raises(ShelfOutdated, match="helpdesk ingest"):
        load_snapshot(home, FINGERPRINT)
    with pytest.raises(ShelfOutdated):
        ShelfReader(home.parent, FINGERPRINT).current()
    stock(home.parent, text_document("a.md", "The fee is 400 yuan."))
    [entry] = load_snapshot(home, FINGERPRINT).documents.values()
    assert [one.text for one in ShelfReader(home.parent, FINGERPRINT).passages(entry.passages)] == [
        "The fee is 400 yuan."
    ]


def test_an_index_from_before_models_had_folders_says_so_too(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("3", "utf-8")
    with pytest.raises(ShelfOutdated, match="--starter"):
        ShelfReader(tmp_path, FINGERPRINT).current()


def test_the_new_generation_is_current_only_when_it_is_complete(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int, int]] = []

    def watch(path: Path, text: str) -> None:
        before = load_snapshot(home, FINGERPRINT)
        write_durably(path, text)
        seen.append((path.name, before.generation, load_snapshot(home, FINGERPRINT).generation))

    monkeypatch.setattr(snapshot, "write_durably", watch)
    stock(home.parent, text_document("b.md", "It takes ten days."))
    assert seen == [("manifest.json", 1, 1), ("current", 1, 2)]


def test_only_the_last_two_generations_are_kept(home: Path) -> None:
    for number in range(4):
        stock(home.parent, text_document("b.md", f"It takes {number} days."))
    assert sorted(path.name for path in (home / "generations").iterdir()) == ["4", "5"]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "half": _cut,
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(b"\xff\x00garbage" * 9),
    "gone": lambda path: path.unlink(),
}
FILES = (
    "manifest.json",
    "moments.npz",
    "table.npz",
    "passages.bin",
    "vectors.bin",
    "lexical/tokens.npz",
    "lexical/postings.bin",
)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_said_to_be_damaged(home: Path, name: str, damage: str) -> None:
    DAMAGES[damage](home / "generations" / "1" / name)
    with pytest.raises(DataFolderDamaged, match="helpdesk ingest"):
        load_snapshot(home, FINGERPRINT)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"format": 2}',
        "null",
        '{"format": 2, "fingerprint": "hash-256-v1", "documents": [], "ids": [], "names": []}',
    ],
)
def test_a_manifest_of_another_shape_is_damaged(home: Path, text: str) -> None:
    (home / "generations" / "1" / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(DataFolderDamaged):
        load_snapshot(home, FINGERPRINT)


def test_a_missing_generation_is_damage(home: Path) -> None:
    shutil.rmtree(home / "generations")
    with pytest.raises(DataFolderDamaged):
        load_snapshot(home, FINGERPRINT)


@pytest.mark.parametrize("content", [b"", b"one", b"\xff\xfe"])
def test_a_damaged_name_of_the_generation(home: Path, content: bytes) -> None:
    (home / "current").write_bytes(content)
    with pytest.raises(DataFolderDamaged):
        read_generation(home)


def test_an_index_that_is_a_file_is_damage(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a folder")
    with pytest.raises(DataFolderDamaged):
        read_generation(tmp_path / "index")


class Shorter(HashEmbedder):
    """Another model under the same name."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return super().embed_questions(texts)[:, :8]


def test_vectors_of_another_length_are_refused(home: Path) -> None:
    library = Library(home.parent, Shorter(), make_judge())
    with pytest.raises(EmbeddingError, match="not the model that it was"):
        library.search("fee", language="en", audience=Audience.PUBLIC, limit=3)
    with (
        pytest.raises(EmbeddingError, match="not the model that it was"),
        writing(home.parent, Shorter) as writer,
    ):
        writer.put(text_document("b.md", "It takes ten days."), root="tests")
    assert list(load_snapshot(home, FINGERPRINT).documents) == ["a.md"]
