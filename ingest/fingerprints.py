"""Fingerprints of what reads and of what divides: short hashes of what would change the passages.

They stand in the manifest with every document. Raise the number of a format when its loader gives
other passages than before, and only the documents of that format are read again; the version of a
library that reads it counts as well. :data:`READING` is for what all formats share (decoding,
structure, quality, languages, dates), :data:`SPLITTING` for how sections are divided. What comes
out as it was is not embedded again.
"""

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from posixpath import splitext
from typing import Final

from ingest.measure import DIVIDE_OVER, MERGE_UP_TO
from knowledge.origin import Origin

READING: Final = "5"
SPLITTING: Final = "1"

_PICTURE: Final = ("1", ("rapidocr", "pillow"))
_PDF: Final = ("1", ("pypdfium2", "pdfplumber", *_PICTURE[1]))
_WORD: Final = ("1", ("python-docx", "lxml"))
_SLIDES: Final = ("1", ("python-pptx", "lxml", *_PICTURE[1]))
_SHEETS: Final = ("1", ("openpyxl",))
_MARKDOWN: Final = ("1", ())
_TEXT: Final = ("1", ("charset-normalizer",))
_HTML: Final = ("1", ("trafilatura",))
_TABLE: Final = ("1", ())
_XML: Final = ("1", ("lxml",))

FORMATS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": _TEXT,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".xlsx": _SHEETS,
    ".xlsm": _SHEETS,
    ".docx": _WORD,
    ".docm": _WORD,
    ".pptx": _SLIDES,
    ".pptm": _SLIDES,
    ".pdf": _PDF,
    ".png": _PICTURE,
    ".jpg": _PICTURE,
    ".jpeg": _PICTURE,
    ".tif": _PICTURE,
    ".tiff": _PICTURE,
    ".bmp": _PICTURE,
    ".webp": _PICTURE,
    ".xml": _XML,
}
"""The number of each format, and the libraries that read it."""

HOLDING_OTHERS: Final = frozenset({".eml", ".page", ".zip"})
"""Formats that hold files of the others: what changes one of those changes them."""

_DIGITS = 12


@cache
def fingerprint_parser(ending: str) -> str:
    """The fingerprint of what reads files with this ending, in lower case."""
    formats = FORMATS if ending in HOLDING_OTHERS else {ending: FORMATS.get(ending, ("", ()))}
    read_by = {name: (number, *map(_version, parts)) for name, (number, parts) in formats.items()}
    return _shorten([READING, ending, read_by])


@cache
def fingerprint_splitter() -> str:
    """The fingerprint of what divides texts into passages."""
    return _shorten([SPLITTING, MERGE_UP_TO, DIVIDE_OVER, _version("llama-index-core")])


def make_origin(document: str, source_hash: str) -> Origin:
    """What a document with this id is made from and by, if it is read now."""
    ending = splitext(document)[1].lower()
    parser, splitter = fingerprint_parser(ending), fingerprint_splitter()
    return Origin(source_hash=source_hash, parser=parser, splitter=splitter)


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _shorten(values: object) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:_DIGITS]
