"""The records on the disk: a file for each document, its pictures beside it.

A file is replaced in one step (:mod:`knowledge.durable`), and pictures are written before the
record that names them: a crash leaves the old record or the new one, and pictures that no record
names are removed with the next change. Readers need no lock. Writers hold that of the shelf.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from threading import Lock
from typing import ClassVar

from ingest.problems import Problem
from ingest.quarantine.records import Record, from_json, to_json
from ingest.recollection import Recognitions
from knowledge.durable import write_durably
from knowledge.errors import N_, DocumentError

_RECORD = "held.json"
_RECOGNISED = "recognised.json"
_LAST = "last"
_DAMAGED = N_(
    "it cannot be read back ({reason}). Restore it from a backup, or remove it and decide anew."
)


class RecordDamaged(DocumentError):
    """A record cannot be read back; nothing is decided on a guess."""

    code = "record-damaged"
    template: ClassVar[str] = N_("{path} in the data folder is damaged: {problem}")


class QuarantineStore:
    """The folder ``quarantine`` of a data folder; it is made when something is kept."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below this folder."""
        self._folder = folder
        self._numbering = Lock()

    def records(self) -> Iterator[Record]:
        """Yield what is kept, document by document, by their ids.

        Raises :class:`RecordDamaged` for a file that cannot be read back.
        """
        found = [self._load(path) for path in self._folder.glob(f"*/{_RECORD}")]
        yield from sorted(filter(None, found), key=lambda record: record.document)

    def sound_records(self) -> Iterator[Record]:
        """Yield the records that can be read back; the others are named when they are needed."""
        for path in self._folder.glob(f"*/{_RECORD}"):
            with suppress(RecordDamaged):
                record = self._load(path)
                if record:
                    yield record

    def record(self, document: str) -> Record | None:
        """What is kept of one document."""
        return self._load(self._home(document) / _RECORD)

    def save(self, record: Record, pictures: Mapping[str, bytes]) -> None:
        """Keep a record in the place of the one before; one without entries is removed."""
        home = self._home(record.document)
        kept = record.pictures
        if record.entries:
            for name, content in pictures.items():
                if name in kept and not (home / name).exists():
                    _write_picture(home / name, content)
            text = json.dumps(to_json(record), ensure_ascii=False, indent=1)
            write_durably(home / _RECORD, f"{text}\n")
        else:
            (home / _RECORD).unlink(missing_ok=True)
        for path in home.glob("*.png"):
            if path.name not in kept or not record.entries:
                path.unlink()
        _remove_empty(home)

    def drop(self, document: str) -> None:
        """Forget everything about a document."""
        home = self._home(document)
        # The record goes first: pictures without one are nothing.
        (home / _RECORD).unlink(missing_ok=True)
        if home.exists():
            rmtree(home)

    def picture(self, document: str, name: str) -> Path:
        """Where a picture lies."""
        return self._home(document) / name

    def recognised(self, document: str) -> Recognitions:
        """What recognition read of the document's pictures; nothing where that cannot be read."""
        try:
            value = json.loads((self._home(document) / _RECOGNISED).read_text(encoding="utf-8"))
            return {
                key: (width, height, score, tuple((str(text), *box) for text, *box in lines))
                for key, (width, height, score, lines) in value["pictures"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def keep_recognised(self, document: str, root: str, found: Recognitions) -> None:
        """Keep what recognition has read, for the next time that the document is read."""
        path = self._home(document) / _RECOGNISED
        if found:
            value = {"document": document, "root": root, "pictures": found}
            write_durably(path, json.dumps(value, ensure_ascii=False))
        else:
            path.unlink(missing_ok=True)
            _remove_empty(path.parent)

    def homes(self) -> dict[str, str]:
        """The documents of which anything is kept, each with the folder that it was read from."""
        found = {}
        for path in (*self._folder.glob(f"*/{_RECOGNISED}"), *self._folder.glob(f"*/{_RECORD}")):
            try:
                value = json.loads(path.read_text(encoding="utf-8"))
                found[str(value["document"])] = str(value["root"])
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return found

    def take_numbers(self, count: int) -> range:
        """Numbers that were never given before: no list of yesterday names another part."""
        if not count:
            return range(0)
        with self._numbering:
            path = self._folder / _LAST
            try:
                last = int(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                records = self.sound_records()
                last = max((one.number for each in records for one in each.entries), default=0)
            write_durably(path, f"{last + count}\n")
            return range(last + 1, last + count + 1)

    def _home(self, document: str) -> Path:
        return self._folder / hashlib.sha256(document.encode()).hexdigest()[:24]

    @staticmethod
    def _load(path: Path) -> Record | None:
        try:
            return from_json(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            reason = type(error).__name__
            raise RecordDamaged(path=path, problem=Problem(_DAMAGED, {"reason": reason})) from error


def _write_picture(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _remove_empty(folder: Path) -> None:
    if folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
