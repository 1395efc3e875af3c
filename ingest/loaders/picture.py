"""Pictures of documents: scans and photographs, read by their looks."""

import io
import warnings
from typing import TYPE_CHECKING

from ingest.drafts import Draft
from ingest.front_matter import Metadata
from ingest.loaders.pages.assembly import Page, assemble, find_title
from ingest.loaders.pages.recognition import find_key, recognise
from ingest.loaders.pages.unread import ILLEGIBLE, NOT_LEGIBLE, leave_gap
from ingest.problems import Problem
from ingest.pulse import beat
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_NO_PICTURE = N_("it is not a picture, or it is damaged.")
_MOST_PIXELS = 100_000_000
_MOST_FRAMES = 200


def load_picture(data: bytes, name: str) -> Draft:
    """Read a picture, or each page of a TIFF; :class:`DocumentUnreadable` if it is none."""
    pages: list[Page] = []
    for number, frame in enumerate(read_frames(data, name), start=1):
        found = recognise(frame)
        if found.is_good:
            pages.append(Page(number, found.width, found.height, found.spans, scanned=True))
        elif found.spans:
            content = find_key(frame)
            gap = leave_gap(ILLEGIBLE, number, found.spans, content=content, tried=NOT_LEGIBLE)
            pages.append(Page(number, found.width, found.height, (), gap=gap))
        beat()
    return Draft(
        metadata=Metadata(),
        title=find_title(pages),
        blocks=tuple(assemble(pages)),
    )


def read_frames(data: bytes, name: str) -> "Iterator[Image]":
    """Yield the pages of a picture; :class:`DocumentUnreadable` if it is none, or too large."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit is lower than the one it warns at
            picture = Image.open(io.BytesIO(data))
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if frame.width * frame.height > _MOST_PIXELS or number >= _MOST_FRAMES:
                    form = N_("it is too large: pictures of up to {most} million pixels are read.")
                    problem = Problem(form, {"most": _MOST_PIXELS // 1_000_000})
                    raise DocumentUnreadable(document=name, problem=problem)
                yield ImageOps.exif_transpose(frame.convert("RGB"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise DocumentUnreadable(document=name, problem=Problem(_NO_PICTURE)) from error
