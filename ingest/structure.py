"""Blocks to sections: headings give the path, articles and questions the units below it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from ingest.drafts import Block, BlockKind
from ingest.measure import weigh
from ingest.numbering import (
    find_answer,
    find_article,
    find_heading_level,
    find_question,
    is_source_line,
)

_ROWS = frozenset({BlockKind.LIST, BlockKind.TABLE})
_SHORT = 42.0
_TOP = 16
_TITLE_LINES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paragraph, or a list or table with its lead-in; ``number`` counts them in a section.

    The first ``head`` rows (lead-in, header of a table) are repeated when the rows are divided.
    ``leads`` says that the next part must not be torn off, ``lost`` that the quality gate took
    this one away, ``single`` that nothing may be put beside it.
    """

    rows: tuple[str, ...]
    number: int
    head: int = 0
    leads: bool = False
    lost: bool = False
    single: bool = False
    place: str = ""
    row_places: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All rows, one a line."""
        return "\n".join(self.rows)

    @property
    def is_source_line(self) -> bool:
        """Whether it only says where the section comes from."""
        return is_source_line(self.text)


class UnitKind(Enum):
    """What holds the parts of a unit together."""

    RUNNING = auto()
    ARTICLE = auto()
    QUESTION = auto()


@dataclass(slots=True)
class Unit:
    """Parts that belong together; ``lost`` when the quality gate took one of them away."""

    kind: UnitKind
    label: str = ""
    article: int = 0
    question: str = ""
    parts: list[Part] = field(default_factory=list)
    lost: bool = False


@dataclass(slots=True)
class Section:
    """What stands under one path of headings."""

    headings: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)


def promote(blocks: Sequence[Block]) -> list[Block]:
    """Turn paragraphs that are headings by their numbering into headings.

    One that nothing stands under is a line of an enumeration, and stays a paragraph.
    """
    found = [_promote(block) for block in blocks]
    return [
        block if promoted is block or _is_enumerated(promoted, before, behind) else promoted
        for block, promoted, before, behind in zip(
            blocks, found, [None, *found], [*found[1:], None], strict=False
        )
    ]


def _promote(block: Block) -> Block:
    level = find_heading_level(block.text) if block.kind is BlockKind.PARAGRAPH else 0
    return Block.heading(block.text, level, block.place) if level else block


def _is_enumerated(heading: Block, before: Block | None, behind: Block | None) -> bool:
    """Whether nothing stands under the heading, or nothing under its like just before it."""
    if behind is None or (before and before.level == heading.level):
        return True
    return behind.kind is BlockKind.HEADING and behind.level <= heading.level


def drop_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """Leave out the paragraphs near the top that are the title, over one line or several."""
    wanted = "".join(title.split())
    for at in range(min(_TOP, len(blocks)) if wanted else 0):
        text = ""
        for end in range(at, min(at + _TITLE_LINES, len(blocks))):
            if blocks[end].kind is not BlockKind.PARAGRAPH:
                break
            text += "".join(blocks[end].text.split())
            if text == wanted:
                return [*blocks[:at], *blocks[end + 1 :]]
    return list(blocks)


def find_sections(blocks: Iterable[Block], *, title: str) -> Iterator[Section]:
    """Yield the sections in order; a heading that repeats the document's title is left out."""
    path: list[Block] = []
    section = Section(())
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            section.blocks.append(block)
            continue
        yield section
        path = [one for one in path if one.level < block.level]
        is_title = block.text == title and (index == 0 or block.level == 1)
        if block.text and not is_title:
            path.append(block)
        section = Section(tuple(one.text for one in path))
    yield section


def find_units(section: Section, *, after: int) -> list[Unit]:
    """Gather the parts of a section under its articles and questions, and between them.

    ``after`` is the number of the last article above the section, 0 if there was none.
    """
    units = [Unit(UnitKind.RUNNING, article=after)]
    for part in _find_parts(section.blocks):
        unit = _start_unit(part, units)
        if unit:
            units.append(unit)
        _add(units[-1], part, starts=unit is not None)
    return units


def _start_unit(part: Part, units: Sequence[Unit]) -> Unit | None:
    """The unit that begins with this part, if one does."""
    last = units[-1]
    article = find_article(part.text, after=last.article)
    if article:
        return Unit(UnitKind.ARTICLE, article.label, article.number)
    question = find_question(part.text)
    if question:
        number = 1 + sum(unit.kind is UnitKind.QUESTION for unit in units)
        return Unit(UnitKind.QUESTION, f"Q{number}", last.article, question[0])
    if part.lost and last.kind is UnitKind.RUNNING:
        # What stands before and after a gap must not be quoted as one text.
        return Unit(UnitKind.RUNNING, article=last.article)
    return None


def _add(unit: Unit, part: Part, *, starts: bool) -> None:
    """An article or an answer that lacks a paragraph would say something else: it is lost whole."""
    if part.lost:
        unit.lost = unit.lost or unit.kind is not UnitKind.RUNNING
        return
    if unit.kind is UnitKind.QUESTION:
        part = _take_answer(part, starts=starts, first=not unit.parts)
    if part.text:
        unit.parts.append(part)


def _take_answer(part: Part, *, starts: bool, first: bool) -> Part:
    """The part without its question and without the mark before the answer."""
    question = find_question(part.text) if starts else None
    text = question[1] if question else part.text
    answer = find_answer(text) if first else None
    text = text if answer is None else answer
    return part if text == part.text else replace(part, rows=(text,), head=0)


def _find_parts(blocks: Sequence[Block]) -> Iterator[Part]:
    """Make parts of the blocks; a list or table takes the paragraph above it as its lead-in."""
    number = 0
    lead_in: Block | None = None
    for block in [*blocks, None]:
        led = lead_in is not None and block is not None and block.kind in _ROWS
        if lead_in and not led:
            yield from _lead(lead_in, number, to=block)
        if block is None:
            return
        number += not led
        rows = (*lead_in.rows, *block.rows) if lead_in and led else block.rows
        lead_in = block if _is_lead_in(block) else None
        if lead_in is None:
            yield Part(
                rows=rows,
                number=number,
                head=led + (block.kind is BlockKind.TABLE),
                lost=block.kind is BlockKind.LOST,
                single=block.kind is BlockKind.RECORD,
                place=block.place,
                row_places=block.row_places and ((block.place,) * led + block.row_places),
            )


def _lead(lead_in: Block, number: int, *, to: Block | None) -> Iterator[Part]:
    """The part of a lead-in without a list; short words that lead to nothing say nothing."""
    leads = to is not None and to.kind is BlockKind.PARAGRAPH
    if leads or weigh(lead_in.text) > _SHORT:
        yield Part(rows=lead_in.rows, number=number, leads=leads, place=lead_in.place)


def _is_lead_in(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and block.text.endswith((":", "："))
