"""What is damaged is found, named and repaired from what is whole."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.fingerprints import FORMATS, fingerprint_parser
from ingest.repair import Repairing
from knowledge.chroma import VectorStore
from knowledge.embedding import HashEmbedder, Vectors
from knowledge.errors import DataFolderBusy, DataFolderDamaged, IndexFailure
from knowledge.passage import Audience
from knowledge.shelf import writing
from knowledge.vector_probe import Found, StoreUnreadable, probe, read_store
from tests.unit.ingest.shelves import MODEL, RealShelf, stock

TEXTS = {
    "fees.md": ["The fee is 300 yuan.", "It takes ten days."],
    "permit.md": ["Actors need a permit."],
    "staff.md": ["The key is blue."],
}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealShelf:
    """A small shelf; Chroma is read in this process, which takes less time."""

    def look(folder: Path, fingerprint: str) -> dict[Audience, Found]:
        try:
            return read_store(folder, fingerprint)
        except IndexFailure as error:
            raise StoreUnreadable(str(error)) from error

    monkeypatch.setattr("knowledge.vector_inspection.probe", look)
    return stock(tmp_path)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0x01
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "half": _cut,
    "one bit": _flip,
    "gone": lambda path: path.unlink(),
}
FILES = (
    "current",
    "generations/1/manifest.json",
    "generations/1/manifest.copy.json",
    "generations/1/manifest.sha256",
    "generations/1/digests.npz",
    "generations/1/moments.npz",
    "generations/1/table.npz",
    "generations/1/passages.bin",
    "generations/1/vectors.bin",
    "generations/1/lexical/tokens.npz",
    "generations/1/lexical/postings.bin",
)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_a_file_is_found_and_repaired(shelf: RealShelf, name: str, damage: str) -> None:
    DAMAGES[damage](shelf.home / name)
    assert shelf.faults()
    repair = shelf.repair()
    assert repair.left == ()
    assert repair.mended
    assert shelf.texts() == TEXTS
    assert shelf.check().faults == ()
    assert shelf.ingest().exit_code == 0


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_read_from_files_that_are_gone_unless_texts_are_lost(
    shelf: RealShelf, name: str
) -> None:
    shutil.rmtree(shelf.documents)
    _cut(shelf.home / name)
    left = {one.kind.value for one in shelf.repair().left}
    if name.endswith("passages.bin"):
        assert left == {"source-gone", "document-lost"}
    else:
        assert left == {"source-gone"}
        assert shelf.texts() == TEXTS


@pytest.mark.parametrize("damage", ["half", "gone", "folder"])
def test_a_damaged_vector_store_is_filled_again(
    shelf: RealShelf, tmp_path: Path, damage: str
) -> None:
    other = shelf.copied(tmp_path / "restored")
    store = other.home / "vectors"
    if damage == "folder":
        shutil.rmtree(store)
    else:
        DAMAGES[damage](store / "chroma.sqlite3")
    assert set(other.faults()) & {"store-unreadable", "vectors-missing"}
    assert other.repair().left == ()
    assert other.texts() == TEXTS
    assert not store.exists(), "the generation has a store of its own now"
    assert other.check().vectors == 4


def test_a_whole_shelf_is_proved_in_a_process_of_its_own(tmp_path: Path) -> None:
    check = stock(tmp_path).check()
    assert (check.faults, check.documents, check.vectors, check.probes) == ((), 3, 4, 4)


def test_files_that_break_the_program_that_reads_them_are_survived(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, "m")
    rows = np.random.default_rng(7).standard_normal((1100, 8)).astype(np.float32)
    store.add(Audience.PUBLIC, [str(number) for number in range(1100)], rows)
    store.close()
    [path] = tmp_path.glob("*/data_level0.bin")
    path.write_bytes(b"\xa5" * path.stat().st_size)
    with pytest.raises(StoreUnreadable):
        probe(tmp_path, "m")


def _disturb(shelf: RealShelf, kind: str) -> None:
    store = shelf.store()
    public = store.ids(Audience.PUBLIC)
    vectors = np.stack([store.vectors(Audience.PUBLIC, public)[key] for key in public])
    if kind == "vectors-missing":
        store.remove(Audience.PUBLIC, public[:1])
    elif kind == "vectors-stray":
        store.add(Audience.PUBLIC, ["nobody.md#0-12345678"], vectors[:1])
    elif kind == "vectors-behind-the-wrong-wall":
        store.add(Audience.PUBLIC, store.ids(Audience.STAFF), vectors[:1])
    else:
        store.add(Audience.PUBLIC, public[:1], vectors[1:2])
    store.close()


@pytest.mark.parametrize(
    "kind",
    ["vectors-missing", "vectors-stray", "vectors-behind-the-wrong-wall", "vectors-differ"],
)
def test_vectors_that_are_not_as_listed(shelf: RealShelf, kind: str) -> None:
    _disturb(shelf, kind)
    assert shelf.faults() == [kind]
    assert shelf.repair().left == ()
    assert shelf.check().faults == ()
    assert shelf.texts() == TEXTS


def test_a_changed_file_is_named_and_read(shelf: RealShelf) -> None:
    shelf.write("permit.md", "Actors need a visa.")
    [fault] = shelf.check().faults
    assert (fault.kind.value, fault.document) == ("source-changed", "permit.md")
    assert "helpdesk ingest" in str(fault.remedy)
    repair = shelf.repair()
    assert (repair.reread, repair.left) == (["permit.md"], ())
    assert shelf.texts()["permit.md"] == ["Actors need a visa."]


def test_a_file_that_is_gone_is_named_and_takes_nothing_away(shelf: RealShelf) -> None:
    (shelf.documents / "permit.md").unlink()
    [fault] = shelf.repair().left
    assert (fault.kind.value, fault.document) == ("source-gone", "permit.md")
    assert shelf.texts() == TEXTS


def test_another_parser_is_noticed(shelf: RealShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint_parser.cache_clear()
    monkeypatch.setitem(FORMATS, ".md", ("new", ()))
    assert shelf.faults() == ["fingerprints-old"]
    assert shelf.repair().left == ()
    fingerprint_parser.cache_clear()


@pytest.mark.parametrize("damage", ["text", "file"])
def test_what_is_read_again_is_for_nobody_more_than_before(tmp_path: Path, damage: str) -> None:
    shelf = RealShelf(tmp_path)
    shelf.write("secret.md", "The key is under the mat.")
    shelf.ingest(audience=Audience.STAFF)
    if damage == "text":
        _cut(shelf.home / "generations" / "1" / "passages.bin")
    else:
        shelf.write("secret.md", "The key is in the drawer.")
    assert shelf.repair().reread == ["secret.md"]
    assert shelf.audiences() == {"secret.md": Audience.STAFF}
    assert shelf.ingest(audience=Audience.STAFF).unchanged == ("secret.md",)


def test_a_lost_text_is_named_and_what_is_left_of_it_is_kept(shelf: RealShelf) -> None:
    (shelf.documents / "staff.md").unlink()
    path = shelf.home / "generations" / "1" / "passages.bin"
    path.write_bytes(path.read_bytes().replace(b"key is blue", b"key is pink"))
    damaged = path.read_bytes()
    repair = shelf.repair()
    [fault] = repair.left
    assert (fault.kind.value, fault.document) == ("document-lost", "staff.md")
    kept = Path(str(fault.fields["path"]))
    assert (kept / "passages.bin").read_bytes() == damaged
    assert shelf.texts() == {name: TEXTS[name] for name in ("fees.md", "permit.md")}


def test_the_version_and_its_history_outlive_a_repair(shelf: RealShelf) -> None:
    shelf.write("fees.md", "The fee is 400 yuan.", "It takes ten days.")
    shelf.ingest()
    _cut(shelf.home / "generations" / "2" / "table.npz")
    assert shelf.repair().left == ()
    with writing(shelf.index, HashEmbedder) as writer:
        entry = writer.documents["fees.md"]
    assert (entry.version, [past.ended.value for past in entry.history]) == (2, ["changed"])


def test_nothing_is_embedded_where_vectors_are_whole(shelf: RealShelf) -> None:
    class Never(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            raise AssertionError(texts)

    _cut(shelf.home / "generations" / "1" / "table.npz")
    assert Repairing(shelf.index, Never()).repair().left == ()


def test_a_shelf_that_somebody_writes_is_left_alone(shelf: RealShelf) -> None:
    with writing(shelf.index, HashEmbedder), pytest.raises(DataFolderBusy):
        shelf.check()


def test_damage_is_not_passed_on_to_the_next_generation(shelf: RealShelf) -> None:
    path = shelf.home / "generations" / "1" / "passages.bin"
    path.write_bytes(path.read_bytes().replace(b"key is blue", b"key is pink"))
    shelf.write("permit.md", "Actors need a visa.")
    with pytest.raises(DataFolderDamaged, match="documents repair"):
        shelf.ingest()
    assert shelf.home.joinpath("current").read_text() == "1"
    shelf.repair()
    assert shelf.texts()["staff.md"] == ["The key is blue."]


def test_the_index_of_an_earlier_form_is_opened_and_renewed(shelf: RealShelf) -> None:
    folder = shelf.home / "generations" / "1"
    for name in ("manifest.sha256", "manifest.copy.json", "digests.npz"):
        (folder / name).unlink()
    manifest = (folder / "manifest.json").read_text().replace('"format": 3', '"format": 2')
    (folder / "manifest.json").write_text(_forget(manifest))
    assert shelf.texts() == TEXTS
    assert shelf.faults() == ["source-unknown"]
    report = shelf.ingest()
    assert (len(report.changed), report.embedded) == (3, 0)
    assert shelf.check().faults == ()


def test_the_index_of_another_program_is_named_and_left_alone(shelf: RealShelf) -> None:
    folder = shelf.home / "generations" / "1"
    (folder / "manifest.json").write_text('{"format": 1, "documents": {}}')
    kept = {path.name for path in folder.iterdir()}
    assert shelf.faults() == ["generation-outdated"]
    [fault] = shelf.repair().left
    assert "helpdesk ingest" in str(fault.remedy)
    assert {path.name for path in folder.iterdir()} == kept
    assert len(shelf.ingest().added) == 3
    assert shelf.check().faults == ()


def _forget(manifest: str) -> str:
    values = json.loads(manifest)
    del values["files"], values["store"]
    known = ("root", "title", "language", "audience", "passages")
    for name, entry in values["documents"].items():
        values["documents"][name] = {key: entry[key] for key in known} | {"content_hash": "old"}
    return json.dumps(values)


def test_the_model_is_the_one_that_was_named(shelf: RealShelf) -> None:
    (shelf.index / "model").write_bytes(b"\xff")
    assert shelf.faults() == ["file-damaged"]
    assert shelf.repair().left == ()
    assert (shelf.index / "model").read_text() == MODEL
