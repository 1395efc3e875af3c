"""Slides that are pictures: their words are read by their looks, as those of scans."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.drafts import Block, BlockKind
from ingest.held import Gap, identify
from ingest.loaders.pages.assembly import Page, assemble
from ingest.loaders.pages.recognition import find_key, recognise
from ingest.loaders.pages.unread import NOT_LEGIBLE
from ingest.loaders.picture import read_frames
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from pptx.shapes.picture import Picture
    from pptx.slide import Slide

_FEW_SIGNS = 40
_COVERED = 0.4
_SECONDS = 1200.0
_ILLEGIBLE = N_("slide {slide} is a picture that cannot be read well enough; bring its text")


@dataclass(slots=True)
class SlidePictures:
    """Reads the pictures that fill slides of this size (width × height, in Office's units)."""

    area: int
    _end: float = field(default_factory=lambda: time.monotonic() + _SECONDS)

    def read(self, slide: "Slide", number: int, blocks: Sequence[Block]) -> Iterator[Block]:
        """Yield what stands on the large pictures of a slide that says little else."""
        if sum(len(block.text) for block in blocks) < _FEW_SIGNS:
            for picture in self._find(slide):
                yield from self._read(picture, number)

    def _find(self, slide: "Slide") -> Iterator["Picture"]:
        from pptx.shapes.picture import Picture

        for shape in slide.shapes:
            if isinstance(shape, Picture) and shape.width * shape.height > _COVERED * self.area:
                yield shape

    def _read(self, picture: "Picture", number: int) -> Iterator[Block]:
        place = f"slide {number}"
        try:
            data = picture.image.blob
            frame = next(read_frames(data, place))
        except (DocumentUnreadable, ValueError, KeyError, StopIteration):
            return  # drawings of other kinds, which nobody here can look at
        if time.monotonic() >= self._end:
            yield _leave_gap(number, (), find_key(frame))
            return
        found = recognise(frame)
        if found.is_good:
            page = Page(number, found.width, found.height, found.spans, scanned=True)
            yield from (replace(block, place=place) for block in assemble([page]))
        elif found.spans:
            rows = tuple(span.text for span in found.spans)
            yield _leave_gap(number, rows, find_key(frame))


def _leave_gap(number: int, rows: tuple[str, ...], content: str) -> Gap:
    return Gap(
        BlockKind.LOST,
        rows,
        place=f"slide {number}",
        reason=Problem(_ILLEGIBLE, {"slide": number}),
        tried=(Problem(NOT_LEGIBLE),),
        content=identify("slide", content),
    )
