"""A real shelf with its folder of documents, to be damaged and looked at."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.repair import Check, Repair, Repairing, check_shelf
from ingest.report import Report
from ingest.shelving import WrittenShelf
from ingest.sync import synchronise
from knowledge.chroma import VectorStore
from knowledge.embedding import HashEmbedder
from knowledge.passage import Audience
from knowledge.shelf import ShelfReader, writing

MODEL = HashEmbedder.fingerprint


@dataclass
class RealShelf:
    """Write files, ingest, damage, check, repair, read."""

    place: Path

    @property
    def index(self) -> Path:
        return self.place / "index"

    @property
    def home(self) -> Path:
        return self.index / MODEL

    @property
    def documents(self) -> Path:
        return self.place / "documents"

    def write(self, name: str, *paragraphs: str, head: str = "") -> Path:
        path = self.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        body = "\n\n".join(f"## Part {number}\n\n{text}" for number, text in enumerate(paragraphs))
        front = f"---\n{head}\n---\n\n" if head else ""
        path.write_text(f"{front}# {name}\n\n{body}\n", "utf-8")
        return path

    def ingest(self, *, audience: Audience | None = None) -> Report:
        with writing(self.index, HashEmbedder) as writer:
            return synchronise([self.documents], WrittenShelf(writer), audience=audience)

    def check(self) -> Check:
        return check_shelf(self.index, MODEL)

    def faults(self) -> list[str]:
        return sorted({one.kind.value for one in self.check().faults})

    def repair(self) -> Repair:
        return Repairing(self.index, HashEmbedder()).repair()

    def texts(self) -> dict[str, list[str]]:
        """What a fresh reader sees."""
        reader = ShelfReader(self.index, MODEL)
        snapshot, store = reader.current()
        found = {
            name: [one.text for one in reader.passages(entry.passages)]
            for name, entry in snapshot.documents.items()
        }
        store.close()
        return found

    def audiences(self) -> dict[str, Audience]:
        reader = ShelfReader(self.index, MODEL)
        snapshot, store = reader.current()
        store.close()
        return {name: entry.audience for name, entry in snapshot.documents.items()}

    def store(self) -> VectorStore:
        reader = ShelfReader(self.index, MODEL)
        snapshot, store = reader.current()
        store.close()
        return VectorStore(self.home / snapshot.store, MODEL)

    def copied(self, place: Path) -> "RealShelf":
        """The same as another process would find it."""
        shutil.copytree(self.index, place / "index")
        return RealShelf(place)


def stock(place: Path) -> RealShelf:
    """A small shelf for two audiences."""
    shelf = RealShelf(place)
    shelf.write("fees.md", "The fee is 300 yuan.", "It takes ten days.")
    shelf.write("permit.md", "Actors need a permit.")
    shelf.write("staff.md", "The key is blue.", head="audience: staff")
    shelf.ingest()
    return shelf
