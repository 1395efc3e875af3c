"""PPTX: what the slides show, slide by slide.

Speaker's notes and hidden slides are left out: whoever sees the slides does not see those.
"""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ingest.cleaning import clean, join_lines
from ingest.drafts import Block, BlockKind, Draft
from ingest.front_matter import Metadata
from ingest.loaders.packages import UNPACKING, check_package
from ingest.loaders.slide_pictures import SlidePictures
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table

_NO_SLIDES = N_("it is not a PowerPoint presentation, or it is damaged.")
_DIAGRAM = "/diagramData"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LINE = 200_000  # a fifth of an inch in Office's units: what stands side by side


def load_slides(data: bytes, name: str) -> Draft:
    """Read a presentation; :class:`DocumentUnreadable` if it is none."""
    check_package(data, name, kind=_NO_SLIDES)
    presentation = _open(data, name)
    pictures = SlidePictures((presentation.slide_width or 0) * (presentation.slide_height or 0))
    blocks: list[Block] = []
    for number, slide in enumerate(presentation.slides, start=1):
        if slide.element.get("show") not in {"0", "false"}:
            own = list(_read_slide(slide, f"slide {number}"))
            blocks += [*own, *pictures.read(slide, number, own)]
    return Draft(metadata=Metadata(), blocks=tuple(blocks))


def _open(data: bytes, name: str) -> "Presentation":
    from lxml.etree import LxmlError
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    try:
        return Presentation(io.BytesIO(data))
    except (PythonPptxError, LxmlError, AttributeError, *UNPACKING) as error:
        raise DocumentUnreadable(document=name, problem=Problem(_NO_SLIDES)) from error


def _read_slide(slide: "Slide", place: str) -> Iterator[Block]:
    title = slide.shapes.title
    heading = _join(title.text_frame.text) if title is not None else ""
    # A slide without a title still ends what stands under the one before.
    yield Block.heading(heading, 1, place)
    for shape in _sort(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield from _read_shape(shape, place)
    yield from _read_diagrams(slide, place)


def _read_shape(shape: "BaseShape", place: str) -> Iterator[Block]:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.shapes.group import GroupShape

    if isinstance(shape, GroupShape):
        for inner in _sort(shape.shapes):
            yield from _read_shape(inner, place)
    elif isinstance(shape, GraphicFrame) and shape.has_table:
        yield from _read_table(shape.table, place)
    elif isinstance(shape, Shape) and not _is_furniture(shape):
        for paragraph in shape.text_frame.paragraphs:
            text = clean(paragraph.text).strip()
            if text:
                yield Block.paragraph(text, place)


def _is_furniture(shape: "BaseShape") -> bool:
    """Whether it is the footer, the date or the number of the slide."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    furniture = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER}
    return shape.is_placeholder and shape.placeholder_format.type in furniture


def _sort(shapes: "Iterable[BaseShape]") -> "list[BaseShape]":
    """Shapes as they are read: from the top, and in a line from the left."""
    return sorted(shapes, key=lambda shape: ((shape.top or 0) // _LINE, shape.left or 0))


def _read_table(table: "Table", place: str) -> Iterator[Block]:
    rows = [
        " | ".join(_join(cell.text) for cell in row.cells if not cell.is_spanned)
        for row in table.rows
    ]
    rows = [row for row in rows if row.strip(" |")]
    if rows:
        yield Block(BlockKind.TABLE, tuple(rows), place=place)


def _read_diagrams(slide: "Slide", place: str) -> Iterator[Block]:
    """The words of diagrams (SmartArt), which stand in files of their own."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in slide.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(_DIAGRAM):
            continue
        root = etree.fromstring(relation.target_part.blob, parser)
        for paragraph in root.iter(f"{_DRAWING}p"):
            text = _join("".join(one.text or "" for one in paragraph.iter(f"{_DRAWING}t")))
            if text:
                yield Block.paragraph(text, place)


def _join(text: str) -> str:
    return join_lines(clean(text))
