"""Reading files of one JSON object a line, plain or gzipped."""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from knowledge.errors import UsageError

Row = dict[str, Any]
Item = TypeVar("Item")


def read_rows(path: Path, *names: str) -> Iterator[Row]:
    """Yield the objects of a file in order.

    A line that is none, or lacks one of ``names``, raises ``UsageError``.
    """
    try:
        lines = _read_text(path).splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(problem=f"{path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_row(line, names, f"{path}:{number}")


def every(items: Sequence[Item], step: int) -> tuple[Item, ...]:
    """Sample by index: the first, and each ``step``-th after it."""
    return tuple(items[:: max(step, 1)])


def _read_text(path: Path) -> str:
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")


def _read_row(line: str, names: Sequence[str], place: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UsageError(problem=f"{place} is not JSON: {error}.") from error
    if not isinstance(row, dict):
        raise UsageError(problem=f"{place} is not a JSON object.")
    lacking = [name for name in names if name not in row]
    if lacking:
        raise UsageError(problem=f"{place} has no “{lacking[0]}”.")
    return row
