"""What is measured about a document that was read: signs, cells, places, pages held back."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.document_set.specimen import Page, Part

_HAN = r"\u2e80-\u9fff\uff00-\uffef"
_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}]) | (?=[{_HAN}])")
_PAGES = re.compile(r"p\. (\d+)(?:–(\d+))?")
_PAGE = re.compile(r"p\. (\d+)")
_GRAM = 5
_BAR = " | "

Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Quotable:
    """A passage as the measures see it: where it says that it stands, and what can be quoted."""

    locator: str
    text: str
    headings: tuple[str, ...] = ()


def count_wrong(truth: str, read: str) -> int:
    """Count the signs that were inserted, left out or exchanged: Levenshtein's distance.

    After G. Myers, "A fast bit-vector algorithm for approximate string matching", J. ACM 46(3),
    1999, in H. Hyyrö's form (2003) for the distance of whole texts.
    """
    if not truth or not read:
        return len(truth) or len(read)
    places: dict[str, int] = {}
    for at, sign in enumerate(truth):
        places[sign] = places.get(sign, 0) | 1 << at
    every, last = (1 << len(truth)) - 1, 1 << (len(truth) - 1)
    plus, minus, distance = every, 0, len(truth)
    for sign in read:
        same = places.get(sign, 0) | minus
        across = (((same & plus) + plus) ^ plus) | same
        up = minus | ~(across | plus)
        down = plus & across
        distance += bool(up & last) - bool(down & last)
        up = up << 1 | 1
        plus = (down << 1 | ~(across | up)) & every
        minus = up & across & every
    return distance


def fold_space(text: str) -> str:
    """One space between words and none beside Chinese signs; the bars of tables are left out."""
    text = " ".join(unicodedata.normalize("NFC", text).replace(_BAR, " ").split())
    return _BESIDE_HAN.sub("", text)


def keep_letters(text: str) -> str:
    """Letters and figures alone."""
    return re.sub(r"[\W_]", "", text)


def join_passages(passages: Sequence[Quotable], title: str = "") -> str:
    """Put passages together: the title, each heading once, no repeated head of a table."""
    lines: list[str] = []
    before: tuple[str, ...] = ()
    head: list[str] = []
    for passage in passages:
        lines += passage.headings[_count_repeated(before, passage.headings) :]
        own = passage.text.split("\n")
        repeated = _count_repeated(head, own) if passage.headings == before else 0
        lines += own[repeated:]
        before, head = passage.headings, own
    missing = title and keep_letters(title) not in keep_letters("\n".join(lines))
    return "\n".join([title, *lines] if missing else lines)


def _count_repeated(before: Sequence[str], own: Sequence[str]) -> int:
    """How many lines at the top only repeat those of the passage before."""
    count = 0
    for one, other in zip(before, own, strict=False):
        if one != other:
            break
        count += 1
    return count


def find_cells(passages: Iterable[Quotable]) -> Iterator[Cell]:
    """Yield the cells of the tables that passages hold: name of the column, first cell, cell."""
    for passage in passages:
        rows = [line.split(_BAR) for line in passage.text.split("\n") if _BAR in line]
        named = [row for row in rows if all(": " in cell for cell in row)]
        for row in named:
            pairs = [cell.partition(": ")[::2] for cell in row]
            yield from ((name, pairs[0][1], cell) for name, cell in pairs)
        header, *below = [row for row in rows if row not in named] or [[]]
        yield from pair_cells(header, below)


def pair_cells(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Cell]:
    """Yield each cell with the name of its column and the first cell of its row."""
    for row in rows:
        yield from ((name, row[0], cell) for name, cell in zip(header, row, strict=False))


def count_cells(truth: Iterable[Cell], read: Iterable[Cell]) -> tuple[int, int, int]:
    """How many cells there are, how many were read, and how many of them are right."""
    wanted, found = (Counter(map(_fold_cell, cells)) for cells in (truth, read))
    return wanted.total(), found.total(), (wanted & found).total()


def _fold_cell(cell: Cell) -> Cell:
    name, first, text = ("".join(part.split()) for part in cell)
    return name, first, text


def is_at(place: str, locator: str) -> bool:
    """Whether the locator names the place; ``p. 2–3`` names both of its pages."""
    page = _PAGE.fullmatch(place)
    if page is None:
        return place in locator
    spans = ((int(first), int(last or first)) for first, last in _PAGES.findall(locator))
    return any(first <= int(page[1]) <= last for first, last in spans)


def count_places(pages: Iterable[Page], passages: Sequence[Quotable]) -> tuple[int, int]:
    """Of the parts that can be found again: how many, and how many under the right place."""
    found = right = 0
    texts = [(keep_letters(passage.text), passage.locator) for passage in passages]
    for page in pages:
        for words, place in _list_places(page):
            key = keep_letters(words)
            locators = [locator for text, locator in texts if key and key in text]
            found += bool(locators)
            right += any(is_at(place, locator) for locator in locators)
    return found, right


def _list_places(page: Page) -> Iterator[tuple[str, str]]:
    for part in page.parts:
        if part.rows:
            yield from _list_row_places(part, page)
        elif page.place and not part.heading:
            yield part.text[: _GRAM * 4], page.place


def _list_row_places(part: Part, page: Page) -> Iterator[tuple[str, str]]:
    places = part.places or (page.place,) * (len(part.rows) - 1)
    for row, place in zip(part.rows[1:], places, strict=True):
        if place:
            yield (max(row, key=len) if page.records else "".join(row)), place


def share_found(truth: str, read: str) -> float:
    """Which share of the groups of five signs of the first text is in the second."""
    wanted, found = _find_grams(truth), _find_grams(read)
    return len(wanted & found) / len(wanted) if wanted else 1.0


def _find_grams(text: str) -> set[str]:
    text = keep_letters(text)
    return {text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)}
