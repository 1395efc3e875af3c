"""A folder of documents, a shelf, and the runs between them."""

from dataclasses import dataclass, field
from pathlib import Path

from ingest.report import Report
from ingest.sync import synchronise
from knowledge.passage import Audience, Passage
from tests.fakes.shelf import MemoryShelf


@dataclass
class Folder:
    """Write files, run, look at the shelf."""

    path: Path
    shelf: MemoryShelf = field(default_factory=MemoryShelf)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, *paths: Path, audience: Audience | None = None) -> Report:
        return synchronise(paths or [self.path], self.shelf, audience=audience)

    def passages(self, name: str) -> tuple[Passage, ...]:
        return self.shelf.passages(name)

    def ingest(self, name: str, content: str | bytes) -> tuple[Passage, ...]:
        """The passages of one document that can be read."""
        self.write(name, content)
        report = self.run()
        assert report.failed == ()
        return self.passages(name)

    def refuse(self, name: str, content: str | bytes) -> str:
        """What the report says about one document that cannot be read."""
        self.write(name, content)
        report = self.run()
        assert report.exit_code == 1
        assert name not in self.shelf.documents
        [failure] = report.failed
        assert failure.path == name
        return str(failure.error)


def page(body: str, **values: str) -> str:
    """Markdown with front matter."""
    head = "".join(f"{name}: {value}\n" for name, value in values.items())
    return f"---\n{head}---\n\n{body}\n"
