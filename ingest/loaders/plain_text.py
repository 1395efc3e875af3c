"""Text files: as :mod:`ingest.loaders.text` reads them, where their lines stand in one column."""

import re
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import east_asian_width

from ingest.cleaning import clean
from ingest.decoding import decode
from ingest.drafts import BlockKind, Draft
from ingest.held import Gap
from ingest.loaders.pages.order import is_doubtful
from ingest.loaders.pages.spans import Box, Span
from ingest.loaders.text import load_text
from ingest.problems import Problem
from knowledge.errors import N_

_COLUMNS = N_("its lines stand in two columns, and would be read across them")
_APART = re.compile(r"\S+(?: {1,2}\S+)*")
_MOST = 2000


def load_plain_text(data: bytes, name: str) -> Draft:
    """Read plain text; one that another program has laid out in columns is a gap."""
    draft = load_text(data, name)
    text = clean(decode(data, document=name).text)
    if not is_doubtful(list(_lay_out(text))):
        return draft
    rows = tuple(line for line in text.split("\n") if line.strip())
    gap = Gap(BlockKind.LOST, rows, reason=Problem(_COLUMNS))
    return replace(draft, title="", blocks=(gap,))


def _lay_out(text: str) -> Iterator[Span]:
    """Yield what stands apart in each line, and where it would stand on a page of even signs."""
    for number, line in enumerate(text.split("\n")[:_MOST]):
        for match in _APART.finditer(line):
            left, width = _measure(line[: match.start()]), _measure(match[0])
            yield Span(match[0], Box(left, number, left + width, number + 1.0))


def _measure(text: str) -> float:
    """Its width, where a Chinese sign is as wide as a line is high."""
    return sum(1.0 if east_asian_width(sign) in "WF" else 0.5 for sign in text)
