"""Tables that are no FAQ: each row becomes a passage, with the name of its column at each value."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.cleaning import clean, join_lines
from ingest.drafts import Block, BlockKind, Draft
from ingest.front_matter import Metadata
from ingest.loaders.faq_table import Row
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

_FIGURES = re.compile(r"[\d.,%¥￥$€\s+-]*\d[\d.,%¥￥$€\s+-]*")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, cleaned, and how many of them say something."""

    label: str
    cells: tuple[str, ...]

    @property
    def filled(self) -> int:
        return sum(map(bool, self.cells))


def read_spreadsheet(sheets: Mapping[str, Sequence[Row]], *, document: str) -> Draft:
    """Read sheets by their titles; :class:`DocumentUnreadable` if there is no row in any.

    Where there are several, each is a section under its title. Rows are named by their labels.
    """
    several = len(sheets) > 1
    blocks = [
        block
        for title, rows in sheets.items()
        for block in ([Block.heading(title, 1)] if several else []) + list(_read_sheet(rows))
    ]
    if all(block.kind is BlockKind.HEADING for block in blocks):
        problem = Problem(N_("there is no row below its header."))
        raise DocumentUnreadable(document=document, problem=problem)
    return Draft(metadata=Metadata(), blocks=tuple(blocks))


def _read_sheet(rows: Sequence[Row]) -> Iterator[Block]:
    cleaned = [_clean(row) for row in rows]
    at = _find_header(cleaned)
    header = cleaned[at].cells if at is not None else ()
    for row in cleaned[: at or 0]:
        # What stands over a table, across it: its caption, the unit of its figures.
        yield Block.paragraph(" ".join(dict.fromkeys(filter(None, row.cells))))
    for row in cleaned[0 if at is None else at + 1 :]:
        text = _name_values(header, row)
        if text:
            yield Block(BlockKind.RECORD, (text,), place=_name_place(row.label))


def _name_place(label: str) -> str:
    """``Fees!12`` says what it is; a number alone does not."""
    return f"row {label}" if label.isdecimal() else label


def _clean(row: Row) -> _Row:
    cells = [join_lines(clean(cell)) for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return _Row(row.label, tuple(cells))


def _find_header(rows: Sequence[_Row]) -> int | None:
    """The first row with names in at least two columns, and no figures; ``None`` if none has."""
    widest = max((row.filled for row in rows), default=0)
    for at, row in enumerate(rows):
        if len(set(row.cells) - {""}) >= min(2, widest):
            alone = 0 < at == len(rows) - 1
            return at if _is_header(row) and not alone else None
    return None


def _is_header(row: _Row) -> bool:
    names = [cell for cell in row.cells if cell]
    short = all(len(name) <= _LONGEST_NAME for name in names)
    return short and not any(_FIGURES.fullmatch(name) for name in names)


def _name_values(header: Sequence[str], row: _Row) -> str:
    """One line: ``平台: ReelShort | 月费: 9.99``. A note across the table has no column."""
    names = (*header, *[""] * len(row.cells))
    if len(set(row.cells) - {""}) == 1 and sum(map(bool, header)) > 1:
        return next(filter(None, row.cells))
    return " | ".join(
        f"{name}: {cell}" if name else cell
        for name, cell in zip(names, row.cells, strict=False)
        if cell
    )
