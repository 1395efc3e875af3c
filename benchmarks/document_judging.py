"""One document read and compared with the truth about it."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath

from benchmarks.document_baselines import find_plain_cells, read_plainly
from benchmarks.document_measures import (
    Cell,
    Quotable,
    count_cells,
    count_places,
    count_wrong,
    find_cells,
    fold_space,
    is_at,
    join_passages,
    keep_letters,
    pair_cells,
    share_found,
)
from benchmarks.document_set.specimen import Page, Specimen, State
from ingest.documents import Filing
from ingest.problems import Loss, MemberLeftOut
from ingest.reading import read_document
from knowledge.errors import DocumentError
from knowledge.passage import Passage

_READ = 0.5
_FALSE = 0.9


class Outcome(Enum):
    """What became of a page: its text can be quoted, it cannot, or something false can."""

    READ = "read"
    HELD = "held back"
    LEAKED = "leaked"


@dataclass(frozen=True, slots=True)
class Finding:
    """What can be quoted of a document, which pages were named as lost, why it was refused."""

    passages: tuple[Quotable, ...] = ()
    lost: frozenset[str] = frozenset()
    refusal: str = ""
    seconds: float = 0.0

    @property
    def text(self) -> str:
        """All of it, each heading once."""
        return join_passages(self.passages)


@dataclass(frozen=True, slots=True)
class Judged:
    """The counts of one document. ``signs`` and ``letters`` are of the truth.

    Cells are how many there are, were read, were read rightly; places how many parts were found
    again, and how many under the right place.
    """

    name: str
    kind: str
    seconds: float
    signs: int
    wrong: int
    plain_wrong: int
    letters: int
    wrong_letters: int
    cells: tuple[int, int, int]
    plain_cells: tuple[int, int, int]
    places: tuple[int, int]
    pages: tuple[tuple[State, Outcome], ...] = field(default=())
    refusal: str = ""


def judge(specimen: Specimen) -> Judged:
    """Make the document, read it as it is read for the shelf and plainly, and count."""
    data = specimen.make()
    found = read(specimen.name, data)
    states = tuple((page.state, judge_page(page, specimen.pages, found)) for page in specimen.pages)
    # What could not be read of a damaged page was rightly left out.
    pages = [
        page
        for page, (state, outcome) in zip(specimen.pages, states, strict=True)
        if state is State.GOOD or outcome is not Outcome.HELD
    ]
    truth, text = fold_space(_spell(pages, records=True)), fold_space(found.text)
    plain = fold_space(read_plainly(specimen.name, data))
    letters = keep_letters(truth)
    cells = list(_list_cells(pages))
    return Judged(
        name=specimen.name,
        kind=specimen.kind,
        seconds=found.seconds,
        signs=len(truth),
        wrong=count_wrong(truth, text),
        plain_wrong=count_wrong(fold_space(_spell(pages, records=False)), plain),
        letters=len(letters),
        wrong_letters=count_wrong(letters, keep_letters(text)),
        cells=count_cells(cells, find_cells(found.passages)),
        plain_cells=count_cells(cells, find_plain_cells(specimen.name, data)),
        places=count_places(pages, found.passages),
        pages=states,
        refusal=found.refusal,
    )


def read(name: str, data: bytes) -> Finding:
    """Read a document as for the shelf."""
    started = time.perf_counter()
    try:
        reading = read_document(data, Filing(name, "hash", None))
    except DocumentError as error:
        return Finding(refusal=str(error), seconds=time.perf_counter() - started)
    seconds = time.perf_counter() - started
    passages = tuple(_see(passage, name) for passage in reading.document.passages)
    return Finding(passages, frozenset(_name_lost(reading.losses, reading.problems)), "", seconds)


def _see(passage: Passage, name: str) -> Quotable:
    """A title that is only the name of the file is no text."""
    title = passage.provenance.title
    own = PurePosixPath(name).stem == title or f"{title}." in f"{passage.locator}."
    headings = tuple(one for one in passage.headings if one != title)
    return Quotable(passage.locator, passage.text, headings if own else (title, *headings))


def _name_lost(losses: Sequence[Loss], problems: Sequence[DocumentError]) -> Iterator[str]:
    """Yield the names of pages, and of files in a file, that were left out."""
    for loss in losses:
        page = loss.reason.fields.get("page")
        yield f"p. {page}" if page else ""
    yield from (str(one.fields.get("member")) for one in problems if isinstance(one, MemberLeftOut))


def judge_page(page: Page, pages: Sequence[Page], found: Finding) -> Outcome:
    """Say what became of a page; a loss that is named counts as held back even of an empty one."""
    own = [one for one in found.passages if not page.place or is_at(page.place, one.locator)]
    text = "\n".join("\n".join((*one.headings, one.text)) for one in own)
    false = share_found(text, _spell(pages, records=True)) < _FALSE
    if page.state is State.DAMAGED and own and false:
        return Outcome.LEAKED
    if page.state is State.EMPTY:
        return Outcome.HELD if page.place in found.lost else Outcome.READ
    wanted = keep_letters(_spell([page], records=True))
    if not wanted or share_found(wanted, found.text) < _READ:
        return Outcome.HELD
    return Outcome.READ


def _spell(pages: Sequence[Page], *, records: bool) -> str:
    return "\n".join(
        _spell_page(page) if records and page.records else page.words for page in pages
    )


def _spell_page(page: Page) -> str:
    lines: list[str] = []
    for part in page.parts:
        header = part.rows[0] if part.rows else ()
        lines += [part.text] if part.text else []
        for row in part.rows[1:]:
            lines.append(" ".join(f"{a}: {b}" for a, b in zip(header, row, strict=True)))
    return "\n".join(lines)


def _list_cells(pages: Sequence[Page]) -> Iterator[Cell]:
    for page in pages:
        for part in page.parts:
            if part.rows:
                yield from pair_cells(part.rows[0], part.rows[1:])
