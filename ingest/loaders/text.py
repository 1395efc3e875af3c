"""Plain text: its layout tells what is a paragraph, a list or a heading."""

import math
import re
from collections.abc import Iterator

from ingest.cleaning import clean, join_lines
from ingest.decoding import decode
from ingest.drafts import Block, BlockKind, Draft
from ingest.front_matter import split_front_matter
from ingest.measure import weigh
from ingest.numbering import find_article, find_heading_level, find_question

_ITEM = re.compile(r"\s*(?:[-*•●▪◦·]\s+|\d{1,2}[)）]\s*|[(（]\d{1,2}[)）]\s*|[①-⑳]\s*)\S")
_TERMINAL = re.compile(r"[。！？!?.:：;；…”\"』」）)]\s*$")
_SENTENCE = re.compile(r"[。！？!?.:：;；…,，、]\s*$")
_LONGEST_TITLE = 42.0
_WIDEST_WRAP = 120
_FULL = 0.75


def load_text(data: bytes, name: str) -> Draft:
    """Read plain text; a short first line without an end mark is the title."""
    text = clean(decode(data, document=name).text)
    metadata, body = split_front_matter(text, document=name)
    title, body = _take_title(body)
    return Draft(metadata=metadata, title=title, blocks=tuple(parse_text(body)))


def parse_text(text: str) -> Iterator[Block]:
    """Yield the paragraphs and lists of the text; numbered headings are found later."""
    for group in re.split(r"\n[ ]*(?:\n[ ]*)+", text):
        lines = [line for line in group.split("\n") if line.strip()]
        yield from _gather(_unwrap(lines))


def _take_title(text: str) -> tuple[str, str]:
    first, _, rest = text.strip().partition("\n")
    short = 0 < weigh(first) <= _LONGEST_TITLE and _SENTENCE.search(first) is None
    if not short or not rest.strip() or opens_structure(first):
        return "", text
    group = re.split(r"\n *\n", text.strip(), maxsplit=1)[0]
    title = next(_unwrap(group.split("\n")))
    # A first line that goes on in the second is a wrapped paragraph.
    return (title, rest) if title == join_lines(first) else ("", text)


def opens_structure(line: str) -> bool:
    """Whether the line begins something of its own, so that nothing may be joined to it."""
    line = line.strip()
    return bool(
        _ITEM.match(line)
        or find_heading_level(line)
        or find_question(line)
        or find_article(line, after=0)
    )


def _unwrap(lines: list[str]) -> Iterator[str]:
    """Undo hard wrapping: a full line without an end mark goes on in the next one."""
    width = max(map(weigh, lines), default=0.0)
    full = _FULL * width if width <= weigh("x" * _WIDEST_WRAP) else math.inf
    paragraph: list[str] = []
    for line in lines:
        if paragraph and not (_goes_on(paragraph[-1], full) and not opens_structure(line)):
            yield join_lines("\n".join(paragraph))
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield join_lines("\n".join(paragraph))


def _goes_on(line: str, full: float) -> bool:
    return weigh(line) >= full and _TERMINAL.search(line) is None


def _gather(lines: Iterator[str]) -> Iterator[Block]:
    items: list[str] = []
    for line in lines:
        if _ITEM.match(line):
            items.append(line)
            continue
        if items:
            yield Block(BlockKind.LIST, tuple(items))
            items = []
        yield Block.paragraph(line)
    if items:
        yield Block(BlockKind.LIST, tuple(items))
