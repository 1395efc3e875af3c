"""XML of any kind: its text in order, and records that repeat as rows with the names of fields."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.cleaning import clean, join_lines
from ingest.decoding import decode
from ingest.drafts import Block, BlockKind, Draft
from ingest.front_matter import Metadata
from ingest.loaders.html import load_html
from ingest.loaders.office_tree import Element
from ingest.problems import Problem
from knowledge.errors import N_, DocumentUnreadable

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITIES = re.compile(r"<!ENTITY\b")
_HEAD = 4096
_TITLES = frozenset({"title", "head", "heading", "headline", "subject", "标题", "標題"})
_DEEPEST_HEADING = 6
_FEWEST_FIELDS = 2


def load_xml(data: bytes, name: str) -> Draft:
    """Read XML; entities are never expanded. :class:`DocumentUnreadable` if it is none."""
    declared = _DECLARED.search(data[:_HEAD])
    decoded = decode(data, document=name, declared=declared[1].decode() if declared else "")
    markup = _DECLARATION.sub("", clean(decoded.text))
    if _ENTITIES.search(markup):
        form = N_("it defines entities of its own; save it with their text in their place.")
        raise DocumentUnreadable(document=name, problem=Problem(form))
    root = _parse(markup, name)
    if _name(root) == "html":
        return load_html(data, name)
    return Draft(
        metadata=Metadata(),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        blocks=tuple(_read(root, 1)),
    )


def _parse(markup: str, name: str) -> Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root: Element = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        problem = Problem(N_("it is not well-formed XML ({reason})."), {"reason": str(error)[:200]})
        raise DocumentUnreadable(document=name, problem=problem) from error
    return root


def _read(element: Element, level: int) -> Iterator[Block]:
    """Yield what stands below: headings, records, running text."""
    children = [child for child in element if isinstance(child.tag, str)]
    if not children or _is_mixed(element, children):
        yield from _make_paragraph(_read_all(element))
        return
    alike = Counter(map(_name, children))
    seen: Counter[str] = Counter()
    for child in children:
        name = _name(child)
        seen[name] += 1
        fields = _find_fields(child) if alike[name] > 1 else []
        if name in _TITLES and len(child) == 0:
            yield Block.heading(_read_all(child), level)
        elif len(fields) >= _FEWEST_FIELDS:
            yield Block(BlockKind.RECORD, (" | ".join(fields),), place=f"{name} {seen[name]}")
        else:
            yield from _read(child, min(level + 1, _DEEPEST_HEADING))


def _is_mixed(element: Element, children: list[Element]) -> bool:
    """Whether the children stand within a text, as emphasis does."""
    return any((text or "").strip() for text in (element.text, *(one.tail for one in children)))


def _find_fields(element: Element) -> list[str]:
    """What a record says, a field each; nothing if it holds more than fields."""
    if any(len(child) for child in element) or (element.text or "").strip():
        return []
    values = [*element.items(), *((_name(one), _read_all(one)) for one in element)]
    return [f"{_localise(name)}: {text}" for name, value in values if (text := value.strip())]


def _make_paragraph(text: str) -> Iterator[Block]:
    if text:
        yield Block.paragraph(text)


def _read_all(element: Element) -> str:
    return join_lines(clean("".join(element.itertext())))


def _name(element: Element) -> str:
    return _localise(element.tag) if isinstance(element.tag, str) else ""


def _localise(name: str) -> str:
    return name.rpartition("}")[2]
