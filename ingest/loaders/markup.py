"""A tree of elements to blocks: HTML as it is, and the extractor's own elements."""

import re
from collections.abc import Iterator
from typing import Protocol

from ingest.cleaning import join_lines
from ingest.drafts import Block, BlockKind

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "header",
        "form",
        "button",
        "select",
        "svg",
        "iframe",
        "object",
        "graphic",
    ]
)
_HEADING = re.compile(r"h([1-6])")
_NOTICE = re.compile(
    r"(?:cookie|gdpr)s?[-_ ]?(?:banner|bar|notice|consent|popup)|consent[-_]", re.IGNORECASE
)
_LISTS = frozenset({"ul", "ol", "list"})
_ITEMS = frozenset({"li", "item"})
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_BREAKS = frozenset({"br", "lb"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "hi",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ref",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    ]
)


class Node(Protocol):
    """An element of a tree as lxml gives it; comments have a function for a tag."""

    tag: object
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator["Node"]: ...

    def get(self, name: str, /) -> str | None:
        """The value of an attribute."""


def read_blocks(node: Node) -> Iterator[Block]:
    """Yield headings, paragraphs, lists and tables below ``node`` in reading order."""
    running = node.text or ""
    for child in node:
        if _is_inline(child):
            running += _read_text(child)
        else:
            yield from _paragraphs(running)
            running = ""
            yield from _read_block(child)
        running += child.tail or ""
    yield from _paragraphs(running)


def _read_block(node: Node) -> Iterator[Block]:
    tag = node.tag
    level = _find_level(node)
    if level:
        yield Block.heading(join_lines(_read_text(node)), level)
    elif tag in _LISTS:
        yield Block(BlockKind.LIST, tuple(_read_items(node, depth=0)))
    elif tag == "table" and not _is_layout(node):
        yield Block(BlockKind.TABLE, tuple(_read_rows(node)))
    elif tag not in _SKIPPED and isinstance(tag, str) and not _is_notice(node):
        yield from read_blocks(node)


def _is_notice(node: Node) -> bool:
    """Whether it asks about cookies, which is no part of what the page says."""
    return bool(_NOTICE.search(f"{node.get('class') or ''} {node.get('id') or ''}"))


def _find_level(node: Node) -> int:
    """The depth of a heading: ``h2``, or ``head`` with ``rend="h2"`` inside extracted text."""
    name = node.get("rend") if node.tag == "head" else node.tag
    match = _HEADING.fullmatch(name) if isinstance(name, str) else None
    return int(match[1]) if match else 0


def _is_inline(node: Node) -> bool:
    return node.tag in _INLINE or node.tag in _BREAKS


def _read_text(node: Node) -> str:
    """All text below the node; a line break where the page has one."""
    if node.tag in _BREAKS:
        return "\x0c"
    if node.tag in _SKIPPED or not isinstance(node.tag, str):
        return ""
    inside = "".join(_read_text(child) + (child.tail or "") for child in node)
    return (node.text or "") + inside


def _paragraphs(running: str) -> Iterator[Block]:
    """Line breaks of the page end a paragraph; those of the file are wrapping."""
    for line in running.split("\x0c"):
        text = join_lines(line)
        if text:
            yield Block.paragraph(text)


def _read_items(node: Node, *, depth: int) -> Iterator[str]:
    for number, item in enumerate((one for one in node if one.tag in _ITEMS), start=1):
        ordered = node.tag == "ol" or node.get("rend") == "ol"
        mark = f"{number}." if ordered else "-"
        text = _item_text(item)
        if text:
            yield f"{'  ' * depth}{mark} {text}"
        for inner in item:
            if inner.tag in _LISTS:
                yield from _read_items(inner, depth=depth + 1)


def _item_text(item: Node) -> str:
    parts = [item.text or ""]
    for child in item:
        if child.tag not in _LISTS:
            parts.append(_read_text(child))
        parts.append(child.tail or "")
    return join_lines("".join(parts).replace("\x0c", "\n"))


def _find_rows(node: Node) -> Iterator[Node]:
    for child in node:
        if child.tag in _ROWS:
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from _find_rows(child)


def _read_rows(table: Node) -> Iterator[str]:
    for row in _find_rows(table):
        cells = [cell for cell in row if cell.tag in _CELLS]
        yield " | ".join(join_lines(_read_text(cell).replace("\x0c", "\n")) for cell in cells)


def _is_layout(table: Node) -> bool:
    """Old pages put everything into a table of one cell."""
    return all(sum(cell.tag in _CELLS for cell in row) <= 1 for row in _find_rows(table))
