"""The modules of this repository, read and parsed once, for the tests that look at code."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("bot", "handlers", "ingest", "knowledge")
EVERYTHING: Final = (*ROOMS, "benchmarks", "tests")


@dataclass(frozen=True, slots=True)
class Source:
    """One module; ``path`` is relative to the root of the repository."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The top-level folder it lies in."""
        return self.path.split("/", 1)[0]

    @property
    def is_package_marker(self) -> bool:
        """Whether it only says what its package is."""
        return self.path.endswith("/__init__.py") and len(self.text.splitlines()) <= 1


@cache
def read_sources(*folders: str) -> tuple[Source, ...]:
    """Return every module below the folders."""
    return tuple(_read(path) for each in folders for path in sorted((ROOT / each).rglob("*.py")))


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))
