"""What kind of document an answer holds, so that the loader for that kind reads it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from ingest.loaders.page import BODIES
from ingest.problems import Problem
from ingest.web.problems import AddressRefused
from ingest.web.url import Url
from knowledge.errors import N_

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ENDINGS: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/pdf": ".pdf",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
    f"{_OFFICE}.presentationml.presentation": ".pptx",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tiff",
    "image/webp": ".webp",
    "image/bmp": ".bmp",
    "message/rfc822": ".eml",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
}
# Servers say these when they do not know; the address tells more.
_VAGUE: Final = frozenset(
    {
        "",
        "text/plain",
        "application/octet-stream",
        "binary/octet-stream",
        "application/zip",
        "application/x-zip-compressed",
    }
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Media:
    """The ending of the loader, and the encoding that the server names; empty if it names none."""

    ending: str
    charset: str = ""


def find_media(headers: Mapping[str, str], url: Url) -> Media:
    """What the headers say; :class:`AddressRefused` for what nobody here can read."""
    said = headers.get("content-type", "")
    kind = said.partition(";")[0].strip().lower()
    charset = _CHARSET.search(said)
    ending = PurePosixPath(unquote(_named(headers) or url.path)).suffix.lower()
    known = ending if ending in BODIES else ""
    found = (known or _ENDINGS.get(kind, "")) if kind in _VAGUE else _ENDINGS.get(kind, "")
    if not found:
        form = N_("what its server gives is of the kind “{kind}”, which is not read.")
        problem = Problem(form, {"kind": kind[:80] or ending or "?"})
        raise AddressRefused(document=str(url), problem=problem)
    return Media(found, charset[1] if charset else "")


def correct_media(media: Media, body: bytes) -> Media:
    """A PDF is one, whatever the server calls it; that mistake is common."""
    return Media(".pdf") if body[:1024].lstrip().startswith(_PDF) else media


def _named(headers: Mapping[str, str]) -> str:
    """The name under which a browser would save it."""
    found = re.search(
        r"filename\*?\s*=\s*(?:[\w-]+'')?\"?([^\";]+)", headers.get("content-disposition", "")
    )
    return found[1].strip() if found else ""
