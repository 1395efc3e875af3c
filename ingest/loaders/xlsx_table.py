"""FAQ tables as XLSX: every sheet whose first row is a header of ours."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, Protocol

from ingest.drafts import Draft
from ingest.loaders.faq_header import looks_like_header
from ingest.loaders.faq_table import Row, read_table
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

_LARGEST = 500 * 1024**2  # bytes when unpacked: a small archive can hold a very large sheet


class _Sheet(Protocol):
    """What is used of a worksheet."""

    def iter_rows(self, *, values_only: Literal[True]) -> Iterable[tuple[object, ...]]: ...


def load_xlsx(data: bytes, name: str) -> Draft:
    """Read a workbook; rows are named by their number, with the sheet's name if it has several."""
    _check_archive(data, name)
    sheets = _read_sheets(data, name)
    filled = {title: rows for title, rows in sheets.items() if rows}
    if not filled:
        raise DocumentUnreadable(document=name, problem=Problem(N_("the workbook is empty.")))
    usable = [rows for rows in filled.values() if looks_like_header(rows[0].cells)]
    return read_table(usable or list(filled.values())[:1], document=name)


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        problem = Problem(N_("it is not an XLSX workbook, or it is damaged."))
        raise DocumentUnreadable(document=name, problem=problem) from error
    if size > _LARGEST:
        problem = Problem(N_("it unpacks to more than {size} MB."), {"size": _LARGEST // 1024**2})
        raise DocumentUnreadable(document=name, problem=problem)


def _read_sheets(data: bytes, name: str) -> dict[str, list[Row]]:
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        several = len(workbook.worksheets) > 1
        return {
            sheet.title: list(_read_rows(sheet, prefix=f"{sheet.title}!" if several else ""))
            for sheet in workbook.worksheets
        }
    # openpyxl lets out whatever its XML reading runs into.
    except (
        KeyError,
        ValueError,
        TypeError,
        OSError,
        AttributeError,
        SyntaxError,
        zipfile.BadZipFile,
        EOFError,
    ) as error:
        problem = Problem(N_("it is not an XLSX workbook, or it is damaged."))
        raise DocumentUnreadable(document=name, problem=problem) from error


def _read_rows(sheet: "_Sheet", *, prefix: str) -> Iterable[Row]:
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = tuple(map(_show, values))
        if any(cells):
            yield Row(f"{prefix}{number}", cells)


def _show(value: object) -> str:
    """A cell as a person sees it: a date without its time, a whole number without a fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
