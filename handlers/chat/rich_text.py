"""Text with marks on it, cut to the length of a message and written as Telegram's HTML.

Telegram counts what is read, not the markup, and counts UTF-16 units: 😀 is two of them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import Final

MESSAGE_LIMIT: Final = 4096
"""UTF-16 units in one message."""

_ASTRAL: Final = "\uffff"
# All of Unicode's category Cc but the tab and the end of a line.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_JOINER: Final = "\u200d"
_SKIN_TONES: Final = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
# Where a text may be cut, best first; the last resort is anywhere.
_JOINTS: Final = ("\n\n", "\n", ". ", "。", "; ", "；", ", ", "，", " ")


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text) if text.isascii() else len(text) + sum(char > _ASTRAL for char in text)


def clean(text: str) -> str:
    """Take out what no message can carry: control characters and halves of surrogate pairs."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", whole)


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag over a stretch of text; ``opening`` and ``closing`` are HTML."""

    start: int
    end: int
    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class RichText:
    """Text and its marks; of two marks over the same place one lies within the other."""

    text: str = ""
    marks: tuple[Mark, ...] = field(default=())

    def __add__(self, other: "RichText | str") -> "RichText":
        """Put another text behind this one."""
        added = RichText(clean(other)) if isinstance(other, str) else other
        moved = tuple(added._moved(len(self.text)))
        return RichText(self.text + added.text, self.marks + moved)

    def _moved(self, offset: int) -> Iterator[Mark]:
        for mark in self.marks:
            yield Mark(mark.start + offset, mark.end + offset, mark.opening, mark.closing)

    def marked(self, opening: str, closing: str) -> "RichText":
        """The same with one more mark around all of it."""
        if not self.text:
            return self
        return RichText(self.text, (Mark(0, len(self.text), opening, closing), *self.marks))

    def part(self, start: int, end: int) -> "RichText":
        """Return a stretch without the space around it."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        cut = (
            Mark(max(m.start, start) - start, min(m.end, end) - start, m.opening, m.closing)
            for m in self.marks
            if m.start < end and m.end > start
        )
        return RichText(self.text[start:end], tuple(cut))

    @property
    def html(self) -> str:
        """The text with its marks, all else escaped."""
        edges = {0, len(self.text)}.union(*({m.start, m.end} for m in self.marks))
        written: list[str] = []
        for start, end in pairwise(sorted(edges)):
            written += [m.opening for m in self.marks if m.start == start]
            written.append(escape(self.text[start:end], quote=False))
            # The innermost mark was opened last and must be closed first.
            written += [m.closing for m in reversed(self.marks) if m.end == end]
        return "".join(written)


def plain(text: str) -> RichText:
    """Return text without marks."""
    return RichText(clean(text))


def bold(text: str) -> RichText:
    """Return text in bold."""
    return plain(text).marked("<b>", "</b>")


def italic(text: str) -> RichText:
    """Return text in italics."""
    return plain(text).marked("<i>", "</i>")


def link(text: str, url: str) -> RichText:
    """Return text that leads to a web address; addresses of other kinds are left out."""
    address = clean(url)
    if not address.casefold().startswith(("http://", "https://")):
        return plain(text)
    return plain(text).marked(f'<a href="{escape(address)}">', "</a>")


def mention(name: str, user: str) -> RichText:
    """Return a name that calls the person; a group, whose number is below 0, cannot be called."""
    if not user.isdigit():
        return plain(name)
    return plain(name).marked(f'<a href="tg://user?id={user}">', "</a>")


def code(text: str) -> RichText:
    """Return text that a touch copies."""
    return plain(text).marked("<pre>", "</pre>")


def folded(text: RichText) -> RichText:
    """Return text as a quotation that shows its first lines until it is unfolded."""
    return text.marked("<blockquote expandable>", "</blockquote>")


def joined(parts: Iterable[RichText], separator: str) -> RichText:
    """Put the parts that are not empty one behind the other."""
    whole = RichText()
    for part in parts:
        if part.text:
            whole = whole + separator + part if whole.text else part
    return whole


def split(text: RichText, *, limit: int = MESSAGE_LIMIT) -> list[RichText]:
    """Cut a text into parts that each fit a message; nothing but space is lost between them."""
    parts: list[RichText] = []
    start = 0
    while start < len(text.text):
        end = _outside_marks(text, start, _cut(text.text, start, limit), limit)
        part = text.part(start, end)
        if part.text:
            parts.append(part)
        start = end
    return parts


def _cut(text: str, start: int, limit: int) -> int:
    """Return where the part that begins at ``start`` ends."""
    end = furthest(text, start, limit)
    if end == len(text):
        return end
    # A cut in the first half would waste a message for the sake of a full stop.
    middle = start + (end - start) // 2
    for joint in _JOINTS:
        found = text.rfind(joint, middle, end)
        if found >= 0:
            return found + len(joint)
    return end


def _outside_marks(text: RichText, start: int, end: int, limit: int) -> int:
    """Move a cut before what it would cut through, where that fits a message of its own."""
    for mark in sorted(text.marks, key=lambda each: each.start, reverse=True):
        whole = utf16_length(text.text[mark.start : mark.end]) <= limit
        if whole and start < mark.start < end < mark.end and text.text[start : mark.start].strip():
            end = mark.start
    return _before_joined(text.text, start, end)


def _before_joined(text: str, start: int, end: int) -> int:
    """Move a cut before a character that would lose what is joined to it, such as 👩‍🚀 or é."""
    place = end
    while start < place < len(text) and (_joins(text[place]) or text[place - 1] == _JOINER):
        place -= 1
    return place if place > start else end


def _joins(char: str) -> bool:
    return char == _JOINER or unicodedata.category(char) in {"Mn", "Me"} or char in _SKIN_TONES


def furthest(text: str, start: int, limit: int) -> int:
    """Return how far a text can be read from ``start`` in so many UTF-16 units."""
    units = 0
    for place in range(start, len(text)):
        units += 2 if text[place] > _ASTRAL else 1
        if units > limit:
            return place
    return len(text)
