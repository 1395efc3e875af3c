"""Another embedding model: its shelf is built beside the old one, and takes its place in whole."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from knowledge import chroma, renewal, shelf, snapshot
from knowledge.embedding import Embedder, HashEmbedder, Vectors
from knowledge.errors import DataFolderDamaged, ShelfOfAnotherModel
from knowledge.library import Library
from knowledge.passage import Audience
from knowledge.renewal import read_model, remove_others
from knowledge.shelf import ShelfReader, writing
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import about, faq_document, stock, text_document

FEE = text_document("fee.md", "The filing fee is 300 yuan.", "It takes ten days.")
STAFF = text_document("staff.md", "The key is blue.", source=about(audience=Audience.STAFF))
FAQ = faq_document("f.csv", {"en": ("Fee?", "300 yuan."), "zh-Hans": ("多少钱？", "三百元。")})


class Other(HashEmbedder):
    """Another model; it counts what it embeds and may stop in the middle."""

    fingerprint = "other-256"

    def __init__(self, *, stop_after: int | None = None) -> None:
        self.left = stop_after
        self.embedded = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise PowerCut
        self.embedded += len(texts)
        return super().embed_questions(texts)


class PowerCut(BaseException):
    """The process ends here."""


def renew(folder: Path, embedder: Embedder | None = None) -> list[tuple[int, int, str]]:
    """Write with the other model; what the progress was told."""
    told: list[tuple[int, int, str]] = []
    with writing(folder, lambda: embedder or Other(), lambda *step: told.append(step)):
        pass
    return told


def texts(folder: Path, fingerprint: str = Other.fingerprint) -> dict[str, list[str]]:
    reader = ShelfReader(folder, fingerprint)
    documents = reader.current()[0].documents
    return {
        name: [one.text for one in reader.passages(entry.passages)]
        for name, entry in documents.items()
    }


def find(folder: Path, embedder: Embedder, audience: Audience = Audience.PUBLIC) -> list[str]:
    library = Library(folder, embedder, make_judge())
    found = library.search("filing fee", language="en", audience=audience, limit=9)
    return [one.passage.text for one in found]


def test_the_new_shelf_is_made_from_the_stored_texts(tmp_path: Path) -> None:
    stock(tmp_path, FEE, STAFF, FAQ)
    before = ShelfReader(tmp_path, HashEmbedder.fingerprint).current()[0]
    assert renew(tmp_path) == [(2, 5, "fee.md"), (3, 5, "staff.md"), (5, 5, "f.csv")]
    after = ShelfReader(tmp_path, Other.fingerprint).current()[0]
    assert after.documents.keys() == before.documents.keys()
    for name, entry in after.documents.items():
        old = before.documents[name]
        assert (entry.root, entry.content_hash, entry.title) == (
            old.root,
            old.content_hash,
            old.title,
        )
        assert after.read(entry.passages) == before.read(old.passages)
    assert find(tmp_path, Other())[0] == "The filing fee is 300 yuan."
    assert "The key is blue." not in find(tmp_path, Other())
    assert "The key is blue." in find(tmp_path, Other(), Audience.STAFF)


def test_the_old_one_answers_while_the_new_one_is_built(tmp_path: Path) -> None:
    stock(tmp_path, FEE, STAFF)
    library = Library(tmp_path, HashEmbedder(), make_judge())
    seen: list[str] = []

    def look(done: int, total: int, _: str) -> None:
        found = library.search("fee", language="en", audience=Audience.PUBLIC, limit=1)
        seen.extend(one.passage.text for one in found)
        assert done <= total
        with pytest.raises(ShelfOfAnotherModel, match="helpdesk ingest"):
            find(tmp_path, Other())

    with writing(tmp_path, Other, look):
        pass
    assert seen == ["The filing fee is 300 yuan."] * 2
    assert find(tmp_path, HashEmbedder())[0] == find(tmp_path, Other())[0] == seen[0]


STEPS: dict[str, tuple[object, str]] = {
    "among the vectors": (chroma.VectorStore, "add"),
    "when all are stored": (shelf.ShelfWriter, "publish"),
    "before the generation": (snapshot, "write_durably"),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_leaves_the_old_one(tmp_path: Path, step: str) -> None:
    def fail(*_: object) -> None:
        raise PowerCut

    stock(tmp_path, FEE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*STEPS[step], fail)
        with pytest.raises(PowerCut):
            renew(tmp_path)
    assert texts(tmp_path, HashEmbedder.fingerprint) == {
        "fee.md": ["The filing fee is 300 yuan.", "It takes ten days."]
    }
    assert read_model(tmp_path) == HashEmbedder.fingerprint
    with pytest.raises(ShelfOfAnotherModel):
        texts(tmp_path)
    renew(tmp_path)
    assert texts(tmp_path) == texts(tmp_path, HashEmbedder.fingerprint)


def test_a_crash_before_it_is_named_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PowerCut

    stock(tmp_path, FEE)
    monkeypatch.setattr(renewal, "write_durably", fail)
    with pytest.raises(PowerCut):
        renew(tmp_path)
    monkeypatch.undo()
    again = Other()
    renew(tmp_path, again)
    assert again.embedded == 0
    assert texts(tmp_path) == texts(tmp_path, HashEmbedder.fingerprint)
    assert read_model(tmp_path) == Other.fingerprint


def test_an_interrupted_renewal_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "BATCH", len(FEE.passages))
    stock(tmp_path, FEE, STAFF, FAQ)
    with pytest.raises(PowerCut):
        renew(tmp_path, Other(stop_after=1))
    again = Other()
    renew(tmp_path, again)
    assert again.embedded == len(STAFF.passages) + len(FAQ.passages)
    assert texts(tmp_path) == texts(tmp_path, HashEmbedder.fingerprint)


def test_going_back_brings_the_old_one_up_to_date(tmp_path: Path) -> None:
    stock(tmp_path, FEE, STAFF)
    stock(tmp_path, FAQ, embedder=Other(), drop=["staff.md"])
    with writing(tmp_path, HashEmbedder):
        pass
    assert texts(tmp_path, HashEmbedder.fingerprint) == texts(tmp_path)
    assert "staff.md" not in texts(tmp_path, HashEmbedder.fingerprint)
    back = Other()
    renew(tmp_path, back)
    assert back.embedded == 0, "it has all vectors still"


@pytest.mark.parametrize(
    ("fingerprint", "left"),
    [(Other.fingerprint, {"other-256"}), (HashEmbedder.fingerprint, {"other-256", "hash-256-v1"})],
)
def test_only_the_shelf_that_was_stocked_last_may_send_others_away(
    tmp_path: Path, fingerprint: str, left: set[str]
) -> None:
    stock(tmp_path, FEE)
    renew(tmp_path)
    (tmp_path / "examples").mkdir()
    remove_others(tmp_path, fingerprint)
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == left | {"examples"}
    assert texts(tmp_path) == {"fee.md": ["The filing fee is 300 yuan.", "It takes ten days."]}


def test_nothing_is_taken_over_where_nothing_is(tmp_path: Path) -> None:
    assert renew(tmp_path) == []
    assert texts(tmp_path) == {}
    assert read_model(tmp_path) == ""


@pytest.mark.parametrize("damage", [b"\xff\xfe", None])
def test_a_name_that_cannot_be_read_is_damage(tmp_path: Path, damage: bytes | None) -> None:
    stock(tmp_path, FEE)
    (tmp_path / "model").unlink()
    make: Callable[[], object] = (
        (tmp_path / "model").mkdir
        if damage is None
        else lambda: (tmp_path / "model").write_bytes(damage)
    )
    make()
    with pytest.raises(DataFolderDamaged):
        read_model(tmp_path)
