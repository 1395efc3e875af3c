"""Workbooks: FAQ tables are every sheet whose first row is a header of ours, others are tables."""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ingest.drafts import Draft
from ingest.loaders.cells import show_cell
from ingest.loaders.faq_header import looks_like_header
from ingest.loaders.faq_table import Row, read_table
from ingest.loaders.packages import UNPACKING, check_package
from ingest.loaders.spreadsheet import read_spreadsheet
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet.worksheet import Worksheet

_NO_WORKBOOK = N_("it is not an XLSX workbook, or it is damaged.")
_LARGE = 4 * 1024**2
_Grid = list[list[str]]


def load_xlsx(data: bytes, name: str) -> Draft:
    """Read a workbook; macros in it are not run.

    Rows are named by their number, with the sheet's name if it has several.
    """
    check_package(data, name, kind=_NO_WORKBOOK)
    sheets = {title: rows for title, rows in _read_sheets(data, name).items() if rows}
    if not sheets:
        raise DocumentUnreadable(document=name, problem=Problem(N_("the workbook is empty.")))
    usable = [rows for rows in sheets.values() if looks_like_header(rows[0].cells)]
    if usable:
        return read_table(usable, document=name)
    return read_spreadsheet(sheets, document=name)


def _read_sheets(data: bytes, name: str) -> dict[str, list[Row]]:
    from openpyxl import load_workbook

    # Only a workbook that is read as a whole says which cells were merged; a large one is not.
    large = len(data) > _LARGE
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=large, data_only=True)
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        several = len(workbook.worksheets) > 1
        return {
            sheet.title: list(_read_rows(sheet, prefix=f"{sheet.title}!" if several else ""))
            for sheet in visible
        }
    # openpyxl lets out whatever its XML reading runs into.
    except (TypeError, AttributeError, IndexError, SyntaxError, *UNPACKING) as error:
        raise DocumentUnreadable(document=name, problem=Problem(_NO_WORKBOOK)) from error


def _read_rows(sheet: "Worksheet", *, prefix: str) -> Iterator[Row]:
    grid = [_show_row(cells) for cells in sheet.iter_rows()]
    _spread(grid, sheet)
    for number, cells in enumerate(grid, start=1):
        if any(cells):
            yield Row(f"{prefix}{number}", tuple(cells))


def _show_row(cells: "Iterable[Cell | MergedCell | ReadOnlyCell]") -> list[str]:
    return [
        show_cell(cell.value, getattr(cell, "number_format", None) or "General") for cell in cells
    ]


def _spread(grid: _Grid, sheet: "Worksheet") -> None:
    """Let every cell of a merged one say what it says: each row is read by itself."""
    merged = getattr(sheet, "merged_cells", None)
    for area in merged.ranges if merged else ():
        rows = grid[area.min_row - 1 : area.max_row]
        text = rows[0][area.min_col - 1] if rows and area.min_col <= len(rows[0]) else ""
        for row in rows if text else ():
            row[area.min_col - 1 : area.max_col] = [text] * (area.max_col - area.min_col + 1)
