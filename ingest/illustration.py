"""Pictures of the pages on which something is held back, beside the parts that stand there."""

import hashlib
from dataclasses import replace

from ingest.loaders.page_pictures import draw_pages
from ingest.outcome import Reading
from knowledge.errors import DocumentError


def illustrate(reading: Reading, data: bytes, name: str, *, most: int) -> Reading:
    """Add the pictures of up to ``most`` pages; a page that cannot be drawn has none."""
    pages = sorted({page for part in reading.held for page in part.pages})[:most]
    try:
        drawn = draw_pages(data, name, pages)
    except DocumentError:
        return reading
    names = {page: f"{hashlib.sha256(png).hexdigest()[:32]}.png" for page, png in drawn.items()}
    held = tuple(
        replace(part, pictures=tuple(names[page] for page in part.pages if page in names))
        for part in reading.held
    )
    return replace(reading, held=held, pictures={names[page]: drawn[page] for page in drawn})
