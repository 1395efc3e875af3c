"""What stands on every page and belongs to none: running heads, feet and numbers of pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.loaders.pages.spans import Span

_ZONE = 0.12
_OUTER = 0.09
_OFTEN = 0.35
_FEWEST_PAGES = 2
_FIGURES = re.compile(r"\d+|[ivxlc]+(?=\W*$)")
_NUMBER = re.compile(
    r"[-—–·•\s]*(?:第\s*)?\d{1,4}\s*(?:页|頁)?(?:\s*[/,，/／]?\s*(?:共|of)?\s*\d{1,4}\s*(?:页|頁)?)?[-—–·•\s]*"
    r"|(?:page|p\.|стр\.|página|seite|trang|halaman)\s*\d{1,4}(?:\s*(?:/|of|de|из|von)\s*\d{1,4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one page: its number, its height in points, and its lines."""

    number: int
    height: float
    spans: Sequence[Span]


def find_furniture(sheets: Sequence[Sheet]) -> list[set[Span]]:
    """For each page the spans at its top and bottom that others repeat, and its number."""
    seen = Counter(
        key for sheet in sheets for key in {_key(span, sheet) for span in _at_the_edge(sheet)}
    )
    often = max(_FEWEST_PAGES, _OFTEN * len(sheets))
    return [
        {
            span
            for span in _at_the_edge(sheet)
            if seen[_key(span, sheet)] >= often or _is_number(span, sheet)
        }
        for sheet in sheets
    ]


def _at_the_edge(sheet: Sheet) -> list[Span]:
    zone = _ZONE * sheet.height
    return [
        span for span in sheet.spans if span.box.bottom < zone or span.box.top > sheet.height - zone
    ]


def _key(span: Span, sheet: Sheet) -> tuple[str, bool, int]:
    """The text without its figures, which end it stands at, and about where."""
    text = _FIGURES.sub("#", "".join(span.text.split()).lower())
    low = span.box.middle > sheet.height / 2
    return text, low, round((sheet.height - span.box.middle if low else span.box.middle) / 10)


def _is_number(span: Span, sheet: Sheet) -> bool:
    outer = _OUTER * sheet.height
    at_the_rim = span.box.bottom < outer or span.box.top > sheet.height - outer
    return at_the_rim and _NUMBER.fullmatch(span.text.strip()) is not None
