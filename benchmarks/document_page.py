"""docs/documents.md from the counts: what was reached beside the targets, by kind and in all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.document_fuzz import OUTCOMES
from benchmarks.document_notes import FUZZ_LEAD, LEAD, MISSING, READING_LEAD, WRITTEN
from benchmarks.keeping_page import FUZZ, Results, write_keeping
from benchmarks.markdown_tables import draw, show

Document = Mapping[str, Any]
Row = Sequence[str]

_FINE = "scan, 300 dpi"
_TEXT_PDF = ("PDF, fonts not embedded", "PDF, Chinese and Cyrillic embedded", "PDF, pages turned")
_BETTER, _WORSE = "≥", "≤"


@dataclass(frozen=True, slots=True)
class Target:
    """A measure over some documents, what it should be, and whether less is better."""

    name: str
    measure: Callable[[Sequence[Document]], float | None]
    wanted: float
    sign: str = _WORSE
    plain: Callable[[Sequence[Document]], float | None] | None = None
    kinds: tuple[str, ...] = ()


def write_page(result: Mapping[str, Any], others: Results) -> str:
    """Write the page; ``others`` are the figures of the other benchmarks, by their file's name."""
    documents = result["documents"]
    pages = sum(len(one["pages"]) for one in documents)
    parts = [
        "# How well documents are read, and how they are kept",
        WRITTEN,
        LEAD.format(documents=len(documents), pages=pages, cores=result["cores"]),
        "## Targets",
        draw(_target_rows(documents)),
        "## By kind",
        READING_LEAD,
        draw(_kind_rows(documents)),
        "## Pages that must not be trusted",
        draw(_page_rows(documents)),
        _name_leaks(documents),
        "## Damaged files",
        *(_write_fuzz(others[FUZZ]) if FUZZ in others else ["Not measured."]),
        *write_keeping(others),
        "## What is missing",
        MISSING,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def wrong_share(documents: Sequence[Document], name: str = "wrong") -> float | None:
    """Signs wrong in a hundred of the truth; over 100 where much was read that is not there."""
    signs = sum(one["signs"] for one in documents)
    return 100 * sum(one[name] for one in documents) / signs if signs else None


def cell_f1(documents: Sequence[Document], name: str = "cells") -> float | None:
    """F1 of cells, each under the name of its column and with the first cell of its row."""
    counts = [one[name] for one in documents if one["cells"][0]]
    wanted, found, right = (sum(part) for part in zip(*counts, strict=True)) if counts else (0,) * 3
    return 2 * right / (wanted + found) if wanted else None


def place_share(documents: Sequence[Document]) -> float | None:
    """Which share of the parts that were found again stands under the right place."""
    found = sum(one["places"][0] for one in documents)
    return sum(one["places"][1] for one in documents) / found if found else None


def safe_share(documents: Sequence[Document]) -> float | None:
    """Which share of the damaged pages was repaired or held back."""
    outcomes = [outcome for state, outcome in _list_pages(documents) if state == "damaged"]
    return 1 - outcomes.count("leaked") / len(outcomes) if outcomes else None


def wrongly_held_share(documents: Sequence[Document]) -> float | None:
    """How many in a hundred good pages were held back."""
    outcomes = [outcome for state, outcome in _list_pages(documents) if state != "damaged"]
    return 100 * outcomes.count("held back") / len(outcomes) if outcomes else None


def held_precision(documents: Sequence[Document]) -> float | None:
    """Which share of the pages that were held back is damaged."""
    states = [state for state, outcome in _list_pages(documents) if outcome == "held back"]
    return states.count("damaged") / len(states) if states else None


def page_seconds(documents: Sequence[Document]) -> float:
    """Seconds a page."""
    seconds = sum(float(one["seconds"]) for one in documents)
    return seconds / sum(len(one["pages"]) for one in documents)


def _list_pages(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    for one in documents:
        yield from ((state, outcome) for state, outcome in one["pages"])


def _plain_wrong(documents: Sequence[Document]) -> float | None:
    return wrong_share(documents, "plain_wrong")


def _plain_cells(documents: Sequence[Document]) -> float | None:
    return cell_f1(documents, "plain_cells")


_TARGETS: Final = (
    Target(
        "PDF with a text layer: signs wrong, %", wrong_share, 0.1, _WORSE, _plain_wrong, _TEXT_PDF
    ),
    Target("DOCX: signs wrong, %", wrong_share, 0.1, _WORSE, _plain_wrong, ("DOCX",)),
    Target("scans at 300 dpi: signs wrong, %", wrong_share, 2.0, _WORSE, _plain_wrong, (_FINE,)),
    Target("cells of tables, F1", cell_f1, 0.95, _BETTER, _plain_cells),
    Target("damaged pages repaired or held back, share", safe_share, 1.0, _BETTER),
    Target("good pages held back, %", wrongly_held_share, 2.0, _WORSE),
    Target("places named rightly, share", place_share, 1.0, _BETTER),
)


def _target_rows(documents: Sequence[Document]) -> Iterator[Row]:
    yield ("measure", "the libraries alone", "ours", "target", "reached")
    for target in _TARGETS:
        chosen = [one for one in documents if not target.kinds or one["kind"] in target.kinds]
        ours = target.measure(chosen)
        plain = target.plain(chosen) if target.plain else None
        reached = "not measured"
        if ours is not None:
            better = ours >= target.wanted if target.sign == _BETTER else ours <= target.wanted
            reached = "yes" if better else "no"
        wanted = f"{target.sign} {target.wanted:g}"
        yield (target.name, show(plain), f"**{show(ours)}**", wanted, reached)


def _kind_rows(documents: Sequence[Document]) -> Iterator[Row]:
    yield (
        *("kind", "documents", "pages", "signs wrong, %", "letters wrong, %", "libraries, %"),
        *("cells, F1", "libraries", "places", "s a page"),
    )
    for kind in dict.fromkeys(str(one["kind"]) for one in documents):
        some = [one for one in documents if one["kind"] == kind]
        letters = sum(one["letters"] for one in some)
        wrong = sum(one["wrong_letters"] for one in some)
        yield (
            *(kind, str(len(some)), str(sum(len(one["pages"]) for one in some))),
            *(show(wrong_share(some)), show(100 * wrong / letters if letters else None)),
            *(show(_plain_wrong(some)), show(cell_f1(some)), show(_plain_cells(some))),
            *(show(place_share(some)), f"{page_seconds(some):.2f}"),
        )


def _page_rows(documents: Sequence[Document]) -> Iterator[Row]:
    pages = list(_list_pages(documents))
    yield ("pages", "in all", "read", "held back", "something false can be quoted")
    for state in ("good", "empty", "damaged"):
        outcomes = [outcome for one, outcome in pages if one == state]
        counts = (outcomes.count(name) for name in ("read", "held back", "leaked"))
        yield (state, str(len(outcomes)), *map(str, counts))


def _name_leaks(documents: Sequence[Document]) -> str:
    leaks = _name_with(documents, "damaged", "leaked")
    held = _name_with(documents, "good", "held back")
    return (
        "“Read” of a damaged page means that it was repaired: its picture was read instead, "
        "or its wrong decoding undone. "
        f"Precision of holding back: {show(held_precision(documents))}; recall, with what was "
        f"repaired: {show(safe_share(documents))}. Something false could be quoted of: "
        f"{leaks}. Good pages held back: {held}."
    )


def _name_with(documents: Sequence[Document], state: str, outcome: str) -> str:
    names = [one["name"] for one in documents if [state, outcome] in map(list, one["pages"])]
    return ", ".join(names) or "none"


def _write_fuzz(fuzz: Mapping[str, Any]) -> Iterator[str]:
    yield FUZZ_LEAD.format(**fuzz, **fuzz["limits"])
    yield draw(_fuzz_rows(fuzz["formats"]))


def _fuzz_rows(formats: Mapping[str, Mapping[str, int]]) -> Iterator[Row]:
    yield ("format", "files", *OUTCOMES)
    for ending, counts in formats.items():
        yield (ending, *_count(counts))
    total = {name: sum(counts.get(name, 0) for counts in formats.values()) for name in OUTCOMES}
    yield ("**all**", *_count(total))


def _count(counts: Mapping[str, int]) -> Row:
    return tuple(map(str, (sum(counts.values()), *(counts.get(name, 0) for name in OUTCOMES))))
