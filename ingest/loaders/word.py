"""DOCX: headings, paragraphs, lists, tables and footnotes in the order in which they are read."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ingest.cleaning import clean, join_lines
from ingest.drafts import Block, BlockKind, Draft
from ingest.front_matter import Metadata
from ingest.loaders.office_tree import Element, find_boxes, find_value, read_text, w
from ingest.loaders.packages import UNPACKING, check_package
from ingest.loaders.word_numbering import Numbering
from ingest.loaders.word_styles import Styles, is_title_like
from ingest.loaders.word_table import read_table
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

if TYPE_CHECKING:
    from docx.document import Document

_NO_WORD = N_("it is not a Word document, or it is damaged.")
_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_CONTAINERS = frozenset(map(w, ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")))
_FIRST_LINES = 12


def load_word(data: bytes, name: str) -> Draft:
    """Read a document; macros in it are not run. :class:`DocumentUnreadable` if it is none."""
    check_package(data, name, kind=_NO_WORD)
    document = _open(data, name)
    reader = _Reader(document)
    blocks = tuple(_gather(reader.read(document.element.body)))
    return Draft(metadata=Metadata(), title=reader.title, blocks=blocks)


def _open(data: bytes, name: str) -> "Document":
    from docx.opc.exceptions import OpcError
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart
    from lxml.etree import LxmlError

    PartFactory.part_type_for[_MACROS] = DocumentPart
    try:
        part = Package.open(io.BytesIO(data)).main_document_part
    except (OpcError, LxmlError, AttributeError, *UNPACKING) as error:
        raise DocumentUnreadable(document=name, problem=Problem(_NO_WORD)) from error
    if not isinstance(part, DocumentPart):
        raise DocumentUnreadable(document=name, problem=Problem(_NO_WORD))
    document: Document = part.document
    return document


@dataclass(frozen=True)
class _Footnotes:
    document: "Document"

    @cached_property
    def texts(self) -> dict[str, str]:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from lxml import etree

        try:
            part = self.document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
        except KeyError:
            return {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root: Element = etree.fromstring(part.blob, parser)
        return {
            note.get(w("id")) or "": join_lines(clean("\n".join(map(read_text, note.iter(w("p"))))))
            for note in root.iter(w("footnote"))
        }

    def find(self, paragraph: Element) -> Iterator[Block]:
        """Yield the notes to this paragraph."""
        for reference in paragraph.iter(w("footnoteReference")):
            number = reference.get(w("id")) or ""
            if self.texts.get(number):
                yield Block.paragraph(f"[{number}] {self.texts[number]}")


class _Reader:
    """Walks the body; ``title`` is what looks like one near the top."""

    def __init__(self, document: "Document") -> None:
        self._document = document
        self._styles = Styles.read(document.styles.element)
        self._numbering = Numbering.read(_find_numbering(document))
        self._footnotes = _Footnotes(document)
        self._lines = 0
        self.title = ""

    def read(self, parent: Element) -> Iterator[Block]:
        """Yield the blocks below an element in order; list items one by one."""
        for child in parent:
            if child.tag == w("p"):
                yield from self._read_paragraph(child)
            elif child.tag == w("tbl"):
                yield from read_table(child, self._document, self.read)
            elif child.tag in _CONTAINERS:
                yield from self.read(child)

    def _read_paragraph(self, paragraph: Element) -> Iterator[Block]:
        for box in find_boxes(paragraph):
            yield from self.read(box)
        text = clean(read_text(paragraph)).strip()
        style = self._styles.find(paragraph)
        if not text or style.is_contents:
            return
        self._lines += 1
        if not self.title and self._lines <= _FIRST_LINES and is_title_like(paragraph, style, text):
            self.title = join_lines(text)
        yield self._make_block(text, self._find_list(paragraph, style.list), style.level)
        yield from self._footnotes.find(paragraph)

    def _make_block(self, text: str, listed: tuple[str, int] | None, level: int) -> Block:
        label = self._numbering.count(*listed) if listed else ""
        if level:
            return Block.heading(label + join_lines(text), level)
        if listed and self._numbering.is_bullet(*listed):
            return Block(BlockKind.LIST, (f"{'  ' * listed[1]}- {join_lines(text)}",))
        return Block.paragraph(label + text)

    @staticmethod
    def _find_list(paragraph: Element, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
        """The list that a paragraph belongs to, and its depth there."""
        properties = paragraph.find(w("pPr"))
        own = None if properties is None else properties.find(w("numPr"))
        if own is None:
            return inherited
        depth = find_value(own, "ilvl")
        number = find_value(own, "numId") or (inherited[0] if inherited else "")
        return (number, int(depth) if depth.isdecimal() else 0) if number not in {"", "0"} else None


def _find_numbering(document: "Document") -> Element | None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return None
    root: Element | None = getattr(part, "element", None)
    return root


def _gather(blocks: Iterator[Block]) -> Iterator[Block]:
    """Put the items of a list that follow one another together."""
    items: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.LIST:
            items += block.rows
            continue
        if items:
            yield Block(BlockKind.LIST, tuple(items))
            items = []
        yield block
    if items:
        yield Block(BlockKind.LIST, tuple(items))
