"""Sections to pieces: each says one thing, is short enough to quote and knows where it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.drafts import Block
from ingest.languages import disagree
from ingest.measure import DIVIDE_OVER, MERGE_UP_TO, weigh
from ingest.numbering import is_annex
from ingest.sentences import divide
from ingest.structure import Part, Section, Unit, UnitKind, find_sections, find_units

_LONGEST_HEAD = MERGE_UP_TO / 2


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of a passage, where it stands, and the question that it answers, if it says one.

    ``whole`` is true for an answer that is complete in this piece.
    """

    headings: tuple[str, ...]
    locator: str
    text: str
    question: str = ""
    whole: bool = False


@dataclass(slots=True)
class _Group:
    """Parts that become one piece; ``portion`` is “1/3” where one part became three."""

    parts: list[Part]
    portion: str = ""

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.parts)

    @property
    def numbers(self) -> str:
        # A source line at the end does not count: people number what they read.
        numbers = [part.number for part in self.parts if not part.is_source_line]
        first, last = numbers[0], numbers[-1]
        return f"¶{first}" if first == last else f"¶{first}–{last}"

    @property
    def place(self) -> str:
        """Where the parts stand: ``p. 2``, or ``p. 2–3``."""
        return _join_places([part.place for part in self.parts])


def split(blocks: Iterable[Block], *, title: str) -> Iterator[Piece]:
    """Yield the pieces of a text in order; headings alone give none."""
    article = 0
    for section in find_sections(blocks, title=title):
        anew = bool(section.headings) and is_annex(section.headings[-1])
        units = find_units(section, after=0 if anew else article)
        article = units[-1].article
        units = [unit for unit in units if unit.parts and not unit.lost]
        for unit in units:
            yield from _split_unit(unit, section, alone=len(units) == 1)


def _split_unit(unit: Unit, section: Section, *, alone: bool) -> Iterator[Piece]:
    bounded = unit.kind is not UnitKind.RUNNING
    groups = _pack(unit.parts, up_to=DIVIDE_OVER if bounded else MERGE_UP_TO)
    for number, group in enumerate(groups, start=1):
        if bounded:
            group.portion = f"{number}/{len(groups)}" if len(groups) > 1 else ""
        only = alone and len(groups) == 1
        named = bounded or not (only and (section.headings or group.place))
        yield Piece(
            headings=section.headings,
            locator=_locate(section, unit, group, named=named),
            text=group.text,
            question=unit.question,
            whole=bool(unit.question) and len(groups) == 1,
        )


def _locate(section: Section, unit: Unit, group: _Group, *, named: bool) -> str:
    """Where the group stands, as a person writes it: ``二、申报条件 > 第十二条, p. 3 (1/2)``."""
    portion = f" ({group.portion})" if group.portion else ""
    if any(part.single for part in group.parts):
        return group.place + portion
    path = " > ".join((*section.headings, unit.label) if unit.label else section.headings)
    counted = group.numbers if named and not unit.label else ""
    return ", ".join(filter(None, (path, group.place, counted))) + portion


def _pack(parts: Sequence[Part], *, up_to: float) -> list[_Group]:
    """Put neighbouring parts together while they are small, and divide those that are large."""
    groups: list[_Group] = []
    for part in parts:
        last = groups[-1] if groups else None
        if part.is_source_line:
            # It belongs to what stands above it, and answers nothing by itself.
            if last:
                last.parts.append(part)
        elif weigh(part.text) > DIVIDE_OVER:
            groups.extend(_divide_part(part))
        elif last and _fits(last, part, up_to):
            last.parts.append(part)
        else:
            groups.append(_Group([*_take_lead_in(last), part]))
    return [group for group in groups if group.parts]


def _fits(group: _Group, part: Part, up_to: float) -> bool:
    if group.portion or not group.parts or part.single or group.parts[-1].single:
        return False
    if disagree(group.parts[-1].text, part.text):
        return False
    return weigh(group.text) + weigh(part.text) <= up_to


def _take_lead_in(group: _Group | None) -> list[Part]:
    """Words that lead to the next part go with it."""
    if group and group.parts and group.parts[-1].leads:
        return [group.parts.pop()]
    return []


def _divide_part(part: Part) -> list[_Group]:
    portions = list(_divide_rows(part)) if len(part.rows) > 1 else _divide_text(part)
    return [
        _Group(
            [replace(part, rows=(text,), head=0, place=place, row_places=())],
            f"{index}/{len(portions)}",
        )
        for index, (text, place) in enumerate(portions, start=1)
    ]


def _divide_text(part: Part) -> list[tuple[str, str]]:
    return [(text, part.place) for text in divide(part.text)]


def _divide_rows(part: Part) -> Iterator[tuple[str, str]]:
    """Divide between rows, and say where each portion stands.

    Every portion begins with the lead-in and the header of the table.
    """
    head = part.rows[: part.head]
    repeated = head if weigh("".join(head)) <= _LONGEST_HEAD else ()
    rows, places = list(head), list[str]()
    for at, row in enumerate(part.rows[part.head :], start=part.head):
        if len(rows) > len(repeated) and weigh("".join((*rows, row))) > MERGE_UP_TO:
            yield "\n".join(rows), _join_places(places or [part.place])
            rows, places = list(repeated), []
        place = part.row_places[at] if part.row_places else part.place
        *full, rest = divide(row)
        yield from ((text, place) for text in full)
        rows.append(rest)
        places.append(place)
    yield "\n".join(rows), _join_places(places or [part.place])


def _join_places(places: Sequence[str]) -> str:
    """From the first to the last: ``p. 2–3``."""
    named = [place for place in places if place]
    if not named or named[0] == named[-1]:
        return named[0] if named else ""
    kind, _, _ = named[0].rpartition(" ")
    first = named[0].partition("–")[0]
    return f"{first}–{named[-1].removeprefix(f'{kind} ').rpartition('–')[2]}"
