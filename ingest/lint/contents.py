"""The documents that are checked, with the lines of their files."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from ingest.documents import Filing
from ingest.isolation import read_apart
from ingest.lint.findings import Finding, Rule
from ingest.loaders import LOADERS
from ingest.problems import Problem
from ingest.sources import Source, survey
from knowledge.errors import N_, DocumentError
from knowledge.passage import Document, Passage

_LINED = frozenset({".md", ".markdown", ".txt", ".csv", ".tsv", ".html", ".htm", ".xml"})
"""The endings of files whose lines people can count."""
_SHOWN = 24
"""So many signs of a passage are enough to find it in its file."""
_SPLIT = re.compile(r'["\n\r]')


@dataclass(frozen=True)
class Content:
    """A document as it was read, the name by which its file is shown, and the file's text."""

    path: str
    document: Document
    text: str

    def place(self, passage: Passage, rule: Rule, problem: Problem) -> Finding:
        """A finding at a passage; a FAQ's answer is named with its language."""
        place = passage.locator
        if passage.entry:
            place = f"{passage.entry} answer:{passage.language}"
        return Finding(self.path, self.line_of(passage.text), rule, place, problem)

    def line_of(self, words: str) -> int:
        """The line on which the words begin; 1 if they are nowhere, 0 in a file without lines."""
        if not self.text:
            return 0
        sought = next((one.strip() for one in _SPLIT.split(words) if one.strip()), "")
        at = self.text.find(sought[:_SHOWN]) if sought else -1
        return 1 + self.text.count("\n", 0, max(at, 0))

    @cached_property
    def entries(self) -> dict[str, list[Passage]]:
        """The answers of each entry of a FAQ table."""
        found: dict[str, list[Passage]] = {}
        for one in self.document.passages:
            if one.entry:
                found.setdefault(one.entry, []).append(one)
        return found


def read_contents(paths: Sequence[Path]) -> tuple[list[Content], list[Finding]]:
    """Read all documents below the paths, and say what could not be read of them."""
    contents: list[Content] = []
    findings: list[Finding] = []
    for source in _find_sources(paths):
        path = Path(source.path)
        shown = str(_shorten(path))
        data = path.read_bytes()
        try:
            reading = read_apart(data, Filing(source.name, "", None))
        except DocumentError as error:
            findings.append(_unreadable(shown, error))
            continue
        findings += [_unreadable(shown, problem) for problem in reading.problems]
        contents.append(Content(shown, reading.document, _lines(path, data)))
    return contents, findings


def _find_sources(paths: Iterable[Path]) -> Iterator[Source]:
    """Every file once, also where the paths overlap; ``UsageError`` for one that is not there."""
    found = [survey(path, endings=LOADERS.keys()) for path in paths]
    yield from {one.path: one for each in found for one in each.sources}.values()


def _unreadable(path: str, error: DocumentError) -> Finding:
    form = N_("it cannot be used: {problem} Correct the file.")
    problem = Problem(form, {"problem": error.fields.get("problem", error)})
    return Finding(path, 1, Rule.UNREADABLE, str(error.fields.get("row", "")), problem)


def _lines(path: Path, data: bytes) -> str:
    lined = PurePosixPath(path).suffix.lower() in _LINED
    return data.decode("utf-8-sig", errors="replace") if lined else ""


def _shorten(path: Path) -> Path:
    """From where the command was typed, if the file is below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
