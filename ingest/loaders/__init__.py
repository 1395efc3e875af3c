"""From the bytes of a file to a draft, one loader for each ending."""

from collections.abc import Callable

from ingest.drafts import Draft
from ingest.loaders.csv_table import load_csv
from ingest.loaders.html import load_html
from ingest.loaders.markdown import load_markdown
from ingest.loaders.text import load_text
from ingest.loaders.xlsx_table import load_xlsx

Loader = Callable[[bytes, str], Draft]
"""Takes the bytes and the document's id; raises :class:`DocumentError`."""

LOADERS: dict[str, Loader] = {
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".txt": load_text,
    ".html": load_html,
    ".htm": load_html,
    ".xhtml": load_html,
    ".csv": load_csv,
    ".tsv": load_csv,
    ".xlsx": load_xlsx,
}
"""The loaders by the file's ending in lower case."""
