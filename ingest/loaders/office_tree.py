"""The XML inside Office files, as far as loaders look at it themselves."""

from collections.abc import Iterator
from typing import Protocol

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


class Element(Protocol):
    """An element as lxml gives it; comments have a function for a tag."""

    tag: object
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator["Element"]: ...

    def iter(self, *tags: str) -> Iterator["Element"]:
        """The element and everything below it, as far as it has one of these tags."""

    def find(self, path: str, /) -> "Element | None":
        """The first child with this tag."""

    def get(self, name: str, /) -> str | None:
        """The value of an attribute."""

    def __len__(self) -> int: ...

    def items(self) -> list[tuple[str, str]]:
        """The attributes and their values."""

    def itertext(self) -> Iterator[str]:
        """All text below it."""


def w(name: str) -> str:
    """The full name of an element or attribute of Word."""
    return f"{{{_W}}}{name}"


def find_value(element: Element | None, name: str) -> str:
    """The ``w:val`` of a child; empty if there is none."""
    child = None if element is None else element.find(w(name))
    return "" if child is None else child.get(w("val")) or ""


def is_on(element: Element | None, name: str) -> bool:
    """Whether a switch is there and not turned off."""
    child = None if element is None else element.find(w(name))
    return child is not None and child.get(w("val")) not in {"0", "false", "off"}


_SKIPPED = frozenset(
    [
        *map(w, ("del", "moveFrom", "rt", "txbxContent", "instrText", "pPr", "sdtPr")),
        _ALTERNATIVE,
    ]
)
_SIGNS = {w("tab"): " ", w("cr"): "\n", w("noBreakHyphen"): "-", w("ptab"): " "}


def read_text(element: Element) -> str:
    """The text of a paragraph as it is shown: without what was deleted, hidden or set in a box."""
    return "".join(_read_parts(element))


def _read_parts(element: Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag in {w("t"), _EQUATION}:
            yield child.text or ""
        elif tag == w("br"):
            yield "\n" if child.get(w("type")) in {None, "textWrapping"} else ""
        elif tag == w("footnoteReference"):
            yield f"[{child.get(w('id'))}]"
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif not (tag == w("r") and is_on(child.find(w("rPr")), "vanish")):
            yield from _read_parts(child)


def find_boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes below, each once: Word stores them twice for old programs."""
    for child in element:
        if child.tag == w("txbxContent"):
            yield child
        elif child.tag != _ALTERNATIVE and isinstance(child.tag, str):
            yield from find_boxes(child)
