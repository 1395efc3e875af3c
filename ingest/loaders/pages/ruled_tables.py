"""Tables with rulings: pdfplumber finds the cells, the signs in them are those of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.cleaning import clean, join_lines
from ingest.loaders.pages.spans import Box, Span, find_lines, join_glyphs, join_line

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table as Found

_FEWEST_CELLS = 4
_MOST_RULINGS = 20_000


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table as texts of their cells, and where it stands."""

    box: Box
    rows: tuple[tuple[str, ...], ...]


def find_tables(page: "Page", glyphs: Sequence[Span]) -> list[Table]:
    """Find the tables of an upright page."""
    rulings = len(page.rects) + len(page.lines) + len(page.curves)
    if not 1 < rulings < _MOST_RULINGS:
        return []
    tables = (_fill(found, glyphs) for found in page.find_tables())
    return [table for table in tables if table is not None]


def _fill(found: "Found", glyphs: Sequence[Span]) -> Table | None:
    boxes = [Box(*map(float, cell)) for cell in found.cells]
    if len(boxes) < _FEWEST_CELLS:
        return None
    area = Box(*map(float, found.bbox))
    inside = [glyph for glyph in glyphs if area.holds(glyph.box)]
    texts = {box: _read_cell(box, inside) for box in boxes}
    rows = tuple(
        row for row in (_read_row(line, boxes, texts) for line in _find_middles(boxes)) if any(row)
    )
    wide = sum(len(row) > 1 for row in rows)
    return Table(area, rows) if wide > 1 else None


def _find_middles(boxes: Sequence[Box]) -> list[float]:
    """A height within each row: between two rulings next to one another."""
    edges = sorted({round(edge) for box in boxes for edge in (box.top, box.bottom)})
    return [
        (upper + lower) / 2
        for upper, lower in pairwise(edges)
        if lower - upper > 2  # noqa: PLR2004 - points; two strokes of one thick ruling
    ]


def _read_row(middle: float, boxes: Sequence[Box], texts: dict[Box, str]) -> tuple[str, ...]:
    """The cells that a line at this height meets: one over several rows stands in each of them."""
    met = sorted((box for box in boxes if box.top < middle < box.bottom), key=lambda one: one.left)
    return tuple(texts[box] for box in met)


def _read_cell(box: Box, glyphs: Sequence[Span]) -> str:
    spans = join_glyphs(glyph for glyph in glyphs if box.holds(glyph.box))
    lines = [join_line(line).text for line in find_lines(spans)]
    return join_lines(clean("\n".join(lines))).replace(" | ", " / ")
