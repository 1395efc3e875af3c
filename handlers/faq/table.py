"""The table as a CSV file, a row for each entry; what people changed in other rows stays."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from knowledge.durable import write_durably

_FACTS: Final = (
    "id",
    "topics",
    "language",
    "audience",
    "confidence",
    "issuer",
    "number",
    "url",
    "issued",
    "effective_from",
    "effective_to",
    "checked",
    "jurisdiction",
    "review_by",
    "owner",
)
_QUESTION, _ANSWER = "question", "answer"

Row = Mapping[str, str]


class FaqTable:
    """One file; reading it is done anew each time, because people write it too."""

    def __init__(self, path: Path) -> None:
        """Use the file at ``path``, which need not exist."""
        self.path = path

    def put(self, row: Row) -> bool:
        """Write a row in the place of that with its id, or as the last; whether it was new."""
        rows = self._read()
        known = [one for one in rows if one.get("id") == row["id"]]
        if known and _filled(known[0]) == _filled(row):
            return False
        kept = [row if one.get("id") == row["id"] else one for one in rows]
        self._write(kept if known else [*kept, row])
        return True

    def remove(self, identifier: str) -> bool:
        """Take a row out; whether it was there. A table without rows is no file."""
        rows = self._read()
        kept = [one for one in rows if one.get("id") != identifier]
        if len(kept) == len(rows):
            return False
        if kept:
            self._write(kept)
        else:
            self.path.unlink()
        return True

    def _read(self) -> list[Row]:
        if not self.path.exists():
            return []
        text = self.path.read_text(encoding="utf-8-sig")
        return [
            {name: value or "" for name, value in one.items() if name}
            for one in csv.DictReader(io.StringIO(text, newline=""))
        ]

    def _write(self, rows: Sequence[Row]) -> None:
        # Excel takes a file for UTF-8 only where it begins with the mark.
        write_durably(self.path, f"\ufeff{as_text(rows)}")


def as_text(rows: Sequence[Row]) -> str:
    """Rows as CSV, with the columns that they need in the order of the starter's tables."""
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, _columns(rows), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def _columns(rows: Iterable[Row]) -> list[str]:
    names = dict.fromkeys(name for row in rows for name in row)
    questions = [name for name in names if name.partition(":")[0] == _QUESTION]
    answers = [name for name in names if name.partition(":")[0] == _ANSWER]
    others = [name for name in names if name not in {*_FACTS, *questions, *answers}]
    return [*_FACTS, *others, *questions, *answers]


def _filled(row: Row) -> dict[str, str]:
    return {name: value for name, value in row.items() if value}
