"""Tables of Word documents: rows as lines of cells, merged cells as a reader sees them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from ingest.cleaning import clean, join_lines
from ingest.drafts import Block, BlockKind
from ingest.loaders.office_tree import Element, is_on, read_text, w

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Row

_Read = Callable[[Element], Iterator[Block]]


def read_table(element: Element, document: "Document", read: _Read) -> Iterator[Block]:
    """Yield a table; one that only sets text on the page gives its paragraphs by ``read``."""
    from docx.oxml.table import CT_Tbl
    from docx.table import Table

    if not isinstance(element, CT_Tbl):
        return
    rows = [_find_cells(row) for row in Table(element, document).rows]
    if all(len(row) <= 1 for row in rows):
        yield from (block for row in rows for cell in row for block in read(cell))
        return
    texts = [[_read_cell(cell) for cell in row] for row in rows]
    lines = [" | ".join(row) for row in _join_headers(texts, _count_headers(element)) if any(row)]
    if lines:
        yield Block(BlockKind.TABLE, tuple(lines))


def _find_cells(row: "_Row") -> list[Element]:
    """The cells of a row: one over several columns once, one over several rows in each of them."""
    return [cell for cell, _ in groupby(each._tc for each in row.cells)]  # noqa: SLF001 - no other way


def _read_cell(cell: Element) -> str:
    texts = (join_lines(clean(read_text(paragraph))) for paragraph in cell.iter(w("p")))
    return " ".join(text for text in texts if text).replace(" | ", " / ")


def _count_headers(table: Element) -> int:
    """How many rows at the top are marked to be repeated on every page; at least one."""
    rows = [each for each in table if each.tag == w("tr")]
    marked = [is_on(row.find(w("trPr")), "tblHeader") for row in rows]
    return max(1, marked.index(False) if False in marked else 1)


def _join_headers(rows: Sequence[Sequence[str]], count: int) -> Iterator[Sequence[str]]:
    """Make one header of several rows: what stands above one another belongs together."""
    columns = zip_longest(*rows[:count], fillvalue="")
    yield [" ".join(dict.fromkeys(filter(None, column))) for column in columns]
    yield from rows[count:]
