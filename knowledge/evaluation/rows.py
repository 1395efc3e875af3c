"""Reading files of one JSON object a line, plain or gzipped."""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from knowledge.errors import N_, UsageError
from knowledge.problem import FILE_UNREADABLE, Problem

Row = dict[str, Any]
Item = TypeVar("Item")

_NO_JSON = N_("{place} is not JSON: {error}.")
_NO_OBJECT = N_("{place} is not a JSON object.")
_LACKING = N_("{place} has no “{name}”.")


def read_rows(path: Path, *names: str) -> Iterator[Row]:
    """Yield the objects of a file in order.

    A line that is none, or lacks one of ``names``, raises ``UsageError``.
    """
    try:
        lines = _read_text(path).splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        problem = Problem(FILE_UNREADABLE, {"path": path, "reason": error})
        raise UsageError(problem=problem) from error
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
        problem = Problem(_NO_JSON, {"place": place, "error": error})
        raise UsageError(problem=problem) from error
    if not isinstance(row, dict):
        raise UsageError(problem=Problem(_NO_OBJECT, {"place": place}))
    lacking = [name for name in names if name not in row]
    if lacking:
        raise UsageError(problem=Problem(_LACKING, {"place": place, "name": lacking[0]}))
    return row
