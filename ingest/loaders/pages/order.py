"""Whether a page can have been read in a wrong order: columns that could not be told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from ingest.held import UNSURE
from ingest.loaders.pages.ruled_tables import Table
from ingest.loaders.pages.spans import Span, find_lines
from ingest.measure import weigh

_TERMINAL = re.compile(r"[。！？!?.:：;；…”\"』」）)]\s*$")
_FEWEST_ROWS = 3
_WIDE = 8.0
_ALIGNED = 0.8
_FULL = 0.8
_MOSTLY = 0.6

_FROM_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_MUCH = 0.1

Pair = tuple[Span, Span]


def runs_from_right(spans: Sequence[Span]) -> bool:
    """Whether much of a page is Arabic or Hebrew.

    Such text lies in files sign by sign, in the order of writing or of the page, with joined signs
    and figures in between: no order that could be told from their places was always right.
    """
    text = "".join(span.text for span in spans)
    return len(_FROM_RIGHT.findall(text)) > _MUCH * len(_LETTER.findall(text))


def mark_from_right(spans: Sequence[Span]) -> list[Span]:
    """Single words in these scripts are marked, so that their paragraph is not quoted."""
    return [
        replace(span, text=span.text + UNSURE) if _FROM_RIGHT.search(span.text) else span
        for span in spans
    ]


def mark_cells(table: Table) -> Table:
    """The same for the cells of a table."""
    rows = tuple(
        tuple(cell + UNSURE if _FROM_RIGHT.search(cell) else cell for cell in row)
        for row in table.rows
    )
    return replace(table, rows=rows)


def is_doubtful(region: Sequence[Span]) -> bool:
    """Whether two columns of running text stand side by side in what is taken for one column.

    Their lines are long, fill their column and do not end where sentences do; the cells of a table
    are shorter, of many lengths, and complete.
    """
    pairs = [pair for line in find_lines(region) for pair in _find_pairs(line)]
    if len(pairs) < _FEWEST_ROWS:
        return False
    gutter = median((left.box.right + right.box.left) / 2 for left, right in pairs)
    pairs = [(left, right) for left, right in pairs if left.box.right <= gutter <= right.box.left]
    if len(pairs) < _FEWEST_ROWS:
        return False
    return all(_is_running([pair[side] for pair in pairs]) for side in (0, 1))


def _find_pairs(line: Sequence[Span]) -> Iterator[Pair]:
    """Yield the two long pieces of text that share a line."""
    wide = [span for span in line if weigh(span.text) >= _WIDE]
    if len(wide) == 2 and len(line) == 2:  # noqa: PLR2004 - two columns
        yield wide[0], wide[1]


def _is_running(column: Sequence[Span]) -> bool:
    first = min(span.box.left for span in column)
    width = max(span.box.right for span in column) - first
    starts = sum(span.box.left - first < 2 * span.size for span in column)
    full = sum(span.box.right - span.box.left >= _FULL * width for span in column)
    going_on = sum(_TERMINAL.search(span.text) is None for span in column)
    count = len(column)
    return starts >= _ALIGNED * count and full >= _MOSTLY * count and going_on >= _MOSTLY * count
