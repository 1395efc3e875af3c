"""From the bytes of a file to a draft, one loader for each ending."""

from collections.abc import Callable

from ingest.drafts import Draft
from ingest.loaders.archive import load_archive
from ingest.loaders.csv_table import load_csv
from ingest.loaders.html import load_html
from ingest.loaders.mail import load_mail
from ingest.loaders.markdown import load_markdown
from ingest.loaders.page import PageLoader
from ingest.loaders.pdf import load_pdf
from ingest.loaders.picture import load_picture
from ingest.loaders.plain_text import load_plain_text
from ingest.loaders.slides import load_slides
from ingest.loaders.word import load_word
from ingest.loaders.xlsx_table import load_xlsx
from ingest.loaders.xml import load_xml

Loader = Callable[[bytes, str], Draft]
"""Takes the bytes and the document's id; raises :class:`DocumentError`."""

LOADERS: dict[str, Loader] = {
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".txt": load_plain_text,
    ".html": load_html,
    ".htm": load_html,
    ".xhtml": load_html,
    ".csv": load_csv,
    ".tsv": load_csv,
    ".xlsx": load_xlsx,
    ".xlsm": load_xlsx,
    ".docx": load_word,
    ".docm": load_word,
    ".pptx": load_slides,
    ".pptm": load_slides,
    ".pdf": load_pdf,
    ".png": load_picture,
    ".jpg": load_picture,
    ".jpeg": load_picture,
    ".tif": load_picture,
    ".tiff": load_picture,
    ".bmp": load_picture,
    ".webp": load_picture,
    ".eml": load_mail,
    ".xml": load_xml,
    ".zip": load_archive,
}
"""The loaders by the file's ending in lower case."""

LOADERS[".page"] = PageLoader(LOADERS)
