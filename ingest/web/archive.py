"""The folder ``web`` of the data folder: records, versions, and the pages that go to the shelf.

``records`` is the truth. ``versions`` holds the bodies as they came, each under the hash of its
bytes, written before the record that names it. ``pages`` is made from both, and is ingested like
any other folder. Every file is replaced in one step, so a crash leaves the old one or the new one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.loaders.page import ENDING, Head
from ingest.web.problems import RecordDamaged
from ingest.web.records import Record, Version, dump_record, load_record, make_key
from ingest.web.url import parse_url
from knowledge.durable import write_durably
from knowledge.errors import DataFolderBusy

KEPT_VERSIONS: Final = 10
"""Versions kept of a page. A page that changes every month says for most of a year what it said
before; a disk is not filled by one that changes every day."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything that was fetched, in one folder."""

    folder: Path

    @property
    def pages(self) -> Path:
        """The folder that is ingested."""
        return self.folder / "pages"

    @property
    def robots(self) -> Path:
        """Where the rules of sites are kept for a day."""
        return self.folder / "robots"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only one who fetches; :class:`DataFolderBusy` at once if somebody does."""
        from filelock import FileLock, Timeout

        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "fetch.lock", timeout=0):
                yield
        except Timeout as error:
            raise DataFolderBusy(folder=self.folder.parent) from error

    def records(self) -> dict[str, Record]:
        """All records by address; :class:`RecordDamaged` for one that cannot be read."""
        found = (_load(path) for path in sorted((self.folder / "records").rglob("*.json")))
        return {record.url: record for record in found}

    def write(self, record: Record) -> None:
        """Keep a record, then let go of the bodies that it no longer names."""
        write_durably(self.folder / "records" / f"{_key(record)}.json", dump_record(record))
        kept = {f"{version.body}{version.ending}" for version in record.versions}
        for body in self._bodies(record):
            if body.name not in kept:
                body.unlink()

    def forget(self, record: Record) -> None:
        """Let go of an address that nobody lists any more and from which nothing came."""
        (self.folder / "records" / f"{_key(record)}.json").unlink(missing_ok=True)

    def keep(self, record: Record, version: Version, body: bytes) -> None:
        """Keep the bytes of a version; the record that names it is written after that."""
        path = self.find_body(record, version)
        if not path.exists():
            write_durably(path, body)

    def find_body(self, record: Record, version: Version) -> Path:
        """The file with the bytes of a version."""
        return self.folder / "versions" / _key(record) / f"{version.body}{version.ending}"

    def name_page(self, record: Record) -> str:
        """The path of its page below ``pages``, which is the document's id on the shelf."""
        return f"{_key(record)}{ENDING}"

    def _bodies(self, record: Record) -> list[Path]:
        folder = self.folder / "versions" / _key(record)
        return [path for path in folder.glob("*") if path.is_file()]

    def lay_out(self, heads: Mapping[str, tuple[Record, Head]]) -> None:
        """Make ``pages`` hold exactly these, by address, each with its newest body."""
        wanted: dict[Path, tuple[Record, Head]] = {
            self.pages / self.name_page(record): (record, head) for record, head in heads.values()
        }
        self.pages.mkdir(parents=True, exist_ok=True)
        for path, (record, head) in wanted.items():
            self._lay_out(path, record, head)
        for path in self.pages.rglob("*"):
            if path.is_file() and path not in wanted:
                path.unlink()

    def _lay_out(self, path: Path, record: Record, head: Head) -> None:
        line, newest = head.dump(), record.newest
        if newest is None or _read_line(path, len(line)) == line:
            return
        try:
            body = self.find_body(record, newest).read_bytes()
        except FileNotFoundError:
            return  # somebody has removed it; the page that stands there stays
        write_durably(path, line + body)

    def has_body(self, record: Record) -> bool:
        """Whether the bytes of the newest version are there."""
        return record.newest is not None and self.find_body(record, record.newest).exists()


def _load(path: Path) -> Record:
    try:
        return load_record(path.read_bytes())
    except ValueError as error:
        problem = str(error).splitlines()[0]
        raise RecordDamaged(path=path, problem=problem) from error


def _read_line(path: Path, size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except FileNotFoundError:
        return b""


def _key(record: Record) -> str:
    return make_key(parse_url(record.url))
