"""Markdown inside a line: the words without the marks, because people see quotations as text."""

import html
import re
from collections.abc import Callable

# Every span has a longest length, so that a page of nothing but marks costs no hours.
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")
_KEPT = re.compile(r"\x02(\d+)\x03")
_CODE = re.compile(r"(`{1,3})([^`]{1,500})\1(?!`)")
_IMAGE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()]{0,1000}\)")
_LINK = re.compile(
    r"\[([^\[\]]{1,300})\]\(\s?<?([^\s()<>]{0,500}(?:\([^\s()]{0,100}\))?[^\s()<>]{0,500})>?"
    r"(?:\s[\"'][^\"']{0,300}[\"'])?\s?\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{1,300})\]\[[^\[\]]{0,100}\]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,1000})>")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|s|p|em|strong|span|sub|sup|small|mark|div|font|img|kbd|code|ins|del)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_SPANS = (
    re.compile(r"\*\*(?=\S)(.{1,1000}?)(?<=\S)\*\*", re.DOTALL),
    re.compile(r"~~(?=\S)(.{1,1000}?)(?<=\S)~~", re.DOTALL),
    re.compile(r"(?<!\w)__(?=\S)(.{1,1000}?)(?<=\S)__(?!\w)", re.DOTALL),
    re.compile(r"(?<!\w)_(?=[^\s_])([^_]{1,500})(?<=\S)_(?!\w)"),
    re.compile(r"\*(?=[^\s*])([^*\n]{1,500})(?<=\S)\*"),
)


def strip_marks(text: str) -> str:
    """Return the text as a reader sees it; a link keeps its address in brackets."""
    if not re.search(r"[*_`\[<&\\~!]", text):
        return text
    kept: list[str] = []

    def keep(literal: str) -> str:
        kept.append(literal)
        return f"\x02{len(kept) - 1}\x03"

    text = _CODE.sub(lambda match: keep(match[2].strip()), text)
    text = _ESCAPED.sub(lambda match: keep(match[1]), text)
    text = _ADDRESS.sub(lambda match: keep(match[1]), text)
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(lambda match: _show_link(match[1], match[2], keep), text)
    text = _REFERENCE.sub(r"\1", text)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    for span in _SPANS:
        text = span.sub(r"\1", text)
    return _KEPT.sub(lambda match: kept[int(match[1])], html.unescape(text))


def _show_link(words: str, address: str, keep: Callable[[str], str]) -> str:
    if not address.startswith(("http://", "https://")) or address == words:
        return words
    return f"{words} ({keep(address)})"
