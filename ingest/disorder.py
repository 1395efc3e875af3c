"""Text whose articles run backwards: it was read, or had been put together, in a wrong order."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.drafts import Block, BlockKind
from ingest.held import Gap
from ingest.numbering import read_numeral
from ingest.problems import Problem
from knowledge.errors import N_

OUT_OF_ORDER = N_("its articles run backwards, so that its lines may stand in a wrong order")

_ARTICLE = re.compile(
    r"\s*第\s*([〇零一二三四五六七八九十百\d]{1,7})\s*[条條](?=[\s\u3000　：:、])"
)
_FEWEST = 4
_STEPS_BACK = 2


def hold_disordered(blocks: Sequence[Block]) -> list[Block]:
    """Put a gap in the place of each page, or of a whole text, whose articles run backwards."""
    groups: dict[str, list[Block]] = {}
    for block in blocks:
        groups.setdefault(block.place, []).append(block)
    gaps = {place: _leave_gap(group, place) for place, group in groups.items() if _is_bad(group)}
    if not gaps:
        return list(blocks)
    # Where a page was, its gap stands once.
    found = {id(gaps.get(block.place, block)): gaps.get(block.place, block) for block in blocks}
    return list(found.values())


def _is_bad(blocks: Sequence[Block]) -> bool:
    numbers = list(_find_articles(blocks))
    # A new first article begins an annex.
    back = sum(after < before and after != 1 for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST and back >= _STEPS_BACK


def _find_articles(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        if block.kind not in {BlockKind.TABLE, BlockKind.RECORD, BlockKind.LOST}:
            matches = (_ARTICLE.match(row) for row in block.rows)
            yield from (read_numeral(match[1]) for match in matches if match)


def _leave_gap(blocks: Sequence[Block], place: str) -> Gap:
    rows = tuple(row for block in blocks for row in block.rows)
    return Gap(BlockKind.LOST, rows, place=place, reason=Problem(OUT_OF_ORDER))
