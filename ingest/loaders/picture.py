"""Pictures of documents: scans and photographs, read by their looks."""

import io
import warnings
from typing import TYPE_CHECKING

from ingest.drafts import Draft
from ingest.front_matter import Metadata
from ingest.loaders.pages.assembly import Page, assemble, find_title
from ingest.loaders.pages.recognition import recognise
from ingest.problems import Loss, Problem
from ingest.pulse import beat
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_NO_PICTURE = N_("it is not a picture, or it is damaged.")
_ILLEGIBLE = N_("page {page} is a scan that cannot be read well enough; bring a better copy")
_MOST_PIXELS = 100_000_000
_MOST_FRAMES = 200


def load_picture(data: bytes, name: str) -> Draft:
    """Read a picture, or each page of a TIFF; :class:`DocumentUnreadable` if it is none."""
    pages: list[Page] = []
    losses: list[Loss] = []
    for number, frame in enumerate(_read_frames(data, name), start=1):
        found = recognise(frame)
        if found.is_good:
            pages.append(Page(number, found.width, found.height, found.spans, scanned=True))
        elif found.spans:
            losses.append(Loss(Problem(_ILLEGIBLE, {"page": number}), 1))
        beat()
    return Draft(
        metadata=Metadata(),
        title=find_title(pages),
        blocks=tuple(assemble(pages)),
        losses=tuple(losses),
    )


def _read_frames(data: bytes, name: str) -> "Iterator[Image]":
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
