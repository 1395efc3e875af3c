"""Cutting Telegram's HTML into text, start tags and end tags, with byte offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.telegram_server.errors import unparsable_entities

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);?")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)(?:\s*=\s*("[^"]*"|'[^']*'|[a-zA-Z0-9.\-]+))?""")
_LARGEST_CODE_POINT = 0x10FFFF
_UNCLOSED_START = "Unclosed start tag"
_UNCLOSED_END = "Unclosed end tag"
SUPPORTED = frozenset(
    {
        "a",
        "b",
        "strong",
        "i",
        "em",
        "s",
        "strike",
        "del",
        "u",
        "ins",
        "tg-spoiler",
        "tg-emoji",
        "tg-time",
        "span",
        "pre",
        "code",
        "blockquote",
    }
)


@dataclass(frozen=True)
class TextPiece:
    """Characters between tags."""

    text: str


@dataclass(frozen=True)
class StartTag:
    """An opening tag."""

    name: str
    offset: int
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EndTag:
    """A closing tag."""

    name: str
    offset: int


Piece = TextPiece | StartTag | EndTag


def decode_references(text: str) -> str:
    """Replace the four named references Telegram knows, and numeric ones."""

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        if not name.startswith("#"):
            known = _NAMED.get(name)
            return match[0] if known is None else known
        digits = name.removeprefix("#")
        code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
        return chr(code) if 0 < code <= _LARGEST_CODE_POINT else match[0]

    return _REFERENCE.sub(replace, text)


def _byte_offset(source: str, position: int) -> int:
    return len(source[:position].encode())


def _read_attributes(source: str, position: int, tag: StartTag) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    while True:
        while position < len(source) and source[position].isspace():
            position += 1
        if position >= len(source):
            raise unparsable_entities(_UNCLOSED_START, tag.offset)
        if source[position] == ">":
            return attributes, position + 1
        match = _ATTRIBUTE.match(source, position)
        if match is None or not match[1]:
            problem = f'Empty attribute name in the tag "{tag.name}"'
            raise unparsable_entities(problem, tag.offset)
        value = match[2] or ""
        if value[:1] in {'"', "'"}:
            value = value[1:-1]
        attributes[match[1].lower()] = decode_references(value)
        position = match.end()


def _read_start_tag(source: str, position: int) -> tuple[StartTag, int]:
    offset = _byte_offset(source, position)
    match = _TAG_NAME.match(source, position + 1)
    end = match.end() if match else position + 1
    if end >= len(source):
        raise unparsable_entities(_UNCLOSED_START, offset)
    name = source[position + 1 : end].lower()
    if name not in SUPPORTED:
        problem = f'Unsupported start tag "{name}"'
        raise unparsable_entities(problem, offset)
    attributes, end = _read_attributes(source, end, StartTag(name, offset))
    return StartTag(name, offset, attributes), end


def _read_end_tag(source: str, position: int) -> tuple[EndTag, int]:
    offset = _byte_offset(source, position)
    end = source.find(">", position)
    if end < 0:
        raise unparsable_entities(_UNCLOSED_END, offset)
    return EndTag(source[position + 2 : end].strip().lower(), offset), end + 1


def scan(source: str) -> Iterator[Piece]:
    """Yield the pieces of a text in order."""
    position = 0
    while position < len(source):
        opening = source.find("<", position)
        if opening < 0:
            opening = len(source)
        if opening > position:
            yield TextPiece(decode_references(source[position:opening]))
            position = opening
            continue
        piece: Piece
        if source.startswith("</", position):
            piece, position = _read_end_tag(source, position)
        else:
            piece, position = _read_start_tag(source, position)
        yield piece
