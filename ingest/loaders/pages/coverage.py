"""Whether the text of a page is all that can be seen on it: what is drawn, and what is not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.loaders.pages.spans import Box, Span

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

FEW_SIGNS = 40
"""A page with fewer that is covered by a picture is that picture."""

_THIN = 300
_COVERED = 0.4
_MANY_SHAPES = 150
_FEWEST_LINES = 5
_SCALE = 200 / 72
_LARGEST_PICTURE = 4000


def is_picture(page: "PdfPage", spans: Sequence[Span]) -> bool:
    """Whether the page shows its text as a picture, or drawn stroke by stroke."""
    if count_signs(spans) >= FEW_SIGNS:
        return False
    return is_covered(page) or (not spans and count_objects(page, "PATH") > _MANY_SHAPES)


def is_thin(page: "PdfPage", spans: Sequence[Span]) -> bool:
    """Whether there may be more on the page than its text: little of it, on a large picture."""
    return FEW_SIGNS <= count_signs(spans) < _THIN and is_covered(page)


def count_signs(spans: Sequence[Span]) -> int:
    """How many signs there are."""
    return sum(len(span.text) for span in spans)


def is_covered(page: "PdfPage") -> bool:
    """Whether a picture takes up a good part of the page."""
    from pypdfium2 import raw

    area = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _COVERED * area:
            return True
    return False


def count_objects(page: "PdfPage", kind: str) -> int:
    """How many objects of this kind (``PATH``, ``TEXT``) are on the page."""
    from pypdfium2 import raw

    kinds = [getattr(raw, f"FPDF_PAGEOBJ_{kind}")]
    return sum(1 for _ in page.get_objects(filter=kinds, max_depth=3))


def count_unread(lines: Sequence[Box], spans: Sequence[Span]) -> int:
    """How many lines that are seen on a page have no text of its layer in them."""
    return sum(not any(line.meets(span.box) for span in spans) for line in lines)


def lacks_lines(lines: Sequence[Box], spans: Sequence[Span]) -> bool:
    """Whether the layer lacks so much of what is seen that the page says something else."""
    return count_unread(lines, spans) >= _FEWEST_LINES


def render(page: "PdfPage", *, longest: int = _LARGEST_PICTURE, scale: float = _SCALE) -> "Image":
    """The picture of a page, at 200 dpi or as large as is allowed (pixels of its longer side)."""
    edge = max(page.get_width(), page.get_height(), 1.0)
    picture: Image = page.render(scale=min(scale, longest / edge)).to_pil()
    return picture
