"""Pages as pdfplumber sees them: slower than pdfium, but it knows rulings and needs no fonts."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ingest.loaders.pages.glyphs import Layer
from ingest.loaders.pages.ruled_tables import Table, find_tables
from ingest.loaders.pages.spans import Box, Span

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF
    from pypdfium2 import PdfDocument

Found = TypeVar("Found")

_TILT = 0.15
LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands for a sign without a meaning in Unicode."""


@dataclass(slots=True)
class Plumber:
    """Opens a document when a page of it is first asked for."""

    document: "PdfDocument"
    data: bytes
    _opened: "PDF | None" = None

    def find_tables(self, number: int, layer: Layer) -> list[Table]:
        """The ruled tables of a page; none where its lines cannot be made out."""
        return self._look(number, layer, lambda page: find_tables(page, layer.glyphs))

    def read_glyphs(self, number: int, layer: Layer) -> list[Span]:
        """The signs of a page whose fonts are neither in the document nor on this machine.

        pdfium does not see all of those: single ones are lost.
        """
        return self._look(number, layer, lambda page: list(_read_glyphs(page)))

    def _look(
        self, number: int, layer: Layer, find: "Callable[[Page], list[Found]]"
    ) -> list[Found]:
        """What is found on the page, held so that its text is upright; nothing if it is damaged."""
        import pdfplumber
        from pdfplumber.utils.exceptions import PdfminerException

        try:
            if layer.turned:
                turned = pdfplumber.open(io.BytesIO(_turn(self.document, number, layer.turn)))
                with closing(turned):
                    return find(turned.pages[0])
            self._opened = self._opened or pdfplumber.open(io.BytesIO(self.data))
            with closing(self._opened.pages[number - 1]) as page:
                return find(page)
        except (PdfminerException, LookupError, ValueError, TypeError, AttributeError):
            return []


def _turn(document: "PdfDocument", number: int, turn: int) -> bytes:
    """One page, shown as its text is read."""
    from pypdfium2 import PdfDocument

    out = io.BytesIO()
    with closing(PdfDocument.new()) as alone:
        alone.import_pages(document, [number - 1])
        alone[0].set_rotation(turn)
        alone.save(out)
    return out.getvalue()


def _read_glyphs(page: "Page") -> Iterator[Span]:
    spaced = False
    for sign in page.chars:
        text = str(sign["text"])
        if not text.strip():
            spaced = True
        elif _is_upright(sign["matrix"]):
            box = Box(*(float(sign[edge]) for edge in ("x0", "top", "x1", "bottom")))
            yield Span(LOST if text.startswith("(cid:") else text, box, spaced)
            spaced = False


def _is_upright(matrix: Sequence[float]) -> bool:
    """Whether a sign stands as most do; watermarks and stamps do not."""
    across, up = matrix[0], matrix[1]
    return across > 0 and abs(up) < _TILT * across
