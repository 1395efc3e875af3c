"""Cells of FAQ tables that are damaged, which loaders come upon one by one.

Who reads a document says what was decided about its parts (:func:`holding`); a loader asks for each
damaged cell what is to stand in it (:func:`settle_cell`).
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from ingest.cleaning import clean
from ingest.held import Decisions, HeldPart, Verdict, identify, without_marks
from ingest.problems import Problem
from ingest.quality import explain_failure, find_doubts


@dataclass(slots=True)
class HeldCells:
    """The decisions about a document, and the cells of it that were found damaged."""

    decisions: Decisions
    held: list[HeldPart] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def settle(self, text: str, place: str, reason: str) -> tuple[Verdict | None, str]:
        """The verdict about a cell, and what is to stand in it."""
        self.seen[text] += 1
        part = HeldPart(
            key=identify("cell", text, str(self.seen[text])),
            place=place,
            reason=Problem(reason),
            text=text,
            doubts=find_doubts(text),
            tried=explain_failure(reason),
        )
        decision = self.decisions.get(part.key)
        verdict = decision.verdict if decision else None
        self.held.append(replace(part, verdict=verdict))
        corrected = decision.text if decision and verdict is Verdict.CORRECT else text
        return verdict, without_marks(clean(corrected)).strip()


_CELLS: ContextVar[HeldCells | None] = ContextVar("cells", default=None)


@contextmanager
def holding(decisions: Decisions) -> Iterator[HeldCells]:
    """Have damaged cells settled by these decisions inside the block."""
    cells = HeldCells(decisions)
    token = _CELLS.set(cells)
    try:
        yield cells
    finally:
        _CELLS.reset(token)


def settle_cell(text: str, place: str, reason: str) -> tuple[Verdict | None, str]:
    """The verdict about a damaged cell, and what is to stand in it; none where nobody decides."""
    cells = _CELLS.get()
    return cells.settle(text, place, reason) if cells else (None, text)
