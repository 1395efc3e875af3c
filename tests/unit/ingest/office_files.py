"""Word documents, presentations and archives made by code."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import docx
import pptx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from pptx.util import Cm

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

Rows = Sequence[Sequence[str]]


def save_word(document: "Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def centre(document: "Document", text: str) -> "Paragraph":
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def add_table(document: "Document", rows: Rows, *, headers: int = 1) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for number, cells in enumerate(rows):
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
        if number < headers:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - not in its API


def number_paragraphs(document: "Document", form: str, pattern: str, texts: Sequence[str]) -> None:
    """Add paragraphs that Word numbers by itself."""
    root = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for text in texts:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()  # noqa: SLF001 - not in its API
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>')
        )


def add_raw(paragraph: "Paragraph", xml: str) -> None:
    """Put an element into a paragraph as Word writes it."""
    element = parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1))
    paragraph._p.append(element)  # noqa: SLF001 - not in its API


def add_part(data: bytes, name: str, text: str, *, relation: str, kind: str) -> bytes:
    """Add a part to a Word document that the library cannot make."""
    parts = read_zip(data)
    target = name.removeprefix("word/")
    rels, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    link = f'<Relationship Id="rIdX" Type="{relation}" Target="{target}"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    parts[types] = parts[types].replace(b"</Types>", override.encode())
    return make_zip({**parts, name: text.encode()})


def make_slides(slides: Sequence[tuple[str, Sequence[str]]], table: Rows = ()) -> bytes:
    """A presentation: titles with lines below them; the table goes on the last slide."""
    presentation = pptx.Presentation()
    for title, lines in slides:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        assert slide.shapes.title is not None
        slide.shapes.title.text = title
        slide.placeholders[1].text_frame.text = "\n".join(lines)
    if table:
        frame = slide.shapes.add_table(
            len(table), len(table[0]), Cm(2), Cm(12), Cm(20), Cm(4)
        ).table
        for row, cells in zip(frame.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def make_zip(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def new_word() -> "Document":
    return docx.Document()
