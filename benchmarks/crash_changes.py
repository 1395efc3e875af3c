"""What can happen to a small shelf, for those who end it in the middle."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.repair import Repairing
from ingest.shelving import WrittenShelf
from ingest.sync import synchronise
from knowledge.embedding import Embedder, HashEmbedder
from knowledge.shelf import writing


class OtherEmbedder(HashEmbedder):
    """The same under another name: another model."""

    fingerprint = "hash-256-other"


def ingest(place: Path, embedder: Embedder | None = None) -> None:
    """Bring the folder onto the shelf."""
    with writing(place / "index", lambda: embedder or HashEmbedder()) as writer:
        synchronise([place / "documents"], WrittenShelf(writer))


def repair(place: Path) -> None:
    """Repair the shelf."""
    Repairing(place / "index", HashEmbedder()).repair()


def write(place: Path, name: str, *paragraphs: str) -> None:
    """Write a document with a section for each paragraph."""
    path = place / "documents" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n\n".join(f"## {number}\n\n{text}" for number, text in enumerate(paragraphs))
    path.write_text(f"# {name}\n\n{body}\n", "utf-8")


def lose_vectors(place: Path) -> None:
    """Damage Chroma: its database is cut off."""
    [path] = place.glob("index/*/vectors*/chroma.sqlite3")
    path.write_bytes(path.read_bytes()[:1000])


def lose_texts(place: Path) -> None:
    """Damage the current generation: its texts are cut off in the middle."""
    path = max(place.glob("index/*/generations/*/passages.bin"))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def change_files(place: Path) -> None:
    """One document says something else, one is new, one is gone."""
    write(place, "a.md", "The fee is 400 yuan.", "It takes ten days.")
    write(place, "d.md", "Bring the passport.")
    (place / "documents" / "c.md").unlink()


def empty(place: Path) -> None:
    """There is no shelf yet."""
    shutil.rmtree(place / "index")


def leave(place: Path) -> None:
    """Everything is as it was."""


def add_file(place: Path) -> None:
    """One document is new."""
    write(place, "e.md", "The office opens at nine.")


def remove_file(place: Path) -> None:
    """One document is gone."""
    (place / "documents" / "b.md").unlink()


@dataclass(frozen=True, slots=True)
class Change:
    """What is prepared, then done while somebody kills it; ``model`` is that of the new shelf."""

    prepare: Callable[[Path], None]
    do: Callable[[Path], None] = ingest
    model: str = HashEmbedder.fingerprint
    readable: bool = True
    """Whether the shelf can be read before it is done."""


CHANGES: Mapping[str, Change] = {
    "first": Change(empty),
    "add": Change(add_file),
    "change": Change(change_files),
    "remove": Change(remove_file),
    "model": Change(leave, lambda place: ingest(place, OtherEmbedder()), OtherEmbedder.fingerprint),
    "repair-vectors": Change(lose_vectors, repair, readable=False),
    "repair-texts": Change(lose_texts, repair, readable=False),
}


def stock(place: Path) -> None:
    """Stock a small shelf."""
    write(place, "a.md", "The fee is 300 yuan.", "It takes ten days.")
    write(place, "b.md", "Actors need a permit.")
    write(place, "c.md", "The old rule holds.")
    ingest(place)


def make_embedder(model: str) -> Embedder:
    """The embedder with this fingerprint."""
    return OtherEmbedder() if model == OtherEmbedder.fingerprint else HashEmbedder()
