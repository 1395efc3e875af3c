"""Tables as CSV, with commas, semicolons, tabs or bars between the cells."""

import csv
import io

from ingest.decoding import decode
from ingest.drafts import Draft
from ingest.loaders.faq_header import looks_like_header
from ingest.loaders.faq_table import Row, read_table
from ingest.loaders.spreadsheet import read_spreadsheet
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

_DELIMITERS = ",;\t|"


def load_csv(data: bytes, name: str) -> Draft:
    """Read a table; rows are named by their number, the header being row 1."""
    text = decode(data, document=name).text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text), strict=True)
    try:
        rows = [Row(str(number), tuple(cells)) for number, cells in enumerate(reader, start=1)]
    except csv.Error as error:
        form = N_("its line {line} is not CSV ({reason}).")
        problem = Problem(form, {"line": reader.line_num, "reason": str(error)})
        raise DocumentUnreadable(document=name, problem=problem) from error
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        raise DocumentUnreadable(document=name, problem=Problem(N_("the file is empty.")))
    if looks_like_header(rows[0].cells):
        return read_table([rows], document=name)
    return read_spreadsheet({"": rows}, document=name)


def _find_delimiter(text: str) -> str:
    """The separator that the header uses most."""
    header = text.lstrip().split("\n", maxsplit=1)[0]
    return max(_DELIMITERS, key=header.count)
