"""Pages to the blocks of a document: without furniture, and whole where a page ends within them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.drafts import Block, BlockKind
from ingest.held import Gap
from ingest.loaders.pages.columns import find_regions
from ingest.loaders.pages.furniture import Sheet, find_furniture
from ingest.loaders.pages.paragraphs import (
    Flow,
    Setting,
    find_setting,
    join_text,
    read_region,
)
from ingest.loaders.pages.ruled_tables import Table
from ingest.loaders.pages.spans import Span

_LARGER_ON_SCANS = 1.4
"""The places of recognised lines are not exact."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, in units of its own size; of a scan the lines were recognised.

    A page that cannot be used is a ``gap``, and nothing else.
    """

    number: int
    width: float
    height: float
    spans: Sequence[Span]
    tables: Sequence[Table] = ()
    scanned: bool = False
    gap: Gap | None = None

    @property
    def place(self) -> str:
        """How people call it."""
        return f"p. {self.number}"


@dataclass(slots=True)
class _Assembly:
    flows: list[Flow] = field(default_factory=list)

    def add(self, flow: Flow) -> None:
        last = self.flows[-1] if self.flows else None
        if last and _is_one_table(last.block, flow.block):
            self.flows[-1] = Flow(_join_tables(last.block, flow.block))
        elif last and last.open and flow.begin:
            text = join_text([last.block.text, flow.block.text])
            place = _join_places(last.block.place, flow.block.place)
            self.flows[-1] = replace(flow, block=Block.paragraph(text, place))
        else:
            self.flows.append(flow)


def assemble(pages: Sequence[Page]) -> list[Block]:
    """Put the pages together in order."""
    assembly = _Assembly()
    for page, setting in zip(_strip(pages), _find_settings(pages), strict=True):
        for flow in _read_page(page, setting):
            assembly.add(flow)
    blocks = (flow.block for flow in assembly.flows)
    return [block for block in blocks if isinstance(block, Gap) or block.text.strip()]


def find_title(pages: Sequence[Page]) -> str:
    """What is set in the largest type at the top of the first page, if anything is."""
    first = next(iter(_strip(pages)), None)
    if first is None:
        return ""
    setting = _find_settings(pages)[0]
    headings = [
        flow.block
        for flow in _read_page(first, setting)
        if flow.block.kind is BlockKind.HEADING and flow.block.level == 1
    ]
    return headings[0].text if headings else ""


def _find_settings(pages: Sequence[Page]) -> list[Setting]:
    """The same for all pages with a text layer; the picture of a page has a size of its own."""
    common = find_setting([span for page in pages if not page.scanned for span in page.spans])
    return [
        find_setting(page.spans, _LARGER_ON_SCANS) if page.scanned else common for page in pages
    ]


def _strip(pages: Sequence[Page]) -> list[Page]:
    sheets = [Sheet(page.number, page.height, page.spans) for page in pages]
    return [
        replace(page, spans=[span for span in page.spans if span not in furniture])
        for page, furniture in zip(pages, find_furniture(sheets), strict=True)
    ]


def _read_page(page: Page, setting: Setting) -> Iterator[Flow]:
    """Yield the text between the tables, and the tables where they stand."""
    if page.gap:
        yield Flow(page.gap)
        return
    tables = sorted(page.tables, key=lambda table: table.box.top)
    edges = [0.0, *(table.box.middle for table in tables), float("inf")]
    for number, (upper, lower) in enumerate(pairwise(edges)):
        part = [span for span in page.spans if upper <= span.box.middle < lower]
        for region in find_regions(part):
            yield from read_region(region, setting, page.place)
        if number < len(tables):
            rows = tuple(" | ".join(row) for row in tables[number].rows)
            yield Flow(Block(BlockKind.TABLE, rows, place=page.place))


def _is_one_table(above: Block, below: Block) -> bool:
    """Whether a table goes on at the top of the next page: it has as many columns."""
    if above.kind is not BlockKind.TABLE or below.kind is not BlockKind.TABLE:
        return False
    on_one_page = below.place in (above.row_places or (above.place,))
    return not on_one_page and _columns(above) == _columns(below)


def _columns(block: Block) -> int:
    return max(row.count(" | ") for row in block.rows)


def _join_tables(above: Block, below: Block) -> Block:
    rows = below.rows[1:] if below.rows[0] == above.rows[0] else below.rows
    places = above.row_places or (above.place,) * len(above.rows)
    return replace(
        above,
        rows=above.rows + rows,
        place=_join_places(above.place, below.place),
        row_places=places + (below.place,) * len(rows),
    )


def _join_places(first: str, last: str) -> str:
    """``p. 2–3``: both are of this form."""
    if first == last:
        return first
    return f"{first.partition('–')[0]}–{last.removeprefix('p. ').rpartition('–')[2]}"
