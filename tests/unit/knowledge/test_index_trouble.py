"""An index that fails is opened anew by the next question; nobody has to restart anything."""

from pathlib import Path

import pytest

from knowledge.embedding import HashEmbedder
from knowledge.errors import IndexFailure
from knowledge.library import Library
from knowledge.passage import Audience
from tests.unit.knowledge.judges import make_judge
from tests.unit.knowledge.stock import stock, text_document


def found(library: Library) -> list[str]:
    results = library.search("One", language="en", audience=Audience.PUBLIC, limit=3)
    return [result.passage.text for result in results]


def test_what_failed_at_the_start_works_when_it_was_mended(tmp_path: Path) -> None:
    stock(tmp_path, text_document("a.md", "One."))
    path = tmp_path / HashEmbedder().fingerprint / "vectors" / "chroma.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(b"garbage " * 500)
    library = Library(tmp_path, HashEmbedder(), make_judge())
    with pytest.raises(IndexFailure):
        library.documents()
    path.write_bytes(whole)
    assert found(library) == ["One."]


def test_a_store_that_fails_later_is_opened_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(tmp_path, text_document("a.md", "One."))
    library = Library(tmp_path, HashEmbedder(), make_judge())
    assert found(library) == ["One."]
    _, store = library._reader.current()  # noqa: SLF001 - what breaks lies this deep

    def fail(*_: object) -> object:
        raise IndexFailure(folder=tmp_path, problem="broken")

    monkeypatch.setattr(store, "nearest", fail)
    with pytest.raises(IndexFailure):
        found(library)
    assert found(library) == ["One."]
