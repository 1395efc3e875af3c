"""Markdown: headings, paragraphs, lists and tables as blocks; the marks inside lines go."""

import re
from collections.abc import Iterator

from ingest.cleaning import clean, join_lines
from ingest.decoding import decode
from ingest.drafts import Block, BlockKind, Draft
from ingest.front_matter import split_front_matter
from ingest.loaders.inline import strip_marks

_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_ATX = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_SETEXT = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"(\s*)([-*+•]|\d{1,3}[.)])\s+(\S.*)$")
_QUOTED = re.compile(r"^\s{0,3}>\s?")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"(?: {2,}|\\)\n")


def load_markdown(data: bytes, name: str) -> Draft:
    """Read Markdown with or without front matter; :class:`DocumentError` for wrong values."""
    text = clean(decode(data, document=name).text)
    metadata, body = split_front_matter(text, document=name)
    return Draft(metadata=metadata, blocks=tuple(parse_markdown(body)))


def parse_markdown(text: str) -> Iterator[Block]:
    """Yield the blocks of the text in order; comments and rulers are left out."""
    lines = _without_comments(text).split("\n")
    at = 0
    while at < len(lines):
        end, block = _read_block(lines, at)
        if block is not None and block.text.strip():
            yield block
        at = end


def _without_comments(text: str) -> str:
    """Leave out ``<!-- … -->``; a comment that nobody has closed is text."""
    before, *parts = text.split("<!--")
    kept = [before]
    for part in parts:
        _, closed, after = part.partition("-->")
        kept.append(after if closed else f"<!--{part}")
    return "".join(kept)


def _read_block(lines: list[str], at: int) -> tuple[int, Block | None]:
    """The block that begins at this line, and the line behind it."""
    line = lines[at]
    fence = _FENCE.match(line)
    if fence:
        return _read_fence(lines, at + 1, fence[1])
    heading = _ATX.match(line)
    if heading:
        return at + 1, Block.heading(strip_marks(heading[2]), len(heading[1]))
    if not line.strip() or _RULE.match(line):
        return at + 1, None
    if _begins_table(lines, at):
        return _read_table(lines, at)
    if _ITEM.match(line):
        return _read_list(lines, at)
    return _read_paragraph(lines, at)


def _read_fence(lines: list[str], at: int, fence: str) -> tuple[int, Block]:
    end = at
    while end < len(lines) and not lines[end].strip().startswith(fence):
        end += 1
    return end + 1, Block.paragraph("\n".join(lines[at:end]))


def _begins_table(lines: list[str], at: int) -> bool:
    delimiter = lines[at + 1] if at + 1 < len(lines) else ""
    return "|" in lines[at] and "-" in delimiter and _DELIMITER.match(delimiter) is not None


def _read_table(lines: list[str], at: int) -> tuple[int, Block]:
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = (
        show_row(_CELL_BORDER.split(line.strip().strip("|")))
        for line in [lines[at], *lines[at + 2 : end]]
    )
    return end, Block(BlockKind.TABLE, tuple(rows))


def show_row(cells: list[str]) -> str:
    """A row of a table as a line of text."""
    return " | ".join(join_lines(strip_marks(cell.strip())) for cell in cells)


def _read_list(lines: list[str], at: int) -> tuple[int, Block]:
    """A list goes on over blank lines as long as items or indented lines follow."""
    items: list[list[str]] = []
    while at < len(lines):
        line = lines[at]
        item = _ITEM.match(line)
        if item and not _RULE.match(line):
            items.append([f"{item[1]}{item[2]} {item[3]}"])
        elif (
            line.strip()
            and not _interrupts(lines, at)
            and (lines[at - 1].strip() or line[0] == " ")
        ):
            items[-1].append(line)
        elif line.strip() or not _list_goes_on(lines, at):
            break
        at += 1
    return at, Block(BlockKind.LIST, tuple(_show_item(item) for item in items))


def _list_goes_on(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return bool(_ITEM.match(following)) or following.startswith("  ")


def _show_item(lines: list[str]) -> str:
    indent = len(lines[0]) - len(lines[0].lstrip())
    return " " * indent + join_lines(strip_marks("\n".join(lines)))


def _interrupts(lines: list[str], at: int) -> bool:
    line = lines[at]
    marks = (_FENCE, _ATX, _RULE)
    return any(mark.match(line) for mark in marks) or _begins_table(lines, at)


def _read_paragraph(lines: list[str], at: int) -> tuple[int, Block]:
    end = at + 1
    while end < len(lines) and lines[end].strip():
        underline = _SETEXT.match(lines[end])
        if underline:
            return end + 1, Block.heading(_join(lines[at:end]), 1 if "=" in underline[1] else 2)
        if _interrupts(lines, end) or _ITEM.match(lines[end]):
            break
        end += 1
    return end, Block.paragraph(_join(lines[at:end]))


def _join(lines: list[str]) -> str:
    """One paragraph: soft breaks are undone, hard ones stay."""
    text = "\n".join(_QUOTED.sub("", line) for line in lines)
    parts = _BREAK.split(text)
    return "\n".join(strip_marks(join_lines(part)) for part in parts)
