"""Pictures of pages for people: small PNG files in shades of grey."""

import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ingest.loaders.pages.coverage import render
from ingest.loaders.picture import read_frames
from ingest.pulse import beat

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 100
"""Pages of one document of which pictures are made; of the others the file itself tells."""

_LONGEST = 1600
_SHADES = 16


def draw_pages(data: bytes, name: str, pages: Sequence[int]) -> dict[int, bytes]:
    """PNG files of these pages of a PDF document or a picture, by page; none of other files.

    A page that cannot be drawn is left out.
    """
    wanted = sorted(set(pages))[:MOST]
    if not wanted:
        return {}
    if PurePosixPath(name).suffix.lower() == ".pdf":
        return dict(_draw_pdf(data, wanted))
    return {
        number: _pack(frame)
        for number, frame in enumerate(read_frames(data, name), start=1)
        if number in wanted
    }


def _draw_pdf(data: bytes, wanted: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    from pypdfium2 import PdfDocument, PdfiumError

    with closing(PdfDocument(data)) as document:
        for number in wanted:
            try:
                with closing(document[number - 1]) as page:
                    yield number, _pack(render(page, longest=_LONGEST))
            except PdfiumError:
                continue
            beat()


def _pack(picture: "Image") -> bytes:
    picture = picture.convert("L")
    picture.thumbnail((_LONGEST, _LONGEST))
    out = io.BytesIO()
    picture.quantize(_SHADES).save(out, "PNG", optimize=True)
    return out.getvalue()
