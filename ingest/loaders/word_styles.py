"""What the styles of a Word document make of a paragraph: a heading, a title, a list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from ingest.loaders.office_tree import Element, find_value, w
from ingest.measure import weigh
from ingest.numbering import find_heading_level

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])")
_LOWEST = 9
_LONGEST_TITLE = 60.0
_SENTENCE = re.compile(r"[。；;！!,，、：:]\s*$")


@dataclass(frozen=True, slots=True)
class Style:
    """``level`` is a heading's depth, 0 for text; ``list`` its numbering and depth in it."""

    name: str = ""
    level: int = 0
    list: tuple[str, int] | None = None

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of the table of contents, which repeats the headings."""
        return self.name.startswith(("toc ", "目录"))

    @property
    def is_title(self) -> bool:
        """Whether it is the style for the title of a document."""
        return self.name in {"title", "标题", "標題"}


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of paragraphs by id, and the id of the one that counts where none is named."""

    elements: Mapping[str, Element]
    default: str

    @classmethod
    def read(cls, root: Element) -> Self:
        """Read the part that defines the styles."""
        found = {
            each.get(w("styleId")) or "": each
            for each in root.iter(w("style"))
            if each.get(w("type")) == "paragraph"
        }
        default = (name for name, each in found.items() if each.get(w("default")) in {"1", "true"})
        return cls(found, next(default, ""))

    def find(self, paragraph: Element) -> Style:
        """The style of a paragraph, with what it takes over and what the paragraph itself says."""
        properties = paragraph.find(w("pPr"))
        chain = list(self._follow(find_value(properties, "pStyle") or self.default))
        name = find_value(chain[0], "name").lower() if chain else ""
        own = find_value(properties, "outlineLvl")
        level = _read_level(own) or next(filter(None, map(_find_level, chain)), 0)
        return Style(name, level, next(filter(None, map(_find_list, chain)), None))

    def _follow(self, name: str) -> Iterator[Element]:
        """Yield a style and those that it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while name in self.elements and name not in seen:
            seen.add(name)
            yield self.elements[name]
            name = find_value(self.elements[name], "basedOn")


def _find_level(style: Element) -> int:
    match = _HEADING.match(find_value(style, "name").lower())
    return int(match[1]) if match else _read_level(find_value(style.find(w("pPr")), "outlineLvl"))


def _read_level(outline: str) -> int:
    """Word counts outline levels from 0; 9 is running text."""
    level = int(outline) + 1 if outline.isdecimal() else 0
    return level if level <= _LOWEST else 0


def _find_list(style: Element) -> tuple[str, int] | None:
    properties = style.find(w("pPr"))
    numbers = None if properties is None else properties.find(w("numPr"))
    number, depth = find_value(numbers, "numId"), find_value(numbers, "ilvl")
    return (number, int(depth) if depth.isdecimal() else 0) if number not in {"", "0"} else None


def is_title_like(paragraph: Element, style: Style, text: str) -> bool:
    """Whether it is set as a title: in its style, or short, in the middle and no numbered line."""
    if style.is_title:
        return True
    middle = find_value(paragraph.find(w("pPr")), "jc") == "center"
    fits = weigh(text) <= _LONGEST_TITLE and not _SENTENCE.search(text)
    return middle and fits and not find_heading_level(text)
